"""The film's sound: voices by the sample, music under them, as loud as asked, in one AAC file.

Two passes in blocks of a second: the first only measures, the second plays with the gain worked out between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..failures import BadMaterial
from ..parts import RATE, SAMPLES_PER_FRAME
from .aac import M4a
from .limiter import level
from .loudness import Meter
from .placement import Placement, Progress, Stopping, check
from .types import Floats
from .voice import VoiceTrack

BLOCK = RATE  # samples worked on at a time
HEADROOM = 1.0  # dB kept under the ceiling: AAC adds peaks of its own


@dataclass(frozen=True, slots=True)
class Mixed:
    """What was made. `lufs` as worked out before encoding; `limited` is the deepest dip of the limiter in dB."""

    path: Path
    samples: int
    lufs: float
    gain_db: float
    limited: float
    notes: tuple[str, ...] = ()


def mix(
    placements: Sequence[Placement],
    total_frames: int,
    out: Path,
    *,
    music: None = None,
    target_lufs: float = -14.0,
    ceiling_dbtp: float = -1.0,
    progress: Progress | None = None,
    stopping: Stopping | None = None,
) -> Mixed:
    """Write `out` (.m4a, total_frames x 1600 samples). Raises BadMaterial for a bad file, Stopped when stopped."""
    for placement in placements:
        if not placement.path.is_file():
            raise BadMaterial(f"the voice is missing ({placement.path.name})", placement.scene)
    total, done = total_frames * SAMPLES_PER_FRAME, 0
    meter = Meter(RATE)
    for block in programme(placements, total):
        check(stopping)
        meter.feed(block)
        done += block.shape[1]
        if progress:
            progress(done // SAMPLES_PER_FRAME, 2 * total_frames)
    loud = level(meter.cells(), target_lufs, ceiling_dbtp - HEADROOM)
    with M4a(out) as sink:
        for block in programme(placements, total):
            check(stopping)
            start = done - total
            sink.write(block * loud.gains(start, block.shape[1]))
            done += block.shape[1]
            if progress:
                progress(done // SAMPLES_PER_FRAME, 2 * total_frames)
    return Mixed(out, total, loud.lufs, loud.gain_db, loud.limited)


def programme(placements: Sequence[Placement], total: int) -> Iterator[Floats]:
    """The whole sound before its gain, in blocks of shape (2, up to BLOCK)."""
    voice = VoiceTrack(placements)
    for start in range(0, total, BLOCK):
        mono = voice.take(min(BLOCK, total - start))
        yield np.stack([mono, mono])
