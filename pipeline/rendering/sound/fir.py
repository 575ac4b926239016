"""Windowed-sinc filters run as matrix products: L outputs for M inputs, phase exact, in bounded memory.

A block of inputs times one Toeplitz matrix is the fastest FIR that numpy has, the same for every ratio.
"""

from __future__ import annotations

from functools import cache
from math import gcd

import numpy as np

from .product import product
from .types import Floats

HALF = 32  # half the filter's length, in periods of the lower rate
BETA = 9.0  # Kaiser window: about 90 dB down
ROLLOFF = 0.94  # pass band as a part of the lower Nyquist


@cache
def matrix(up: int, down: int, repeat: int, half: int, rolloff: float = ROLLOFF) -> Floats:
    """Weights of shape (down * repeat + 2 * half, up * repeat): a stretch of inputs times it gives the outputs."""
    cutoff = rolloff * min(1.0, up / down)
    inputs = np.arange(down * repeat + 2 * half)[:, None] - half + 1
    times = np.arange(up * repeat)[None, :] * (down / up)
    away = inputs - times
    window = np.i0(BETA * np.sqrt(np.clip(1 - (away / half) ** 2, 0, None))) / np.i0(BETA)
    weights = np.where(np.abs(away) < half, np.sinc(cutoff * away) * window, 0.0)
    weights /= weights.sum(axis=0)
    return weights.astype(np.float32)


class Resampler:
    """Mono float32 from one rate to another. Output sample n lies at the very time n / rate_out of the input."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        common = gcd(rate_in, rate_out)
        self.up, self.down = rate_out // common, rate_in // common
        self.half = HALF * max(1, -(-self.down // self.up))
        self.repeat = -(-64 // self.down)
        self.pending = np.zeros(self.half - 1, np.float32)
        self.taken = self.given = 0

    def push(self, samples: Floats) -> Floats:
        """What can be given after these samples; the rest waits for the next."""
        self.taken += len(samples)
        return self._run(samples)

    def flush(self) -> Floats:
        """The last samples: all that the input's length is worth, rounded up."""
        owed = -(-self.taken * self.up // self.down) - self.given
        step = self.down * self.repeat
        return self._run(np.zeros(2 * self.half + step, np.float32))[:owed]

    def _run(self, samples: Floats) -> Floats:
        if self.up == self.down:
            self.given += len(samples)
            return samples
        self.pending = np.concatenate([self.pending, samples])
        step, width = self.down * self.repeat, self.down * self.repeat + 2 * self.half
        blocks = max(0, (len(self.pending) - width) // step + 1)
        out = convolve_blocks(self.pending, blocks, step, matrix(self.up, self.down, self.repeat, self.half))
        self.pending = self.pending[blocks * step :]
        self.given += len(out)
        return out


def convolve_blocks(samples: Floats, blocks: int, step: int, weights: Floats) -> Floats:
    """Overlapping stretches of `samples`, `step` apart, times `weights`, laid end to end."""
    if not blocks:
        return np.zeros(0, np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(samples, weights.shape[0])[: blocks * step : step]
    return product(np.ascontiguousarray(windows), weights).reshape(-1)
