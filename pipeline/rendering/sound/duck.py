"""How loud the music may be: under the voice far down, alone a little up, and on its way before the voice begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..parts import RATE
from .limiter import Level, slopes
from .loudness import SILENT, gated
from .ramps import Ramps
from .types import Doubles

TENTHS = 10  # a second
UNDER = 19.0  # LU that music lies under a speaking voice
ALONE = (12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 0.0)  # and under the film's loudness while nobody speaks: the first that does
SHORT = 0.3  # LU that voice and music may lack together; more would push the voice into the limiter
PAUSE = 1.6  # seconds: a shorter pause keeps the music down
FALL, RISE = 0.5, 1.5  # seconds to go down before a voice, and to come back after it
HEARD = 25.0  # LU under its own loudness at which the voice still counts as speaking
FADE_IN, FADE_OUT = 1.0, 4.0  # seconds at the film's ends, each at most a quarter of it


@dataclass(frozen=True, slots=True)
class Ducking:
    """Music of `bed_lufs` under a voice that was levelled alone to `target_lufs`.

    `under`: LU that it lies under a speaking voice; `alone`: under the film's loudness else, the first that is enough.
    """

    voice: Level
    bed_lufs: float
    target_lufs: float
    under: float = UNDER
    alone: tuple[float, ...] = ALONE

    def gains(self) -> Ramps:
        """Amplitudes every tenth of a second, before the gain for all.

        In a film of little voice the music is the programme: it is raised until the whole is nearly as loud as asked.
        """
        speaking = self._speaking()
        for alone in self.alone:
            music = self._music(speaking, alone)
            if self._together(music) >= self.target_lufs - SHORT:
                break
        db = music - self.bed_lufs - self.voice.gain_db
        return Ramps((10 ** (db / 20) * _ends(len(db))).astype(np.float32), RATE // TENTHS)

    def _speaking(self) -> np.ndarray:
        loud = gated(self.voice.power)
        heard = self.voice.power > 10 ** ((loud - HEARD) / 10)
        return closed(heard, int(PAUSE * TENTHS)) if loud > SILENT else np.zeros(len(heard), bool)

    def _music(self, speaking: np.ndarray, alone: float) -> Doubles:
        """Its loudness (LUFS) at every border, as played."""
        either = np.append(speaking, False) | np.append(False, speaking)
        way = (self.under - min(self.alone)) / TENTHS / 2  # dB a tenth, over a second
        return slopes(self.target_lufs - np.where(either, self.under, alone), way / FALL, way / RISE)

    def _together(self, music: Doubles) -> float:
        middle = (music[:-1] + music[1:]) / 2
        return gated(self.voice.power + 10 ** ((middle + 0.691) / 10))


def closed(speaking: np.ndarray, pause: int) -> np.ndarray:
    """`speaking`, with inner pauses shorter than `pause` counted as speech."""
    said, filled = np.flatnonzero(speaking), speaking.copy()
    for at in np.flatnonzero((np.diff(said) > 1) & (np.diff(said) < pause)):
        filled[said[at] : said[at + 1]] = True
    return filled


def _ends(count: int) -> Doubles:
    """Fades of the whole, as amplitudes a border."""
    at = np.arange(count)
    first = min(FADE_IN * TENTHS, count / 4)
    last = min(FADE_OUT * TENTHS, count / 4)
    return np.clip(at / first, 0, 1) * np.sin(np.clip((count - 1 - at) / last, 0, 1) * np.pi / 2) ** 2
