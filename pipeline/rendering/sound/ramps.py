"""Gains that go in straight lines from one 5 ms cell's border to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..parts import RATE
from .loudness import CELLS_A_SECOND
from .types import Floats

CELL = RATE // CELLS_A_SECOND


@dataclass(slots=True)
class Ramps:
    """`nodes`: amplitudes at the borders, one more than there are cells."""

    nodes: Floats

    def over(self, start: int, count: int) -> Floats:
        """Gain a sample from sample `start` (a multiple of CELL) on."""
        first, cells = start // CELL, -(-count // CELL)
        nodes = self.nodes[first : first + cells + 1]
        way = np.arange(CELL, dtype=np.float32) / CELL
        lines = nodes[:-1, None] + (nodes[1:] - nodes[:-1])[:, None] * way
        return lines.reshape(-1)[:count].astype(np.float32)
