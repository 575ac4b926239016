"""What plays under a tune: held chords, a moving figure, a bass, a soft drum."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .moods import Mood
from .score import TICKS, Note
from .theory import Chord, nearest, voicing

Bars = Sequence[Chord]
# Figures as (beat, index of the chord's notes counted upwards, length in beats); beyond the chord: an octave up.
FIGURES: dict[str, tuple[tuple[float, int, float], ...]] = {
    "broken": tuple((i * 0.5, (0, 1, 2, 3, 2, 1)[i % 6], 1.5) for i in range(8)),
    "rolled": tuple((i * 0.25, i, 3.0) for i in range(5)),
    "waltz": ((0, 0, 1.0), (1, 1, 0.8), (1, 2, 0.8), (2, 1, 0.8), (2, 2, 0.8)),
    "pulse": tuple((i * 0.5, i % 2, 0.4) for i in range(8)),
    "ostinato": tuple((i * 0.5, (0, 2, 1, 2, 0, 2, 3, 2)[i], 0.5) for i in range(8)),
    "offbeat": tuple((i + 0.5, 1 + i % 2, 0.4) for i in range(4)),
    "heartbeat": ((0, 0, 0.4), (0.5, 0, 0.4), (2, 0, 0.4), (2.5, 0, 0.4)),
    "held": ((0, 0, 3.8), (0, 1, 3.8)),
}


def pad(chords: Bars, mood: Mood, first_bar: int, velocity: int) -> list[Note]:
    """Chords that move as little as they can, each held to the next."""
    bar, notes = mood.beats * TICKS, list[Note]()
    before: tuple[int, ...] = ()
    for number, chord in enumerate(chords):
        before = voicing(chord, before, 53, 72)
        notes += [Note((first_bar + number) * bar, bar + TICKS // 4, key, velocity, "pad") for key in before]
    return notes


def figure(chords: Bars, mood: Mood, name: str, first_bar: int, random: Random) -> list[Note]:
    """A pattern over each bar's chord, a little softer off the beat."""
    bar, notes = mood.beats * TICKS, list[Note]()
    before: tuple[int, ...] = ()
    for number, chord in enumerate(chords):
        before = voicing(chord, before, 50, 69)
        for beat, index, length in FIGURES[name]:
            if beat >= mood.beats:
                continue
            octave, place = divmod(index, len(before))
            loud = mood.velocity - 14 + random.randint(-5, 5) + (5 if beat == 0 else 0)
            start = (first_bar + number) * bar + round(beat * TICKS)
            notes.append(Note(start, round(length * TICKS), before[place] + 12 * octave, loud, "figure"))
    return notes


def bass(chords: Bars, mood: Mood, first_bar: int) -> list[Note]:
    """The root, and in quick moods the fifth, stepping to the nearest octave of the last."""
    bar, around, notes = mood.beats * TICKS, 43, []
    for number, chord in enumerate(chords):
        root = nearest(chord.root, 40 + (around - 40) // 2)
        start = (first_bar + number) * bar
        if mood.tempo[0] >= 90 and mood.beats == 4:
            notes.append(Note(start, 2 * TICKS - 2, root, mood.velocity - 4, "bass"))
            notes.append(
                Note(start + 2 * TICKS, 2 * TICKS - 2, nearest(chord.notes[2], root), mood.velocity - 10, "bass")
            )
        else:
            notes.append(Note(start, bar - 2, root, mood.velocity - 6, "bass"))
        around = root
    return notes


def drum(chords: Bars, mood: Mood, first_bar: int) -> list[Note]:
    """Soft timpani on the root where a phrase begins."""
    bar = mood.beats * TICKS
    starts = range(0, len(chords), 4)
    return [Note((first_bar + n) * bar, bar, nearest(chords[n].root, 45), mood.velocity - 12, "drum") for n in starts]
