"""Scales, chords on their degrees, and how one chord leads into the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0 is C) and its scale. Steps count scale notes from the tonic nearest above MIDI 0."""

    tonic: int
    scale: str

    def pitch(self, step: int) -> int:
        octave, degree = divmod(step, 7)
        return self.tonic + 12 * octave + SCALES[self.scale][degree]

    def step_near(self, pitch: int) -> int:
        """The scale step whose pitch is nearest (the lower of two)."""
        guess = (pitch - self.tonic) * 7 // 12
        return min(range(guess - 2, guess + 3), key=lambda step: (abs(self.pitch(step) - pitch), step))


@dataclass(frozen=True, slots=True)
class Chord:
    """`root` and `notes` are pitch classes, root first."""

    root: int
    notes: tuple[int, ...]


def chord(key: Key, symbol: str) -> Chord:
    """A chord on a degree: "4"; "47" has its seventh, "1+" an added ninth; "5#" raises the leading note of minor."""
    degree, marks = int(symbol[0]) - 1, symbol[1:]
    steps = [0, 2, 4] + ([6] if "7" in marks else []) + ([8] if "+" in marks else [])
    notes = [key.pitch(degree + step) % 12 for step in steps]
    if "#" in marks:
        leading = key.pitch(6) % 12
        notes = [(key.tonic - 1) % 12 if note == leading else note for note in notes]
    return Chord(notes[0], tuple(notes))


def voicing(chord_: Chord, before: Sequence[int], low: int, high: int, voices: int = 3) -> tuple[int, ...]:
    """The chord's upper notes in close position between `low` and `high`, moving least from `before`."""
    wanted = chord_.notes[:voices] if len(chord_.notes) <= voices else (*chord_.notes[1:voices], chord_.notes[-1])
    choices = [[p for p in range(low, high + 1) if p % 12 == note] for note in wanted]
    options = {tuple(sorted(pick)) for pick in product(*choices)}
    close = [o for o in options if o[-1] - o[0] <= 14 and len(set(o)) == len(o)] or sorted(options)
    centre = (low + high) / 2
    return min(close, key=lambda option: (_movement(option, before) or abs(sum(option) / len(option) - centre), option))


def _movement(option: Sequence[int], before: Sequence[int]) -> float:
    """Semitones that the voices move, with parallel octaves and fifths of the outer two made dear."""
    if len(before) != len(option):
        return 0.0
    moved = sum(abs(a - b) for a, b in zip(option, before, strict=True))
    outer = (option[-1] - option[0]) % 12
    parallel = outer in (0, 7) and outer == (before[-1] - before[0]) % 12 and option[0] != before[0]
    return moved + (6 if parallel else 0) + 0.01 * option[-1] / 12 + 0.001


def nearest(pitch_class: int, around: int) -> int:
    """The pitch of that class nearest `around`."""
    return around + (pitch_class - around + 6) % 12 - 6
