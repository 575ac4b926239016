"""How loud to play it: one gain for all and, where that would pass the ceiling, a dip that comes before the peak.

Worked out on 5 ms cells before a sample is touched, so the loudness asked for is met after limiting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .loudness import CELLS_A_SECOND, SILENT, Cells
from .ramps import Ramps
from .types import Doubles, Floats

ATTACK = 600.0  # dB a second: 6 dB in 10 ms
RELEASE = 60.0  # dB a second: 6 dB in 100 ms
MOST_GAIN, LEAST_GAIN = 40.0, -60.0


@dataclass(slots=True)
class Level:
    """`gains` to play with; `gain_db` without the dips; `lufs` expected; `limited`: deepest dip in dB."""

    gains: Ramps
    gain_db: float
    lufs: float
    limited: float


def slopes(db: Doubles, fall: float, rise: float) -> Doubles:
    """The highest curve nowhere above `db` that falls and rises no faster than so many dB a cell."""
    steps = np.arange(len(db))
    after = np.minimum.accumulate(db - steps * rise) + steps * rise
    return np.minimum.accumulate((after + steps * fall)[::-1])[::-1] - steps * fall


def nodes_for(peak: Floats, gain_db: float, ceiling_db: float) -> Doubles:
    """Gains in dB at cell borders: `gain_db`, dipping ahead of every cell that would pass the ceiling."""
    with np.errstate(divide="ignore"):
        room = np.minimum(0.0, ceiling_db - 20 * np.log10(np.maximum(peak, 1e-9)) - gain_db)
    borders = np.minimum(np.append(room, 0.0), np.append(0.0, room))
    return gain_db + slopes(borders, ATTACK / CELLS_A_SECOND, RELEASE / CELLS_A_SECOND)


def level(cells: Cells, target_lufs: float, ceiling_db: float) -> Level:
    """The gain at which the limited programme is as loud as asked, found by halving."""
    if cells.lufs() <= SILENT:
        return Level(Ramps(np.ones(len(cells.peak) + 1, np.float32)), 0.0, SILENT, 0.0)
    low, high = LEAST_GAIN, MOST_GAIN
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _after(cells, middle, ceiling_db)[1] < target_lufs else (low, middle)
    nodes, lufs = _after(cells, low, ceiling_db)
    return Level(Ramps((10 ** (nodes / 20)).astype(np.float32)), low, lufs, float(low - nodes.min()))


def _after(cells: Cells, gain_db: float, ceiling_db: float) -> tuple[Doubles, float]:
    nodes = nodes_for(cells.peak, gain_db, ceiling_db)
    amplitude = 10 ** (nodes / 20)
    return nodes, cells.lufs((amplitude[:-1] + amplitude[1:]) / 2)
