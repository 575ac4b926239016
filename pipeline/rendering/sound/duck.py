"""How loud the music may be: under the voice far down, alone a little up, and on its way before the voice begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .limiter import slopes
from .loudness import CELLS_A_SECOND, SILENT, integrated
from .ramps import Ramps
from .types import Doubles

UNDER = 19.0  # LU that music lies under a speaking voice
ALONE = 12.0  # and while nobody speaks in a film full of voice
SPARSE = 4.0  # and in one with little voice: there the music is the programme, and must be heard as one
FULL_SHARE, SPARSE_SHARE = 0.6, 0.3  # parts of the film that are spoken
WITHOUT = -20.0  # LUFS of music in a film without voice; the gain for all comes after
PAUSE = 1.6  # seconds: a shorter pause keeps the music down
FALL, RISE = 0.5, 1.5  # seconds to go down before a voice, and to come back after it
HEARD = 25.0  # LU under its own loudness at which the voice still counts as speaking
FADE_IN, FADE_OUT = 1.0, 4.0  # seconds at the film's ends, each at most a quarter of it


@dataclass(frozen=True, slots=True)
class Ducking:
    """Turns the voice's energy a cell into gains of the music.

    `voice_lufs`: as loud as the voice will be once limited, before the gain for all; its peaks alone would mislead.
    """

    voice: Doubles
    bed_lufs: float
    voice_lufs: float

    def gains(self) -> Ramps:
        """Amplitudes at the borders of cells."""
        loud = integrated(self.voice)
        if loud <= SILENT:
            level = np.full(len(self.voice), WITHOUT - self.bed_lufs)
        else:
            speaking = closed(self.voice > 10 ** ((loud - HEARD) / 10), int(PAUSE * CELLS_A_SECOND))
            under = np.where(speaking, UNDER, alone(float(speaking.mean())))
            level = self.voice_lufs - self.bed_lufs - under
        way = (UNDER - ALONE) / CELLS_A_SECOND  # dB a cell, over a second
        curve = slopes(np.append(level, level[-1:]), way / FALL, way / RISE)
        return Ramps((10 ** (curve / 20) * _ends(len(curve))).astype(np.float32))


def alone(share: float) -> float:
    """LU under the voice while nobody speaks. Were it far under in a film of little voice, the gain that brings the
    whole to its loudness would drive the voice into the limiter."""
    way = (share - SPARSE_SHARE) / (FULL_SHARE - SPARSE_SHARE)
    return SPARSE + (ALONE - SPARSE) * min(1.0, max(0.0, way))


def closed(speaking: np.ndarray, pause: int) -> np.ndarray:
    """`speaking`, with inner pauses shorter than `pause` cells counted as speech."""
    said, filled = np.flatnonzero(speaking), speaking.copy()
    for at in np.flatnonzero((np.diff(said) > 1) & (np.diff(said) < pause)):
        filled[said[at] : said[at + 1]] = True
    return filled


def _ends(count: int) -> Doubles:
    """Fades of the whole, as amplitudes a cell border."""
    at = np.arange(count)
    first = min(FADE_IN * CELLS_A_SECOND, count / 4)
    last = min(FADE_OUT * CELLS_A_SECOND, count / 4)
    return np.clip(at / first, 0, 1) * np.sin(np.clip((count - 1 - at) / last, 0, 1) * np.pi / 2) ** 2
