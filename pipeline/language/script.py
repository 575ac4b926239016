"""The narration plan: a chapter's own sentences, in order, each linked to the span that it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipeline.language.characters import Cast, find_cast
from pipeline.language.dialogue import Speech
from pipeline.language.grammar import Analyser, analyse
from pipeline.language.people import NARRATOR
from pipeline.language.sentences import sentences, verse_lines
from pipeline.language.text import WPM, ChapterText, Para, seconds, spoken_words

MODES = ("verbatim", "abridged")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line said by one voice: span in the chapter's text; `speaker` "" is the narrator."""

    start: int
    end: int
    text: str
    speaker: str = NARRATOR
    confidence: float = 1.0
    quoted: bool = False
    thought: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or line of verse. `text` is the author's own, equal to chapter text[start:end].

    `paragraph` is 0-based in its chapter; `speaker` is set when one voice says the whole line; `gap`: narrated text was
    left out just before it; `part`: it goes on in the next line without a full stop (a long sentence was parted).
    """

    text: str
    chapter: int
    paragraph: int
    start: int
    end: int
    role: str = "narration"
    speaker: str = NARRATOR
    segments: tuple[Segment, ...] = ()
    gap: bool = False
    part: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Line:
        segments = tuple(Segment(**s) for s in data.get("segments", ()))
        return cls(**{**data, "segments": segments})


@dataclass(frozen=True, slots=True)
class Script:
    """`coverage` and `paragraph_coverage` in per cent of the narrated text; `left_out` are (chapter, start, end)."""

    mode: str
    language: str
    wpm: float
    lines: tuple[Line, ...]
    seconds: float
    words: int
    source_words: int
    coverage: float
    paragraph_coverage: float
    left_out: tuple[tuple[int, int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Script:
        lines = tuple(Line.from_json(line) for line in data["lines"])
        left_out = tuple((c, s, e) for c, s, e in data.get("left_out", ()))
        return cls(**{**data, "lines": lines, "left_out": left_out})


def make_script(
    chapters: Sequence[ChapterText], mode: str = "verbatim", minutes: float | None = None, wpm: float = WPM,
    language: str = "en", *, cast: Cast | None = None, analyser: Analyser = analyse,
) -> Script:  # fmt: skip
    """`abridged` chooses sentences that fit `minutes` at `wpm` words a minute. ValueError for an unknown mode."""
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, not {mode!r}")
    if mode == "abridged" and not minutes:
        raise ValueError("abridged needs the number of minutes to fit")
    cast = cast or find_cast(chapters, language, analyser)
    every = [line for chapter in chapters for line in chapter_lines(chapter, cast.speeches[chapter.number])]
    kept = every
    if mode == "abridged" and minutes:
        from pipeline.language.abridge import abridge

        kept = abridge(every, cast, minutes * 60, wpm)
    return script_of(mode, language, wpm, every, kept)


def chapter_lines(chapter: ChapterText, speeches: Sequence[Speech]) -> list[Line]:
    """All narrated lines of a chapter. Headings and footnotes are not: the chapter's card carries its title."""
    lines = []
    for number, para in enumerate(chapter.paragraphs):
        if not para.narrated:
            continue
        own = [s for s in speeches if s.paragraph == number]
        for start, end in _spans(para):
            lines.append(_line(chapter.number, number, para, para.start + start, para.start + end, own))
    return lines


def cut_line(line: Line, at: int) -> tuple[Line, Line]:
    """Parts a line at chapter offset `at`; both halves keep exact spans and segments."""
    head, tail = line.text[: at - line.start], line.text[at - line.start :]
    end = line.start + len(head.rstrip())
    start = at + len(tail) - len(tail.lstrip())
    return (
        _piece(line, line.start, end, gap=line.gap, part=True),
        _piece(line, start, line.end, gap=False, part=line.part),
    )


def join_lines(head: Line, tail: Line, text: str) -> Line:
    """Undoes `cut_line`; `text` is the chapter's. Stretches of one voice that were parted become one again."""
    segments = list(head.segments)
    for s in tail.segments:
        last = segments[-1] if segments else None
        if last and (last.speaker, last.quoted, last.thought) == (s.speaker, s.quoted, s.thought):
            segments[-1] = replace(last, end=s.end, text=text[last.start : s.end])
        else:
            segments.append(s)
    voices = {s.speaker for s in segments}
    speaker = voices.pop() if len(voices) == 1 else NARRATOR
    return replace(
        head, text=text[head.start : tail.end], end=tail.end, speaker=speaker, segments=tuple(segments), part=tail.part
    )


def _spans(para: Para) -> list[tuple[int, int]]:
    if para.role == "verse" or "\n" in para.text:
        return verse_lines(para.text)
    return sentences(para.text)


