"""Loudness by ITU-R BS.1770-4 and true peak, gathered in cells of 10 ms: eight bytes a cell, three megabytes an hour."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from .fir import convolve_blocks, matrix
from .kweight import KWeighting
from .types import Doubles, Floats

CELLS_A_SECOND = 100
TENTH = CELLS_A_SECOND // 10  # cells
SILENT = -120.0  # what LUFS and dB never fall below
PEAK_HALF = 12  # half length of the four-times oversampling filter, in samples
PEAK_STEP = 48


@dataclass(slots=True)
class Cells:
    """`energy`: K-weighted mean power, summed over channels; `peak`: greatest absolute value, oversampled."""

    energy: Floats
    peak: Floats

    def lufs(self) -> float:
        """Integrated loudness."""
        return gated(tenths(self.energy))

    def dbtp(self) -> float:
        return decibels(float(self.peak.max(initial=0.0)))


def decibels(amplitude: float) -> float:
    """20 log10, no lower than SILENT."""
    return max(SILENT, 20 * float(np.log10(amplitude))) if amplitude > 0 else SILENT


def tenths(energy: Floats) -> Doubles:
    """Cell powers as powers of whole tenths of a second; a rest that fills none is left out."""
    whole = len(energy) // TENTH * TENTH
    return energy[:whole].reshape(-1, TENTH).mean(axis=1, dtype=np.float64)


def gated(power: Doubles) -> float:
    """Integrated loudness (LUFS) of powers a tenth: blocks of 400 ms, gates at -70 and 10 LU under the rest."""
    padded = np.concatenate([power, np.zeros(max(0, 4 - len(power)))])
    blocks = (padded[:-3] + padded[1:-2] + padded[2:-1] + padded[3:]) / 4
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not len(loud):
        return SILENT
    loud = loud[loud > loud.mean() / 10]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def curve(energy: Floats, points: int = 160) -> list[float]:
    """Loudness over three seconds (LUFS) at evenly spread moments, a second apart or more; none of less than two."""
    power = tenths(energy)
    count = min(points, len(power) // 10)
    if count < 2:
        return []
    sums = np.concatenate([[0.0], np.cumsum(power)])
    ends = np.linspace(10, len(power), count).astype(int)
    starts = np.maximum(0, ends - 30)
    means = (sums[ends] - sums[starts]) / (ends - starts)
    return [round(float(v), 1) for v in np.maximum(SILENT, -0.691 + 10 * np.log10(np.maximum(means, 1e-12)))]


@dataclass(slots=True)
class Meter:
    """Feed it blocks of shape (channels, n) at `rate` (16, 24 or 48 kHz), of any length; read `cells()` at the end."""

    rate: int
    channels: int = 2
    peaks: bool = True
    _filters: KWeighting = field(init=False)
    _rest: Floats = field(init=False)
    _energies: array[float] = field(default_factory=lambda: array("f"))
    _peaks: array[float] = field(default_factory=lambda: array("f"))
    _tail: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._filters = KWeighting(self.rate, self.channels)
        self._rest = np.zeros((self.channels, 0), np.float32)
        self._tail = np.zeros((self.channels, PEAK_HALF - 1), np.float32)

    def feed(self, block: Floats) -> None:
        block = np.concatenate([self._rest, block], axis=1) if self._rest.shape[1] else block
        cell = self.rate // CELLS_A_SECOND
        whole = block.shape[1] // cell * cell
        self._rest = block[:, whole:].copy()
        if whole:
            self._measure(np.ascontiguousarray(block[:, :whole]), cell)

    def cells(self) -> Cells:
        """All that was fed; the last, unfinished cell is filled up with silence."""
        cell = self.rate // CELLS_A_SECOND
        if self._rest.shape[1]:
            self.feed(np.zeros((self.channels, cell - self._rest.shape[1]), np.float32))
        return Cells(np.array(self._energies, np.float32), np.array(self._peaks, np.float32))

    def _measure(self, block: Floats, cell: int) -> None:
        weighted = self._filters.run(block)
        energy = np.square(weighted).reshape(self.channels, -1, cell).mean(axis=2).sum(axis=0)
        self._energies.frombytes(energy.astype(np.float32).tobytes())
        if self.peaks:
            joined = np.concatenate([self._tail, block], axis=1)
            self._tail = joined[:, -(PEAK_HALF - 1) :].copy()
            peaks = np.max([cell_peaks(channel, cell) for channel in joined], axis=0)
            self._peaks.frombytes(peaks.astype(np.float32).tobytes())


def cell_peaks(samples: Floats, cell: int) -> Floats:
    """True peak a cell of one channel. `samples` begins PEAK_HALF - 1 samples early; the last few stand as they are."""
    plain = np.abs(samples[PEAK_HALF - 1 :])
    padded = np.concatenate([samples, np.zeros(PEAK_HALF + 1 + PEAK_STEP, np.float32)])
    blocks = -(-len(plain) // PEAK_STEP)
    between = np.abs(convolve_blocks(padded, blocks, PEAK_STEP, _oversampling()))
    fine = between.reshape(-1, 4).max(axis=1)[: len(plain) - PEAK_HALF]
    peaks = plain.reshape(-1, cell).max(axis=1)
    known = len(fine) // cell
    peaks[:known] = np.maximum(peaks[:known], fine[: known * cell].reshape(-1, cell).max(axis=1))
    return peaks


@cache
def _oversampling() -> Floats:
    return matrix(4, 1, PEAK_STEP, PEAK_HALF, 1.0)
