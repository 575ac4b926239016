"""What of the book the script tells: per cent of its words, and the passage with what is told and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from projects.models import Chapter, Scene, Script
from projects.readers.book import NARRATED, SEPARATOR


@dataclass(frozen=True, slots=True)
class Stretch:
    """`scene`: the key of the scene that tells it, 0 when none does; `number` stands at a scene's beginning.

    `after`: of what is left out, the scene after which it could be told. `elsewhere`: a scene of another page tells it.
    """

    text: str
    scene: int = 0
    number: int = 0
    start: int = 0
    end: int = 0
    chapter: int = 0
    after: int = 0
    elsewhere: bool = False


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


Span = tuple[int, int, int]  # first letter, last letter, key of the scene that tells them


def passages(scenes: Sequence[Scene], numbers: dict[int, int], *, first: bool, after: Scene | None) -> list[Passage]:
    """The book beside these scenes: their chapters from where the first begins to where the next page goes on.

    `first`: whether they are the film's first scenes; `after`: the scene that follows them, None when they are its
    last. So nothing of the book is left unshown, and nothing is shown as left out that another page tells.
    """
    chapters = _chapters(scenes)
    elsewhere = _elsewhere(scenes, chapters)
    found: list[Passage] = []
    for chapter in chapters:
        own = [s for s in scenes if s.chapter_id == chapter.pk]
        whole_from = first or bool(found) or any(s.opens for s in own)
        start = 0 if whole_from else min(s.start for s in own)
        until = len(chapter.text)
        if after and chapter is chapters[-1] and after.chapter_id == chapter.pk:
            until = max(after.start, *(s.end for s in own))
        found += _of_chapter(chapter, own, elsewhere.get(chapter.pk, []), numbers, start, until)
    return found


def _chapters(scenes: Sequence[Scene]) -> list[Chapter]:
    known = {s.chapter_id: s.chapter for s in scenes if s.chapter}
    return sorted((c for c in known.values() if c), key=lambda c: c.number)


def _elsewhere(scenes: Sequence[Scene], chapters: Sequence[Chapter]) -> dict[int, list[Span]]:
    """{chapter: what scenes of other pages tell of it}."""
    if not chapters:
        return {}
    rows = Scene.objects.filter(script=scenes[0].script_id, chapter__in=chapters)
    found: dict[int, list[Span]] = {}
    for key, chapter, start, end in rows.exclude(pk__in=[s.pk for s in scenes]).values_list(
        "pk", "chapter_id", "start", "end"
    ):
        found.setdefault(chapter, []).append((start, end, key))
    return found


def _of_chapter(
    chapter: Chapter, scenes: Sequence[Scene], others: list[Span], numbers: dict[int, int], start: int, until: int
) -> list[Passage]:
    spans = sorted((g.get("start", 0), g.get("end", 0), s.pk) for s in scenes for g in s.segments)
    found, at = [], 0
    begun: set[int] = set()
    for place, paragraph in enumerate(chapter.paragraphs):
        end = at + len(paragraph["text"])
        if end > start and at <= until:
            low, high = max(at, start), min(end, until)
            whole = Stretch(paragraph["text"][low - at : high - at], 0, 0, low, high, chapter.pk)
            own = _parted(whole, spans)
            parts = [part for one in own for part in ([one] if one.scene else _parted(one, sorted(others)))]
            opens = chapter.title if place == 0 and start == 0 else ""
            found.append(Passage(paragraph["role"], tuple(_numbered(parts, scenes, numbers, begun)), opens))
        at = end + len(SEPARATOR)
    return found


def _parted(whole: Stretch, spans: Iterable[Span]) -> Iterable[Stretch]:
    """A stretch parted where a scene begins or ends to tell it."""
    place = whole.start
    for start, end, scene in spans:
        low, high = max(start, place), min(end, whole.end)
        if high <= low:
            continue
        if low > place:
            yield _cut(whole, place, low)
        yield _cut(whole, low, high, scene)
        place = high
    if place < whole.end:
        yield _cut(whole, place, whole.end)


def _cut(whole: Stretch, low: int, high: int, scene: int = 0) -> Stretch:
    return Stretch(whole.text[low - whole.start : high - whole.start], scene, 0, low, high, whole.chapter)


def _numbered(
    parts: Iterable[Stretch], scenes: Sequence[Scene], numbers: dict[int, int], begun: set[int]
) -> Iterable[Stretch]:
    """The number of each scene stands where it begins; scenes of other pages are told so."""
    here = {scene.pk for scene in scenes}
    for part in parts:
        number = numbers.get(part.scene, 0) if part.scene not in begun else 0
        begun.add(part.scene)
        yield replace(part, number=number, elsewhere=bool(part.scene) and part.scene not in here)
