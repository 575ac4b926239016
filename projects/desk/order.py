"""Scenes merged, split, moved, added and deleted."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk.edit import edit
from projects.desk.words import LONGEST, VOICE
from projects.errors import BadInput, Refused
from projects.models import Scene

SENTENCE = re.compile(r"(?<=[.!?…:;])[”’\"'»)]*\s+(?=\S)")


def merge(scene: Scene, *, by: User | None) -> Scene:
    """The next scene's words go to this one, which keeps its picture."""
    with edit(scene.script_id, "merge", by=by) as made:
        made.seed()
        place = made.order.index(scene.pk) if scene.pk in made.order else len(made.order)
        if place + 1 >= len(made.order):
            raise BadInput("scene.last", _("This is the last scene; there is nothing after it to merge."))
        row, other = made.get(scene.pk), made.get(made.order[place + 1])
        if row.chapter_id != other.chapter_id:
            raise BadInput("scene.border", _("A new chapter begins with the next scene; scenes of two chapters stay two."))  # fmt: skip
        row.segments = joined(row.segments, other.segments)
        row.start, row.end = min(row.start, other.start), max(row.end, other.end)
        row.cast = list(dict.fromkeys([*row.cast, *other.cast]))
        row.kept.pop(VOICE, None)
        row.own.pop(VOICE, None)
        made.remove(other.pk)
        return row


def joined(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Segments in order; at the border one voice in one paragraph goes on."""
    if not first or not second:
        return first + second
    end, begin = first[-1], second[0]
    same = all(end.get(name) == begin.get(name) for name in ("speaker", "paragraph", "role"))
    if not same or end.get("role") == "verse":
        return first + second
    whole = {**end, "text": f"{end['text']} {begin['text']}", "end": max(end.get("end", 0), begin.get("end", 0))}
    return [*first[:-1], whole, *second[1:]]


def split(scene: Scene, *, segment: int, at: int, source: str = "", by: User | None) -> Scene:
    """Begin a new scene before letter `at` of a segment (0: before the segment). BadInput when nothing is left."""
    with edit(scene.script_id, "split", by=by) as made:
        made.seed()
        row = made.get(scene.pk)
        head, tail = parted(row.segments, segment, at, row.chapter.text if row.chapter else "")
        if not head or not tail:
            raise BadInput("scene.split", _("Choose a place between two words: the new scene begins there."))
        ends, begins = head[-1].get("end", row.end), tail[0].get("start", row.start)
        new = made.add(
            after=row.pk,
            title=" ".join(tail[0]["text"].split()[:8])[:300],
            chapter=row.chapter,
            start=begins,
            end=max(row.end, begins),
            segments=tail,
            brief={**row.brief, "text": " ".join(s["text"] for s in tail)},
            cast=list(row.cast),
        )
        row.segments, row.end = head, min(row.end, max(ends, row.start))
        row.kept.pop(VOICE, None)
        row.own.pop(VOICE, None)
        return new


Segments = list[dict[str, Any]]


def parted(segments: Segments, place: int, at: int, source: str) -> tuple[Segments, Segments]:
    """Segments before and after letter `at` of segment `place`, each with its own part of the book."""
    if not 0 <= place < len(segments):
        return segments, []
    head, cut, tail = segments[:place], segments[place], segments[place + 1 :]
    text = cut["text"]
    before, after = text[: max(at, 0)].strip(), text[max(at, 0) :].strip()
    if not before:
        return head, [cut, *tail]
    if not after:
        return [*head, cut], tail
    border = _border(cut, before, after, source)
    return [*head, {**cut, "text": before, "end": border}], [{**cut, "text": after, "start": border}, *tail]


def _border(cut: dict[str, Any], before: str, after: str, source: str) -> int:
    """Where the book is parted: where the second part's words begin in it, else at the same share, between words."""
    start, end = cut.get("start", 0), cut.get("end", 0)
    told = source[start:end]
    found = told.find(after[:30])
    if found > 0:
        return start + found
    share = round(len(told) * len(before) / max(1, len(before) + len(after)))
    space = told.find(" ", share)
    return start + (space + 1 if space >= 0 else share)


def places(segments: Segments) -> list[tuple[int, int, str]]:
    """(segment, letter, first words) of every sentence that a new scene may begin with."""
    found = []
    for number, segment in enumerate(segments):
        text = segment["text"]
        for at in [0, *(m.end() for m in SENTENCE.finditer(text))]:
            if (number, at) != (0, 0):
                found.append((number, at, " ".join(text[at:].split()[:7])))
    return found


def move(scene: Scene, *, to: int, by: User | None) -> None:
    """Put a scene at place `to`, from 1. Beyond the ends is the end."""
    with edit(scene.script_id, "move", by=by) as made:
        made.seed()
        if scene.pk not in made.order:
            raise BadInput("scene.gone", _("This scene is no longer in the script. The history has it."))
        made.scene = scene.pk
        made.order.remove(scene.pk)
        made.order.insert(max(0, min(to - 1, len(made.order))), scene.pk)


def add(scene: Scene, *, text: str, start: int = 0, end: int = 0, by: User | None) -> Scene:
    """A scene of its own words after this one, with its place and people; `start`, `end`: what of the book it tells."""
    if not text.strip():
        raise BadInput("scene.empty", _("Write what the new scene says."))
    if len(text) > LONGEST:
        raise BadInput("scene.long", _("This is too long for one scene. Split it first."))
    with edit(scene.script_id, "add", by=by) as made:
        row = Scene.objects.select_related("chapter").filter(script=scene.script_id, pk=scene.pk).first()
        if row is None:
            raise BadInput("scene.gone", _("This scene is no longer in the script. The history has it."))
        start, end = (start, end) if 0 <= start < end else (row.end, row.end)
        paragraph = row.segments[-1].get("paragraph", 0) if row.segments else 0
        spoken = {"text": text.strip(), "speaker": "", "start": start, "end": end, "role": "narration"}
        new = made.add(
            after=row.pk,
            title=" ".join(text.split()[:8])[:300],
            chapter=row.chapter,
            start=start,
            end=end,
            segments=[{**spoken, "paragraph": paragraph}],
            brief={**row.brief, "text": text.strip()},
            cast=list(row.cast),
        )
        made.scene = new.pk
        return new


def delete(scene: Scene, *, by: User | None) -> None:
    """Out of the script; the history brings it back. Refused for the only one."""
    with edit(scene.script_id, "delete", by=by) as made:
        made.seed()
        if len(made.order) < 2:
            raise Refused("scene.only", _("A film needs at least one scene. Write other words into it instead."))
        made.remove(scene.pk)
