"""A small hall: convolution with noise that dies away, darker as it does."""

from __future__ import annotations

from functools import cache

import numpy as np

from ...parts import RATE
from ..types import Floats

SECONDS = 1.8  # until 60 dB down
WET = 0.22


@cache
def response() -> Floats:
    """Impulse response of shape (2, n), of unit energy a channel, after 18 ms of nothing."""
    count = int(RATE * SECONDS)
    noise = np.random.default_rng(2024).standard_normal((2, count))
    time = np.arange(count) / RATE
    dark = np.array([_low(noise, 0.85), _low(noise, 0.5), noise])
    share = np.array([np.ones(count), np.exp(-time * 4), np.exp(-time * 9)])
    tail = (dark * share[:, None]).sum(axis=0) * 10 ** (-3 * time / SECONDS)
    tail /= np.sqrt(np.square(tail).sum(axis=1, keepdims=True))
    return np.concatenate([np.zeros((2, int(RATE * 0.018))), tail], axis=1).astype(np.float32)


def _low(noise: np.ndarray, keep: float) -> np.ndarray:
    """One-pole low pass, cut to a short kernel."""
    kernel = (1 - keep) * keep ** np.arange(64)
    return np.array([np.convolve(channel, kernel)[: noise.shape[1]] for channel in noise])


class Room:
    """Adds the hall to blocks as they come (overlap-add); what rings on is carried over."""

    def __init__(self) -> None:
        self.rest = np.zeros((2, 0), np.float32)

    def add(self, block: Floats) -> Floats:
        ring = response()
        count = block.shape[1]
        size = 1 << (count + ring.shape[1] - 1).bit_length()
        wet = np.fft.irfft(np.fft.rfft(block, size) * _spectrum(size), size)[:, : count + ring.shape[1] - 1]
        wet[:, : self.rest.shape[1]] += self.rest
        self.rest = wet[:, count:].astype(np.float32)
        return (block + WET * wet[:, :count]).astype(np.float32)


@cache
def _spectrum(size: int) -> np.ndarray:
    return np.fft.rfft(response(), size)