def _line(chapter: int, number: int, para: Para, start: int, end: int, speeches: Iterable[Speech]) -> Line:
    text = para.text[start - para.start : end - para.start]
    segments = tuple(_segments(text, start, speeches))
    voices = {s.speaker for s in segments}
    speaker = voices.pop() if len(voices) == 1 else NARRATOR
    return Line(text, chapter, number, start, end, para.role, speaker, segments)


def _segments(text: str, start: int, speeches: Iterable[Speech]) -> Iterable[Segment]:
    """Narrator and speakers in turn; what has no letter in it joins its neighbour."""
    at, end = start, start + len(text)
    found: list[Segment] = []
    for speech in [s for s in speeches if s.end > start and s.start < end]:
        a, b = max(start, speech.start), min(end, speech.end)
        found += _stretch(text, start, at, a, None)
        found += _stretch(text, start, a, b, speech)
        at = b
    found += _stretch(text, start, at, end, None)
    return _whole(found, text, start)


def _stretch(text: str, base: int, a: int, b: int, speech: Speech | None) -> list[Segment]:
    piece = text[a - base : b - base]
    lead = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if not piece:
        return []
    start, end = a + lead, a + lead + len(piece)
    if speech is None:
        return [Segment(start, end, piece)]
    return [Segment(start, end, piece, speech.speaker, speech.confidence, True, speech.thought)]


def _whole(found: list[Segment], text: str, base: int) -> list[Segment]:
    """Joins stretches without a letter (a lone dash or bracket) to the one before, else to the one after."""
    whole: list[Segment] = []
    carry: int | None = None
    for segment in found:
        if not any(ch.isalnum() for ch in segment.text):
            if whole:
                whole[-1] = _reach(whole[-1], whole[-1].start, segment.end, text, base)
            elif carry is None:
                carry = segment.start
            continue
        whole.append(segment if carry is None else _reach(segment, carry, segment.end, text, base))
        carry = None
    return whole or found


def _reach(s: Segment, start: int, end: int, text: str, base: int) -> Segment:
    return Segment(start, end, text[start - base : end - base], s.speaker, s.confidence, s.quoted, s.thought)


def _piece(line: Line, start: int, end: int, *, gap: bool, part: bool) -> Line:
    segments = []
    for s in line.segments:
        a, b = max(start, s.start), min(end, s.end)
        text = line.text[a - line.start : b - line.start].strip() if a < b else ""
        if text:
            a = a + line.text[a - line.start : b - line.start].index(text)
            segments.append(Segment(a, a + len(text), text, s.speaker, s.confidence, s.quoted, s.thought))
    voices = {s.speaker for s in segments}
    speaker = voices.pop() if len(voices) == 1 else NARRATOR
    text = line.text[start - line.start : end - line.start]
    return Line(text, line.chapter, line.paragraph, start, end, line.role, speaker, tuple(segments), gap, part)


def script_of(mode: str, language: str, wpm: float, every: Sequence[Line], kept: Sequence[Line]) -> Script:
    """The plan that tells `kept` of `every` line."""
    total = sum(spoken_words(line.text) for line in every)
    words = sum(spoken_words(line.text) for line in kept)
    paragraphs = {(line.chapter, line.paragraph) for line in every}
    told = {(line.chapter, line.paragraph) for line in kept}
    lines, left_out = _with_gaps(every, kept)
    return Script(
        mode=mode, language=language, wpm=wpm, lines=tuple(lines), left_out=tuple(left_out),
        seconds=round(sum(seconds(line.text, wpm) for line in kept), 2), words=round(words), source_words=round(total),
        coverage=round(100 * words / total, 1) if total else 0.0,
        paragraph_coverage=round(100 * len(told) / len(paragraphs), 1) if paragraphs else 0.0,
    )  # fmt: skip


def _with_gaps(every: Sequence[Line], kept: Sequence[Line]) -> tuple[list[Line], list[tuple[int, int, int]]]:
    """Marks lines that follow a gap, and lists the gaps, joined within a paragraph."""
    chosen = {(line.chapter, line.start): line for line in kept}
    lines: list[Line] = []
    left_out: list[tuple[int, int, int]] = []
    missing = False
    previous: Line | None = None
    for line in every:
        if (line.chapter, line.start) in chosen:
            lines.append(_piece(line, line.start, line.end, gap=missing, part=False))
            missing = False
            previous = None
            continue
        missing = True
        if previous is not None and (previous.chapter, previous.paragraph) == (line.chapter, line.paragraph):
            left_out[-1] = (line.chapter, left_out[-1][1], line.end)
        else:
            left_out.append((line.chapter, line.start, line.end))
        previous = line
    return lines, left_out
