"""Pieces of one to three minutes, each with a form, a key and players of its own, until the film is filled.

Everything is drawn from `Random(seed)`: the same mood, length and seed give the same notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from ...parts import RATE
from . import accompany, melody
from .moods import DEEP, MOODS, Ensemble, Mood
from .score import TICKS, Note, Piece
from .theory import Chord, Key, chord

REST = 2 * RATE  # between two pieces: the last chord rings out
# A form is a row of sections: (chords, tune, layers). t tune, s second player, f figure, b bass, p pad, d drum.
FORMS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("a", "", "pf"), ("a", "A", "tpfb"), ("a", "a", "tpfb"), ("b", "B", "spf"), ("a", "A", "tspfbd"), ("a", "", "p")),
    (("a", "", "f"), ("a", "A", "tfb"), ("b", "B", "tpfb"), ("a", "", "pb"), ("a", "a", "spfb"), ("b", "b", "tspfbd"),
     ("a", "A", "tp")),
    (("a", "", "p"), ("a", "A", "tp"), ("b", "", "pfb"), ("b", "B", "spfb"), ("a", "", "fb"), ("a", "a", "tpfbd"),
     ("a", "A", "tspfb"), ("a", "", "pf")),
)  # fmt: skip
SECTION = 8  # bars


@dataclass(frozen=True, slots=True)
class _Plan:
    mood: Mood
    key: Key
    players: Ensemble
    figure: str
    chords: dict[str, tuple[Chord, ...]]
    motives: dict[str, melody.Motive]


def compose(moods: Sequence[tuple[int, str]], samples: int, seed: int) -> list[Piece]:
    """Pieces for `samples` of film; `moods` are (first sample, mood), the first at 0. KeyError for an unknown mood."""
    pieces: list[Piece] = []
    ends = [start for start, _ in moods[1:]] + [samples]
    tonic: int | None = None
    for (start, name), end in zip(moods, ends, strict=True):
        at = start
        while at < end:
            random = Random(f"{seed} {name} {len(pieces)}")
            plan = _plan(MOODS[name], tonic, random)
            piece, length = _piece(plan, at, end - at, random)
            pieces.append(piece)
            tonic, at = plan.key.tonic, at + length + REST
    return pieces


def _plan(mood: Mood, before: int | None, random: Random) -> _Plan:
    tonic = random.choice(mood.tonics)
    if before is not None:
        tonic = min(mood.tonics, key=lambda t: ((t - before) % 12 not in (2, 3, 5, 7, 9, 10), random.random()))
    key = Key(tonic, mood.scale)
    a = _doubled(random.choice(mood.progressions), random.choice(mood.progressions))
    b = _doubled(random.choice(mood.contrasts), random.choice(mood.contrasts))
    chords = {"a": tuple(chord(key, symbol) for symbol in a), "b": tuple(chord(key, symbol) for symbol in b)}
    main, other = melody.invent(mood, random), melody.invent(mood, random)
    motives = {"A": main, "a": melody.vary(main, random), "B": other, "b": melody.vary(other, random)}
    return _Plan(mood, key, random.choice(mood.ensembles), random.choice(mood.figures), chords, motives)


def _doubled(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Eight bars: question and answer."""
    return (*first, *second)


def _piece(plan: _Plan, start: int, room: int, random: Random) -> tuple[Piece, int]:
    """A piece from sample `start` on, cut to `room` at a bar, closed by its tonic chord; and its length in samples."""
    tick = round(RATE * 60 / (random.randint(*plan.mood.tempo) * TICKS))
    bar = plan.mood.beats * TICKS * tick
    form = random.choice(FORMS)
    bars = max(1, min(len(form) * SECTION, room // bar - 1))
    if (room - bars * bar) < 20 * RATE:
        bars = max(1, -(-room // bar) - 1)
    notes: list[Note] = []
    for number in range(-(-bars // SECTION)):
        count = min(SECTION, bars - number * SECTION)
        notes += _section(plan, form[number % len(form)], number * SECTION, count, random)
    notes += _close(plan, bars)
    players = {
        "tune": plan.players.tune, "second": plan.players.second, "pad": plan.players.pad,
        "figure": plan.players.figure, "bass": plan.players.bass, "drum": 47,
    }  # fmt: skip
    return Piece(start, tick, tuple(sorted(notes)), players), (bars + 1) * bar


def _section(plan: _Plan, section: tuple[str, str, str], first: int, bars: int, random: Random) -> list[Note]:
    harmony, theme, layers = section
    chords, mood = plan.chords[harmony][:bars], plan.mood
    notes: list[Note] = []
    if "p" in layers:
        notes += accompany.pad(chords, mood, first, mood.velocity - 12)
    if "f" in layers:
        notes += accompany.figure(chords, mood, plan.figure, first, random)
    if "b" in layers:
        notes += accompany.bass(chords, mood, first)
    if "d" in layers and mood.drum:
        notes += accompany.drum(chords, mood, first)
    for player, mark in (("tune", "t"), ("second", "s")):
        if theme and mark in layers:
            program = plan.players.tune if player == "tune" else plan.players.second
            down = DEEP.get(program, 0)
            notes += melody.tune(plan.motives[theme], chords, plan.key, mood, random, first, player, down)
            break
    return notes


def _close(plan: _Plan, bar: int) -> list[Note]:
    """The tonic chord, rolled and left to ring."""
    home = chord(plan.key, "1")
    start, length = bar * plan.mood.beats * TICKS, plan.mood.beats * TICKS
    keys = [48 + (note - 48) % 12 + (12 if i else 0) for i, note in enumerate(home.notes)]
    return [
        Note(start + i * TICKS // 4, length, key, plan.mood.velocity - 10, part)
        for part in ("pad", "figure")
        for i, key in enumerate(sorted(keys))
    ]
