"""The film's sound: voices by the sample, music under them, as loud as asked, in one AAC file.

Three passes in blocks of a second, never the whole at once: the voices are measured to balance them and to duck the
music, the mix is measured to find its gain, and then it is played into the encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..failures import BadMaterial
from ..parts import RATE, SAMPLES_PER_FRAME
from . import ambience
from .aac import M4a
from .ambience import Atmosphere, Layer, Span, layers
from .balance import balanced
from .duck import Ducking
from .limiter import MOST_GAIN, Level, level
from .loudness import SILENT, Cells, Meter
from .music import Bed, Music, MusicMissing, Recording, bed_for, bed_of
from .placement import Placement, Progress, Stopping, check
from .ramps import Ramps
from .types import Floats
from .voice import Stream, VoiceTrack

VERSION = 1  # raise when the same voices would be mixed otherwise
BLOCK = RATE  # samples worked on at a time
HEADROOM = 1.0  # dB kept under the ceiling: AAC adds peaks of its own
SPARE = 1.0  # dB of gain for voice and music over that for the voice: the loudness gate must not drive it on
PASSES = 3
Under = tuple[Callable[[], Stream | Atmosphere], Ramps]  # what begins to play under the voice, and how loud


@dataclass(frozen=True, slots=True)
class Mixed:
    """What was made. `lufs` as worked out before encoding; `limited`: the limiter's deepest dip in dB; `notes` say
    plainly what the sound lacks; `licence` of the music."""

    path: Path
    samples: int
    lufs: float
    gain_db: float
    limited: float
    licence: str = ""
    notes: tuple[str, ...] = ()


def mix(
    placements: Sequence[Placement],
    total_frames: int,
    out: Path,
    *,
    music: Music | Recording | None = None,
    places: Sequence[Span] = (),
    target_lufs: float = -14.0,
    ceiling_dbtp: float = -1.0,
    progress: Progress | None = None,
    stopping: Stopping | None = None,
) -> Mixed:
    """Write `out` (.m4a, total_frames x 1600 samples). Without instruments there is no music, and a note says so.

    `places`: sounds of the places, far under voice and music.

    `progress(done, to do)` in frames over all passes. Raises BadMaterial for a bad file, Stopped when stopped.
    """
    _there(placements)
    bed, notes = _bed(music, stopping)
    clock = _Clock(total_frames, progress, stopping)
    voice = _voices(placements, total_frames, clock)
    placements = [
        replace(p, gain=p.gain * g) for p, g in zip(placements, balanced(placements, voice.energy), strict=True)
    ]
    ceiling = ceiling_dbtp - HEADROOM
    beds: list[Under] = []
    most = MOST_GAIN
    if bed or places:
        alone = level(voice, target_lufs, ceiling)
        beds = _beds(alone, bed, layers(places, total_frames * SAMPLES_PER_FRAME), target_lufs)
        most = alone.gain_db + SPARE if alone.lufs > SILENT else MOST_GAIN
    del voice
    meter = Meter(RATE)
    for _, block in clock.over(_programme(placements, total_frames, beds)):
        meter.feed(block)
    loud = level(meter.cells(), target_lufs, ceiling, most)
    with M4a(out) as sink:
        for start, block in clock.over(_programme(placements, total_frames, beds)):
            sink.write(block * loud.gains.over(start, block.shape[1]))
    if loud.gain_db >= MOST_GAIN - 0.01:
        notes += ("The voice is so faint that it could not be made as loud as the film should be.",)
    total = total_frames * SAMPLES_PER_FRAME
    return Mixed(out, total, loud.lufs, loud.gain_db, loud.limited, bed.licence if bed else "", notes)


@dataclass(slots=True)
class _Clock:
    """Counts frames over all passes, and stops them."""

    frames: int
    progress: Progress | None
    stopping: Stopping | None
    past: int = 0

    def over(self, blocks: Iterator[Floats]) -> Iterator[tuple[int, Floats]]:
        """(first sample, block), counted once it was used."""
        at = 0
        for block in blocks:
            check(self.stopping)
            yield at, block
            at += block.shape[-1]
            if self.progress:
                self.progress(self.past + at // SAMPLES_PER_FRAME, PASSES * self.frames)
        self.past += self.frames


def _there(placements: Sequence[Placement]) -> None:
    for placement in placements:
        if not placement.path.is_file():
            raise BadMaterial(f"the voice is missing ({placement.path.name})", placement.scene)


def _bed(music: Music | Recording | None, stopping: Callable[[], bool] | None) -> tuple[Bed | None, tuple[str, ...]]:
    if isinstance(music, Recording):
        return bed_of(music, stopping), ()
    try:
        return (bed_for(music, stopping), ()) if music else (None, ())
    except MusicMissing as missing:
        return None, (str(missing),)


def _beds(voice: Level, bed: Bed | None, air: Sequence[Layer], target_lufs: float) -> list[Under]:
    """Music, then the places, each with how loud it may be."""
    found: list[Under] = []
    if bed:
        path = bed.path
        found.append((lambda: Stream(path), Ducking(voice, bed.lufs, target_lufs).gains()))
    if air:
        soft = Ducking(voice, ambience.LEVEL, target_lufs, ambience.UNDER, (ambience.ALONE,))
        found.append((lambda: Atmosphere(air), soft.gains()))
    return found


def _spans(frames: int) -> Iterator[tuple[int, int]]:
    """(first sample, count) of each block."""
    total = frames * SAMPLES_PER_FRAME
    return ((start, min(BLOCK, total - start)) for start in range(0, total, BLOCK))


def _voices(placements: Sequence[Placement], frames: int, clock: _Clock) -> Cells:
    """The voice track alone, measured."""
    track, meter = VoiceTrack(placements), Meter(RATE)
    for _, block in clock.over(np.stack([mono, mono]) for mono in map(track.take, (n for _, n in _spans(frames)))):
        meter.feed(block)
    return meter.cells()


def _programme(placements: Sequence[Placement], frames: int, beds: Sequence[Under]) -> Iterator[Floats]:
    """Voice and what is ducked under it before the gain for all, in blocks of shape (2, up to BLOCK)."""
    voice, playing = VoiceTrack(placements), [(begin(), ducked) for begin, ducked in beds]
    for start, count in _spans(frames):
        mono = voice.take(count)
        block = np.stack([mono, mono])
        for band, ducked in playing:
            block += band.take(count) * ducked.over(start, count)
        yield block
