"""A recording that goes round: read whole, its end led over into its beginning, asked for from any sample on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from ..failures import BadMaterial
from ..parts import RATE
from .loudness import SILENT, Meter
from .types import Floats

LONGEST = 300  # seconds of a recording that are used
QUIET = 10 ** (-60 / 20)  # under which the ends of a recording count as silence
CROSS = 4.0  # seconds in which one round leads over into the next, at most a third of it


def decoded(path: Path) -> Floats:
    """A media file's sound at 48 kHz, shape (2, n), silence at its ends cut off. BadMaterial when there is none."""
    try:
        with av.open(str(path)) as source:
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
            frames, have = [], 0
            for frame in source.decode(audio=0):
                for part in resampler.resample(frame):
                    frames.append(part.to_ndarray())
                    have += part.samples
                if have >= LONGEST * RATE:
                    break
            frames += [part.to_ndarray() for part in resampler.resample(None)]
    except (av.FFmpegError, IndexError, OSError, ValueError) as fault:
        raise BadMaterial(f"a recording can't be read ({path.name}: {fault})") from fault
    return _trimmed(np.concatenate(frames, axis=1, dtype=np.float32) if frames else np.zeros((2, 0), np.float32), path)


def _trimmed(sound: Floats, path: Path) -> Floats:
    heard = np.flatnonzero(np.abs(sound).max(axis=0, initial=0.0) > QUIET)
    if not len(heard):
        raise BadMaterial(f"a recording is silent ({path.name})")
    return sound[:, heard[0] : heard[-1] + 1]


@dataclass(slots=True)
class Ring:
    """`head` plays once, then `turn` for ever: its beginning is the end and the beginning of the recording together."""

    head: Floats
    turn: Floats

    @classmethod
    def of(cls, sound: Floats, cross: float = CROSS) -> Ring:
        """At constant power, so a steady sound stays steady."""
        over = min(int(cross * RATE), sound.shape[1] // 3)
        way = np.linspace(0, np.pi / 2, over, endpoint=False, dtype=np.float32)
        turn = sound[:, : sound.shape[1] - over].copy()
        turn[:, :over] = sound[:, :over] * np.sin(way) + sound[:, sound.shape[1] - over :] * np.cos(way)
        return cls(sound[:, :over], turn)

    @property
    def samples(self) -> int:
        """Of one round."""
        return self.turn.shape[1]

    def over(self, start: int, count: int) -> Floats:
        """`count` samples from sample `start` on, shape (2, count)."""
        out = self.turn[:, (start + np.arange(count)) % self.samples]
        first = max(0, min(count, self.head.shape[1] - start))
        out[:, :first] = self.head[:, start : start + first]
        return out

    def lufs(self) -> float:
        """Loudness of one round; SILENT where nothing of it is heard."""
        meter = Meter(RATE, peaks=False)
        for start in range(0, self.samples, RATE):
            meter.feed(self.turn[:, start : start + RATE])
        return max(SILENT, meter.cells().lufs())
