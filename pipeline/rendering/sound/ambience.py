"""What is heard of the places: loops under the scenes, led over into each other where one place gives way to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..parts import RATE
from .looping import Ring, decoded
from .loudness import CELLS_A_SECOND, SILENT
from .ramps import Ramps
from .types import Floats

VERSION = 1  # raise when the same spans would be laid otherwise
LEVEL = -24.0  # LUFS that every loop is brought to
MOST = 24.0  # dB that one is raised at most
UNDER = 25.0  # LU that it lies under a speaking voice
ALONE = 19.0  # and under the film's loudness while nobody speaks
FADE = 2.4  # seconds from one place to the next, half of them on each side


@dataclass(frozen=True, slots=True)
class Span:
    """One sound from sample `start` to sample `end` of the film."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A loop, brought to LEVEL, and when it is heard."""

    ring: Ring
    gains: Ramps


def layers(spans: Sequence[Span], samples: int) -> list[Layer]:
    """One for each recording, each read once. BadMaterial for a file that can't be."""
    found = []
    for path in dict.fromkeys(span.path for span in spans):
        ring = Ring.of(decoded(path))
        loud = ring.lufs()
        gain = 10 ** (min(MOST, LEVEL - loud) / 20) if loud > SILENT else 0.0
        heard = _heard([span for span in spans if span.path == path], samples)
        found.append(Layer(ring, Ramps((heard * gain).astype(np.float32))))
    return found


def _heard(spans: Sequence[Span], samples: int) -> Floats:
    """How much of the sound is heard, at every border of cells: constant power where two give way to each other."""
    at = np.arange(-(-samples * CELLS_A_SECOND // RATE) + 1) * (RATE // CELLS_A_SECOND)
    shares = np.zeros(len(at))
    for span in spans:
        comes = np.clip((at - span.start) / (FADE * RATE) + 0.5, 0, 1)
        goes = np.clip((span.end - at) / (FADE * RATE) + 0.5, 0, 1)
        shares += np.minimum(comes, goes)
    return np.sin(np.minimum(shares, 1) * np.pi / 2)


class Atmosphere:
    """The layers together, asked for block after block; blocks begin at borders of cells."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers, self.position = layers, 0

    def take(self, count: int) -> Floats:
        """The next `count` samples, shape (2, count)."""
        out, start = np.zeros((2, count), np.float32), self.position
        for layer in self.layers:
            gains = layer.gains.over(start, count)
            if gains.any():
                out += layer.ring.over(start, count) * gains
        self.position += count
        return out
