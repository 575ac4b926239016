"""How loud to play it: one gain for all and, where that would pass the ceiling, a dip that comes before the peak.

Worked out on cells of 10 ms before a sample is touched, so the loudness asked for is met after limiting; and a minute
of cells at a time, so an hour needs no more room than a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .loudness import CELLS_A_SECOND, SILENT, Cells, gated, tenths
from .ramps import Ramps
from .types import Doubles, Floats

ATTACK = 600.0  # dB a second: 6 dB in 10 ms
RELEASE = 60.0  # dB a second: 6 dB in 100 ms
MOST_GAIN, LEAST_GAIN = 40.0, -60.0
CHUNK = 60 * CELLS_A_SECOND
REACH = 2 * CELLS_A_SECOND  # cells: no dip is felt further away


@dataclass(slots=True)
class Level:
    """`gains` to play with; `gain_db` without the dips; `lufs` expected; `limited`: deepest dip in dB."""

    gains: Ramps
    gain_db: float
    lufs: float
    limited: float
    power: Doubles  # a tenth of a second, as played


def slopes(db: Doubles, fall: float, rise: float) -> Doubles:
    """The highest curve nowhere above `db` that falls and rises no faster than so many dB a step."""
    steps = np.arange(len(db))
    after = np.minimum.accumulate(db - steps * rise) + steps * rise
    return np.minimum.accumulate((after + steps * fall)[::-1])[::-1] - steps * fall


def dips(peak: Floats, room_db: float) -> Doubles:
    """dB to take away at the borders of cells, so that no cell peaks over `room_db`; each comes before its peak."""
    over = np.minimum(0.0, room_db - 20 * np.log10(np.maximum(peak.astype(np.float64), 1e-9)))
    borders = np.minimum(np.append(over, 0.0), np.append(0.0, over))
    return slopes(borders, ATTACK / CELLS_A_SECOND, RELEASE / CELLS_A_SECOND)


def _chunks(peak: Floats, room_db: float) -> Iterator[tuple[int, Doubles]]:
    """(first cell, dips at the borders of a minute's cells and one more)."""
    for first in range(0, len(peak), CHUNK):
        before = max(0, first - REACH)
        found = dips(peak[before : first + CHUNK + REACH], room_db)
        yield first, found[first - before : first - before + min(CHUNK, len(peak) - first) + 1]


def level(cells: Cells, target_lufs: float, ceiling_db: float, most: float = MOST_GAIN) -> Level:
    """The gain, at most `most` dB, at which the limited programme is as loud as asked, found by halving."""
    if cells.lufs() <= SILENT:
        return Level(Ramps(np.ones(len(cells.peak) + 1, np.float32)), 0.0, SILENT, 0.0, tenths(cells.energy))
    low, high = LEAST_GAIN, most
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if gated(_after(cells, middle, ceiling_db)) < target_lufs else (low, middle)
    nodes, deepest = np.empty(len(cells.peak) + 1, np.float32), 0.0
    for first, taken in _chunks(cells.peak, ceiling_db - low):
        nodes[first : first + len(taken)] = 10 ** ((low + taken) / 20)
        deepest = min(deepest, float(taken.min()))
    power = _after(cells, low, ceiling_db)
    return Level(Ramps(nodes), low, gated(power), -deepest, power)


def _after(cells: Cells, gain_db: float, ceiling_db: float) -> Doubles:
    """Powers a tenth with that gain, limited."""
    powers = []
    for first, taken in _chunks(cells.peak, ceiling_db - gain_db):
        amplitude = 10 ** ((gain_db + taken) / 20)
        middle = (amplitude[:-1] + amplitude[1:]) / 2
        powers.append(tenths(cells.energy[first : first + len(middle)] * np.square(middle)))
    return np.concatenate(powers)
