"""A tune: a motive of two bars, said again on other chords, answered, and brought home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .moods import Mood
from .score import TICKS, Note
from .theory import Chord, Key

LOW, HIGH = 65, 84  # where a tune lies


@dataclass(frozen=True, slots=True)
class Motive:
    """Rhythm in beats (negative: rest) and scale steps from note to note, for two bars."""

    rhythm: tuple[tuple[float, ...], ...]
    steps: tuple[int, ...]


def invent(mood: Mood, random: Random) -> Motive:
    """Two bars of rhythm and a line that arches: up and back, leaps answered by steps the other way."""
    rhythm = (random.choice(mood.rhythms), random.choice(mood.rhythms))
    count = sum(value > 0 for bar in rhythm for value in bar)
    steps: list[int] = []
    for i in range(count):
        way = 1 if i < count / 2 else -1
        if steps and abs(steps[-1]) > 1:
            steps.append(-1 if steps[-1] > 0 else 1)
        else:
            steps.append(way * random.choice([1, 1, 1, random.randint(1, mood.leap), 0, -1]))
    return Motive(rhythm, tuple(steps))


def vary(motive: Motive, random: Random) -> Motive:
    """The same motive upside down, or with its bars changed round, or with one step moved."""
    kind = random.randrange(3)
    if kind == 0:
        return Motive(motive.rhythm, tuple(-step for step in motive.steps))
    if kind == 1:
        return Motive(motive.rhythm[::-1], motive.steps)
    at = random.randrange(max(1, len(motive.steps)))
    moved = tuple(step + (1 if step <= 0 else -1) if i == at else step for i, step in enumerate(motive.steps))
    return Motive(motive.rhythm, moved)


def tune(
    motive: Motive,
    chords: Sequence[Chord],
    key: Key,
    mood: Mood,
    random: Random,
    first_bar: int,
    part: str,
    shift: int = 0,
) -> list[Note]:
    """The motive over the chords (one a bar); every fourth bar rests on a chord note, the last of all at home.

    `shift`: whole octaves, in semitones, for deep instruments.
    """
    bar_ticks = mood.beats * TICKS
    at = key.step_near(random.randint(70, 76))
    notes: list[Note] = []
    for bar, chord in enumerate(chords):
        rhythm = motive.rhythm[bar % 2]
        closing = bar % 4 == 3
        if closing:
            rhythm = (float(mood.beats),) if random.random() < 0.6 else (mood.beats - 1.0, -1.0)
        steps = motive.steps[len(motive.steps) // 2 :] if bar % 2 else motive.steps
        line = iter(steps)
        place = 0.0
        for value in rhythm:
            if value > 0:
                at = _within(key, at + next(line, 0))
                strong = place == int(place) and int(place) % 2 == 0
                if strong or value >= 2 or closing:
                    at = _on_chord(key, at, chord, home=bar == len(chords) - 1)
                arch = 1 - abs((bar % 4) / 3 - 0.5)
                loud = mood.velocity + round(14 * arch) + random.randint(-4, 4) + (4 if strong else 0)
                start = (first_bar + bar) * bar_ticks + round(place * TICKS)
                notes.append(
                    Note(
                        start,
                        max(2, round(value * TICKS) - 1),
                        _fitting(key.pitch(at), key, chord) + shift,
                        min(110, loud),
                        part,
                    )
                )
            place += abs(value)
    return notes


def _fitting(pitch: int, key: Key, chord: Chord) -> int:
    """The pitch, its leading note raised when the chord has raised it."""
    raised = (key.tonic - 1) % 12
    clash = pitch % 12 == key.pitch(6) % 12 and raised in chord.notes and pitch % 12 not in chord.notes
    return pitch + 1 if clash else pitch


def _within(key: Key, step: int) -> int:
    while key.pitch(step) > HIGH:
        step -= 3
    while key.pitch(step) < LOW:
        step += 3
    return step


def _on_chord(key: Key, step: int, chord: Chord, home: bool) -> int:
    """The nearest scale step that belongs to the chord; at home the chord's root or third."""
    wanted = set(chord.notes[:2] if home else chord.notes[:3])
    for away in (0, -1, 1, -2, 2, -3, 3):
        near = step + away
        if key.pitch(near) % 12 in wanted and LOW <= key.pitch(near) <= HIGH:
            return near
    return step
