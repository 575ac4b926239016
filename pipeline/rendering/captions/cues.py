"""Words with exact times into captions that can be read: 42 x 2, 20 characters a second, a second at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..parts import FPS, RATE, SAMPLES_PER_FRAME, ScenePart
from ..plan import BORDER, LEAD
from ..timeline import Timeline
from . import breaks

HOLD = 12  # frames that a caption stays after its last word, where there is room
CLOSE = 12  # a gap shorter than this is closed to the smallest one


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of a caption: cells a line (a wide character takes two), lines, characters a second, frames."""

    cells: int = 42
    lines: int = 2
    per_second: int = 20
    shortest: int = FPS
    longest: int = 7 * FPS
    gap: int = 2


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word of a cue, in frames like its cue; `line` counts from 0; `space`: one stands before it on its line."""

    text: str
    start: int
    end: int
    line: int
    space: bool
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption of scene `scene`, shown in frames `start` to `end` (excluded)."""

    scene: int
    start: int
    end: int
    words: tuple[CueWord, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The text, line by line, in reading order."""
        count = self.words[-1].line + 1
        return tuple(_joined([word for word in self.words if word.line == line]) for line in range(count))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def moved(self, frames: int) -> Cue:
        """The same cue, `frames` later."""
        words = tuple(CueWord(w.text, w.start + frames, w.end + frames, w.line, w.space, w.speaker) for w in self.words)
        return Cue(self.scene, self.start + frames, self.end + frames, words)


@dataclass(frozen=True, slots=True)
class _Atom:
    """The smallest piece that is not broken: a word, or a part of one too long for a line. Times in local frames."""

    text: str
    start: int
    end: int
    space: bool
    speaker: str


def rules_for(width: int, height: int) -> Rules:
    """Narrow frames get shorter lines."""
    share = width / height
    return Rules(cells=42 if share > 1.3 else 32 if share > 0.8 else 24)


def cues(timeline: Timeline, rules: Rules | None = None) -> tuple[Cue, ...]:
    """Every caption of the film, in film frames."""
    rules = rules or rules_for(timeline.look.width, timeline.look.height)
    return tuple(
        cue.moved(place.start) for place in timeline.scenes for cue in scene_cues(place.part, place.frames, rules)
    )


@lru_cache(maxsize=512)
def scene_cues(part: ScenePart, frames: int, rules: Rules) -> tuple[Cue, ...]:
    """A scene's captions in its own frames (0 is its border), clear of its transitions."""
    atoms = _atoms(part, rules)
    if not atoms:
        return ()
    last = frames - BORDER // 2
    spans = _best(atoms, last, rules)
    made = []
    for first, end in spans:
        following = atoms[end].start - rules.gap if end < len(atoms) else last
        lines = _lines(atoms[first:end], rules) or [0] * (end - first)
        words = tuple(
            CueWord(
                a.text, a.start, max(a.end, a.start + 1), line, a.space and i > 0 and lines[i - 1] == line, a.speaker
            )
            for i, (a, line) in enumerate(zip(atoms[first:end], lines, strict=True))
        )
        made.append(Cue(part.number, atoms[first].start, _end(atoms[first:end], following, rules), words))
    return tuple(made)


def _joined(words: Sequence[CueWord]) -> str:
    return "".join(f" {word.text}" if word.space else word.text for word in words)


def _atoms(part: ScenePart, rules: Rules) -> list[_Atom]:
    """Words in local frames, starts never going back, long ones cut to the line."""
    atoms: list[_Atom] = []
    for word in part.words:
        text = " ".join(word.text.split())
        pieces = _cut(text, rules.cells)
        for i, piece in enumerate(pieces):
            length = word.end - word.start
            start = _frame(word.start + length * i // len(pieces))
            start = max(start, atoms[-1].start if atoms else 0)
            end = max(_frame(word.start + length * (i + 1) // len(pieces)), start)
            space = bool(atoms) and i == 0 and breaks.spaced(atoms[-1].text, piece)
            atoms.append(_Atom(piece, start, end, space, word.speaker))
    return atoms


def _frame(sample: int) -> int:
    return (LEAD + sample) // SAMPLES_PER_FRAME


def _cut(text: str, room: int) -> list[str]:
    """A word in pieces of at most `room` cells; unspaced scripts in pieces short enough to break phrases at."""
    bare = bool(text) and any(breaks.unspaced(character) for character in text)
    room = min(room, 8) if bare else room
    if breaks.cells(text) <= room:
        return [text] if text else []
    pieces = [""]
    for cluster in _clusters(text):
        full = breaks.cells(pieces[-1] + cluster) > room and cluster[0] not in breaks.SENTENCE | breaks.CLAUSE
        if full and pieces[-1]:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


_LEADING = frozenset("เแโใไ")  # Thai vowels written before their consonant


def _clusters(text: str) -> list[str]:
    """Characters with the marks that belong to them."""
    out: list[str] = []
    for character in text:
        joined = out and (breaks.cells(character) == 0 or out[-1][-1] in _LEADING or out[-1][-1] == "\u200d")
        if joined or (out and character in "ะาำๅ"):
            out[-1] += character
        else:
            out.append(character)
    return out


def _best(atoms: Sequence[_Atom], last: int, rules: Rules) -> list[tuple[int, int]]:
    """The cheapest way to cut the atoms into cues (dynamic programming over the end of each)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(atoms) + 1):
        choices = []
        for first in range(end - 1, -1, -1):
            price = _price(atoms, first, end, last, rules)
            if price is None:
                break
            choices.append((best[first][0] + price, first))
        best.append(min(choices))
    spans, end = [], len(atoms)
    while end:
        first = best[end][1]
        spans.append((first, end))
        end = first
    return spans[::-1]


def _price(atoms: Sequence[_Atom], first: int, end: int, last: int, rules: Rules) -> float | None:
    """How bad the cue of atoms `first` to `end` would be; None when it doesn't fit. The limits weigh most."""
    part = atoms[first:end]
    if len(part) > 1 and _lines(part, rules) is None:
        return None
    following = atoms[end].start - rules.gap if end < len(atoms) else last
    shown = max(_end(part, following, rules) - part[0].start, 1)
    text = sum(len(a.text) + a.space for a in part)
    price = 5.0 + 40.0 * max(rules.shortest - shown, 0) + 3.0 * max(shown - rules.longest, 0)
    price += 60.0 * max(text * FPS / shown - rules.per_second, 0)
    for i in range(first, end - 1):
        if atoms[i].speaker != atoms[i + 1].speaker:
            price += 12.0
        elif breaks.ends_sentence(atoms[i].text):
            price += 2.5
    return price + (_break(atoms, end - 1) if end < len(atoms) else 0.0)


def _break(atoms: Sequence[_Atom], i: int) -> float:
    if atoms[i].speaker != atoms[i + 1].speaker:
        return 0.0
    before = atoms[i - 1].text if i else ""
    price = breaks.cost(atoms[i].text, atoms[i + 1].text, before)
    pause = atoms[i + 1].start - atoms[i].end
    return max(price - 0.3 * max(pause, 0), 0.0)


def _end(part: Sequence[_Atom], following: int, rules: Rules) -> int:
    """When a cue goes: after its words and a hold, long enough to read, clear of `following` (or touching it)."""
    start = part[0].start
    text = sum(len(a.text) + a.space for a in part)
    needed = start + max(rules.shortest, -(-text * FPS // rules.per_second))
    end = min(max(part[-1].end + HOLD, needed), following)
    if following - end < CLOSE:
        end = following
    return max(end, start + 1)


def _lines(part: Sequence[_Atom], rules: Rules) -> list[int] | None:
    """The line of each atom: one when it fits, else the best of two; None when it doesn't fit at all."""
    sizes = [breaks.cells(a.text) + a.space for a in part]
    whole = sum(sizes) - part[0].space
    if whole <= rules.cells or len(part) == 1:
        return [0] * len(part)
    if rules.lines < 2:
        return None
    options = []
    upper = -int(part[0].space)
    for i in range(len(part) - 1):
        upper += sizes[i]
        lower = whole - upper - part[i + 1].space
        if max(upper, lower) <= rules.cells:
            uneven = abs(upper - lower) / rules.cells * 5 + (upper > lower)
            options.append((_break(part, i) + uneven, i))
    if not options:
        return None
    cut = min(options)[1]
    return [0] * (cut + 1) + [1] * (len(part) - cut - 1)


def reading_speed(cue: Cue) -> float:
    """Characters a second, spaces included, line break as a space."""
    return sum(len(line) for line in cue.lines) * FPS / (cue.end - cue.start)


__all__ = ["RATE", "Cue", "CueWord", "Rules", "cues", "reading_speed", "rules_for", "scene_cues"]
