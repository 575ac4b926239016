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
SLIP = 6  # frames that a caption may come late or early so that its neighbour can be read: too few to be noticed
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


@lru_cache(maxsize=32)  # pieces of a scene come one after another
def scene_cues(part: ScenePart, frames: int, rules: Rules) -> tuple[Cue, ...]:
    """A scene's captions in its own frames (0 is its border), clear of its transitions."""
    atoms = _atoms(part, rules)
    if not atoms:
        return ()
    last = frames - BORDER // 2
    spans = _best(atoms, last, rules)
    times = _times(atoms, spans, last, rules)
    return tuple(
        Cue(part.number, start, end, _words(atoms[first:stop], rules))
        for (first, stop), (start, end) in zip(spans, times, strict=True)
    )


def _words(part: Sequence[_Atom], rules: Rules) -> tuple[CueWord, ...]:
    """A cue's atoms, each on its line."""
    cut, _ = _lines(part, rules) or (len(part), 0.0)
    lines = [int(i >= cut) for i in range(len(part))]
    return tuple(
        CueWord(a.text, a.start, max(a.end, a.start + 1), line, a.space and i > 0 and lines[i - 1] == line, a.speaker)
        for i, (a, line) in enumerate(zip(part, lines, strict=True))
    )


def _times(atoms: Sequence[_Atom], spans: Sequence[tuple[int, int]], last: int, rules: Rules) -> list[list[int]]:
    """When each cue is shown, [start, end]: with its words, and a little off them where that makes it readable."""
    parts = [atoms[first:end] for first, end in spans]
    limits = [part[0].start - rules.gap for part in parts[1:]] + [last]
    times = [[part[0].start, _end(part, limit, rules)] for part, limit in zip(parts, limits, strict=True)]
    needs = [_needed(part, rules) for part in parts]
    spare = [end - start - need for (start, end), need in zip(times, needs, strict=True)]
    for i in range(len(times)):
        for other, mine, theirs, way in ((i + 1, 1, 0, 1), (i - 1, 0, 1, -1)):  # from the next one, then the one before
            if spare[i] >= 0 or not 0 <= other < len(times) or abs(times[other][theirs] - times[i][mine]) > rules.gap:
                continue
            lent = max(min(-spare[i], spare[other], SLIP), 0)
            times[i][mine] += way * lent
            times[other][theirs] += way * lent
            spare[i], spare[other] = spare[i] + lent, spare[other] - lent
    return times


def _needed(part: Sequence[_Atom], rules: Rules) -> int:
    """Frames in which a caption can be read."""
    return max(rules.shortest, -(-sum(len(a.text) + a.space for a in part) * FPS // rules.per_second))


def _joined(words: Sequence[CueWord]) -> str:
    return "".join(f" {word.text}" if word.space else word.text for word in words)


def _atoms(part: ScenePart, rules: Rules) -> list[_Atom]:
    """Words in local frames, starts never going back, long ones cut to the line."""
    atoms: list[_Atom] = []
    for word in part.words:
        text = " ".join(word.text.split())
        pieces = _cut(text, rules.cells)
        said, whole = 0, sum(map(len, pieces))
        for i, piece in enumerate(pieces):
            length = word.end - word.start
            start = max(_frame(word.start + length * said // whole), atoms[-1].start if atoms else 0)
            said += len(piece)
            end = max(_frame(word.start + length * said // whole), start)
            space = bool(atoms) and i == 0 and breaks.spaced(atoms[-1].text, piece)
            atoms.append(_Atom(piece, start, end, space, word.speaker))
    return atoms


def _frame(sample: int) -> int:
    return (LEAD + sample) // SAMPLES_PER_FRAME


def _cut(text: str, room: int) -> list[str]:
    """A word in pieces of at most `room` cells; a run of an unspaced script in phrases."""
    pieces: list[str] = []
    for phrase in breaks.phrases(text):
        if breaks.cells(phrase) <= room:
            pieces.append(phrase)
            continue
        pieces.append("")
        for cluster in breaks.clusters(phrase):
            if pieces[-1] and breaks.cells(pieces[-1] + cluster) > room:
                pieces.append("")
            pieces[-1] += cluster
    return pieces


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
    lines = _lines(part, rules)
    if lines is None:
        return None
    following = atoms[end].start - rules.gap if end < len(atoms) else last
    shown = max(_end(part, following, rules) - part[0].start, 1)
    text = sum(len(a.text) + a.space for a in part)
    price = 5.0 + 0.5 * lines[1] + 40.0 * max(rules.shortest - shown, 0) + 3.0 * max(shown - rules.longest, 0)
    price += 60.0 * max(text * FPS / shown - rules.per_second, 0)
    for i in range(first, end - 1):
        if atoms[i].speaker != atoms[i + 1].speaker:
            price += 12.0
        elif breaks.ends_sentence(atoms[i].text):
            price += 4.0
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
    end = min(max(part[-1].end + HOLD, start + _needed(part, rules)), following)
    if following - end < CLOSE:
        end = following
    return max(end, start + 1)


def _lines(part: Sequence[_Atom], rules: Rules) -> tuple[int, float] | None:
    """How many atoms go on the first line, and what breaking there costs; None when two lines can't hold them."""
    sizes = [breaks.cells(a.text) + a.space for a in part]
    whole = sum(sizes) - part[0].space
    if whole <= rules.cells or len(part) == 1:
        return len(part), 0.0
    if rules.lines < 2:
        return None
    options = []
    upper = -int(part[0].space)
    for i in range(len(part) - 1):
        upper += sizes[i]
        lower = whole - upper - part[i + 1].space
        if max(upper, lower) <= rules.cells:
            uneven = abs(upper - lower) / rules.cells * 5 + (upper > lower)
            options.append((_break(part, i) + uneven, i + 1))
    if not options:
        return None
    cost, cut = min(options)
    return cut, cost


def reading_speed(cue: Cue) -> float:
    """Characters a second, spaces included, line break as a space."""
    return sum(len(line) for line in cue.lines) * FPS / (cue.end - cue.start)


__all__ = ["RATE", "Cue", "CueWord", "Rules", "cues", "reading_speed", "rules_for", "scene_cues"]
