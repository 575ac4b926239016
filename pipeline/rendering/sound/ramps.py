"""Gains that go in straight lines from one border to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..parts import RATE
from .loudness import CELLS_A_SECOND
from .types import Floats

CELL = RATE // CELLS_A_SECOND


@dataclass(slots=True)
class Ramps:
    """`nodes`: amplitudes every `step` samples from the film's beginning to its end."""

    nodes: Floats
    step: int = CELL

    def over(self, start: int, count: int) -> Floats:
        """Gain a sample from sample `start` (a multiple of `step`) on; the last border holds for what comes after it."""
        first, steps = start // self.step, -(-count // self.step)
        nodes = self.nodes[np.minimum(np.arange(first, first + steps + 1), len(self.nodes) - 1)]
        way = np.arange(self.step, dtype=np.float32) / self.step
        lines = nodes[:-1, None] + (nodes[1:] - nodes[:-1])[:, None] * way
        return lines.reshape(-1)[:count].astype(np.float32)
