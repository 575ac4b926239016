"""What of the book the script tells: per cent of its words, and the passage with what is told and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from projects.models import Chapter, Scene, Script
from projects.readers.book import NARRATED, SEPARATOR


@dataclass(frozen=True, slots=True)
class Stretch:
    """`scene`: the key of the scene that tells it, 0 when none does; `number` stands at a scene's beginning.

    `after`: of what is left out, the scene after which it could be told.
    """

    text: str
    scene: int = 0
    number: int = 0
    start: int = 0
    end: int = 0
    chapter: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the book; `opens` is the chapter's title before its first."""

    role: str
    stretches: tuple[Stretch, ...]
    opens: str = ""

    @property
    def told(self) -> bool:
        return self.role in NARRATED


def shifted(script: Script, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> float:
    """The script's coverage after an edit: what was told before is taken off, what is told now is added."""
    if _spans(before) == _spans(after):
        return script.coverage
    keys = {s["chapter_id"] for s in (*before, *after) if s["chapter_id"]}
    texts = {c.pk: c.text for c in Chapter.objects.filter(pk__in=keys)}
    chapters = Scene.objects.filter(script=script).values_list("chapter", flat=True).distinct()
    words = sum(Chapter.objects.filter(pk__in={*chapters, *keys}).values_list("words", flat=True)) or 1
    moved = _told(after, texts) - _told(before, texts)
    return round(min(100.0, max(0.0, script.coverage + 100 * moved / words)), 2)


def _spans(states: Iterable[dict[str, Any]]) -> set[tuple[int, int, int]]:
    return {(s["chapter_id"], g.get("start", 0), g.get("end", 0)) for s in states for g in s["segments"]}


def _told(states: Iterable[dict[str, Any]], texts: dict[int, str]) -> int:
    return sum(len(texts.get(chapter, "")[start:end].split()) for chapter, start, end in _spans(states))


def passages(scenes: Sequence[Scene], numbers: dict[int, int], *, first: bool, last: bool) -> list[Passage]:
    """The book beside these scenes: their chapters from where the first begins to where the last ends.

    `first`, `last`: whether they are the film's first and last scenes, so that nothing of the book is left unshown.
    """
    found: list[Passage] = []
    for chapter in _chapters(scenes):
        own = [s for s in scenes if s.chapter_id == chapter.pk]
        whole_from = first or bool(found) or any(s.opens for s in own)
        start = 0 if whole_from else min(s.start for s in own)
        end = max(max(s.end for s in own), 0)
        until = len(chapter.text) if last or own[-1] is not scenes[-1] else end
        found += _of_chapter(chapter, own, numbers, start, until)
    return found


def _chapters(scenes: Sequence[Scene]) -> list[Chapter]:
    known = {s.chapter_id: s.chapter for s in scenes if s.chapter}
    return sorted((c for c in known.values() if c), key=lambda c: c.number)


def _of_chapter(
    chapter: Chapter, scenes: Sequence[Scene], numbers: dict[int, int], start: int, until: int
) -> list[Passage]:
    spans = sorted((g.get("start", 0), g.get("end", 0), s.pk) for s in scenes for g in s.segments)
    found, at, begun = [], 0, set()  # type: ignore[var-annotated]
    for place, paragraph in enumerate(chapter.paragraphs):
        end = at + len(paragraph["text"])
        if end > start and at <= until:
            stretches = _stretches(paragraph["text"], at, spans, numbers, begun, chapter.pk)
            found.append(Passage(paragraph["role"], tuple(stretches), chapter.title if place == 0 else ""))
        at = end + len(SEPARATOR)
    return found


def _stretches(
    text: str, at: int, spans: list[tuple[int, int, int]], numbers: dict[int, int], begun: set[int], chapter: int
) -> Iterable[Stretch]:
    """The paragraph parted where a scene begins or ends to tell it."""
    place, end = at, at + len(text)
    for low, high, scene in spans:
        low, high = max(low, place), min(high, end)
        if high <= low:
            continue
        if low > place:
            yield Stretch(text[place - at : low - at], 0, 0, place, low, chapter)
        yield Stretch(text[low - at : high - at], scene, 0 if scene in begun else numbers.get(scene, 0), low, high, chapter)  # fmt: skip
        begun.add(scene)
        place = high
    if place < end:
        yield Stretch(text[place - at :], 0, 0, place, end, chapter)
