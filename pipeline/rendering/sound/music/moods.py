"""Six moods as data: what a composer would decide before the first note."""

from __future__ import annotations

from dataclasses import dataclass

# General MIDI programs
PIANO, CELESTA, MUSIC_BOX, VIBES = 0, 8, 10, 11
VIOLIN, CELLO, BASS, PIZZICATO, HARP, TIMPANI = 40, 42, 43, 45, 46, 47
STRINGS, SLOW_STRINGS, CHOIR, HORNS = 48, 49, 52, 60
OBOE, ENGLISH_HORN, BASSOON, CLARINET, FLUTE, RECORDER = 68, 69, 70, 71, 73, 74
WARM_PAD, GLASS = 89, 92
DEEP = {CELLO: -12, BASSOON: -24, HORNS: -12, ENGLISH_HORN: -12}  # semitones that their tunes lie lower


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Who plays: tune, its second player, held chords, moving figure, bass."""

    tune: int
    second: int
    pad: int
    figure: int
    bass: int


@dataclass(frozen=True, slots=True)
class Mood:
    """`progressions`: a chord a bar; `rhythms`: bars of a tune in beats (negative: rest); `figures`: see accompany."""

    scale: str
    tempo: tuple[int, int]
    beats: int
    tonics: tuple[int, ...]
    progressions: tuple[tuple[str, ...], ...]
    contrasts: tuple[tuple[str, ...], ...]
    rhythms: tuple[tuple[float, ...], ...]
    figures: tuple[str, ...]
    ensembles: tuple[Ensemble, ...]
    velocity: int = 64
    leap: int = 2  # widest usual step of the tune, in scale notes
    drum: bool = False


CALM = Mood(
    "major", (60, 70), 4, (0, 2, 5, 7, 10),
    (("1+", "6", "4+", "5"), ("1", "3", "4+", "1+"), ("1+", "5", "6", "4+"), ("4+", "1", "2", "5")),
    (("6", "4", "1", "5"), ("2", "5", "3", "6"), ("4", "5", "6", "1")),
    ((2, 1, 1), (3, 1), (4,), (-1, 1, 2), (2, 2), (-2, 2)),
    ("broken", "rolled", "held"),
    (
        Ensemble(FLUTE, PIANO, SLOW_STRINGS, HARP, CELLO), Ensemble(PIANO, CLARINET, SLOW_STRINGS, PIANO, CELLO),
        Ensemble(OBOE, FLUTE, WARM_PAD, HARP, CELLO), Ensemble(CLARINET, VIBES, SLOW_STRINGS, PIANO, BASS),
    ),
    58,
)  # fmt: skip
WONDER = Mood(
    "lydian", (66, 78), 3, (0, 2, 4, 5, 9),
    (("1+", "2", "1+", "2"), ("1", "2", "6", "5"), ("1+", "7", "3", "2"), ("4", "2", "5", "1+")),
    (("6", "2", "3", "1"), ("3", "6", "2", "5"), ("5", "2", "6", "3")),
    ((2, 1), (1, 1, 1), (3,), (1.5, 0.5, 1), (-1, 2)),
    ("rolled", "waltz", "broken"),
    (
        Ensemble(CELESTA, FLUTE, STRINGS, HARP, CELLO), Ensemble(FLUTE, CELESTA, CHOIR, HARP, CELLO),
        Ensemble(MUSIC_BOX, OBOE, SLOW_STRINGS, CELESTA, BASS), Ensemble(VIBES, FLUTE, GLASS, HARP, CELLO),
    ),
    60, 4,
)  # fmt: skip
ADVENTURE = Mood(
    "dorian", (92, 108), 4, (2, 4, 7, 9),
    (("1", "7", "4", "1"), ("1", "3", "7", "4"), ("1", "4", "7", "1"), ("1", "7", "3", "4")),
    (("3", "7", "4", "5"), ("4", "5", "7", "1"), ("2", "4", "7", "5")),
    ((1, 1, 2), (1.5, 0.5, 2), (2, 1, 1), (3, 1), (1, 0.5, 0.5, 2), (-1, 1, 1, 1)),
    ("pulse", "ostinato", "broken"),
    (
        Ensemble(HORNS, CLARINET, STRINGS, PIZZICATO, BASS), Ensemble(CLARINET, HORNS, STRINGS, PIZZICATO, BASS),
        Ensemble(OBOE, HORNS, STRINGS, HARP, CELLO), Ensemble(VIOLIN, FLUTE, STRINGS, PIZZICATO, BASS),
    ),
    66, 3, True,
)  # fmt: skip
SAD = Mood(
    "minor", (52, 62), 4, (0, 2, 4, 7, 9),
    (("1", "6", "3", "7"), ("1", "4", "6", "5#"), ("1", "7", "6", "5#"), ("6", "3", "4", "1")),
    (("4", "1", "6", "5#"), ("3", "7", "4", "1"), ("6", "7", "1", "4")),
    ((3, 1), (2, 2), (4,), (-1, 1, 2), (2, 1, 1)),
    ("broken", "held", "rolled"),
    (
        Ensemble(CELLO, OBOE, SLOW_STRINGS, PIANO, CELLO), Ensemble(PIANO, CELLO, SLOW_STRINGS, PIANO, BASS),
        Ensemble(ENGLISH_HORN, VIOLIN, SLOW_STRINGS, HARP, CELLO), Ensemble(VIOLIN, PIANO, CHOIR, PIANO, CELLO),
    ),
    56,
)  # fmt: skip
TENSE = Mood(
    "phrygian", (70, 84), 4, (0, 2, 4, 5, 9),
    (("1", "2", "1", "7"), ("1", "6", "2", "1"), ("1", "4", "2", "7"), ("1", "2", "6", "7")),
    (("4", "1", "2", "7"), ("6", "4", "2", "1"), ("7", "6", "2", "1")),
    ((4,), (-2, 2), (3, 1), (-1, 1, 2), (-3, 1)),
    ("pulse", "heartbeat", "ostinato"),
    (
        Ensemble(CLARINET, BASSOON, SLOW_STRINGS, PIZZICATO, BASS), Ensemble(BASSOON, VIOLIN, STRINGS, CELLO, BASS),
        Ensemble(VIOLIN, CLARINET, SLOW_STRINGS, PIZZICATO, BASS), Ensemble(CELLO, HORNS, CHOIR, PIZZICATO, BASS),
    ),
    58, 2, True,
)  # fmt: skip
JOYFUL = Mood(
    "major", (100, 116), 4, (0, 2, 5, 7, 9),
    (("1", "4", "5", "1"), ("1", "5", "6", "4"), ("1", "6", "2", "5"), ("1", "3", "4", "5")),
    (("4", "1", "2", "5"), ("6", "3", "4", "5"), ("2", "5", "3", "6")),
    ((1, 1, 2), (1, 1, 1, 1), (0.5, 0.5, 1, 2), (1.5, 0.5, 1, 1), (2, 2), (-1, 1, 1, 1)),
    ("offbeat", "pulse", "broken"),
    (
        Ensemble(FLUTE, CLARINET, STRINGS, PIZZICATO, BASS), Ensemble(CLARINET, FLUTE, STRINGS, PIANO, BASS),
        Ensemble(RECORDER, VIOLIN, STRINGS, PIZZICATO, BASSOON), Ensemble(VIOLIN, OBOE, STRINGS, HARP, BASS),
    ),
    66, 3,
)  # fmt: skip
MOODS = {"calm": CALM, "wonder": WONDER, "adventure": ADVENTURE, "sad": SAD, "tense": TENSE, "joyful": JOYFUL}
