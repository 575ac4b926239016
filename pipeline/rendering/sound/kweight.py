"""The K filter of ITU-R BS.1770: a shelf for the head and a high pass, for any rate, in blocks."""

from __future__ import annotations

from functools import cache
from math import pi, tan

import numpy as np

from .product import product
from .types import Doubles, Floats

BLOCK = 40  # samples a block; divides a cell of 5 ms at 16, 24 and 48 kHz


def biquads(rate: int) -> tuple[Doubles, Doubles]:
    """(b, a) rows of the two stages for any rate; at 48 kHz they are the standard's own figures."""
    k = tan(pi * 1681.974450955533 / rate)
    q, gain = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    boost = gain**0.4996667741545416
    norm = 1 + k / q + k * k
    shelf_b = np.array([gain + boost * k / q + k * k, 2 * (k * k - gain), gain - boost * k / q + k * k]) / norm
    shelf_a = np.array([1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm])
    k, q = tan(pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + k / q + k * k
    pass_a = np.array([1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm])
    return np.array([shelf_b, [1.0, -2.0, 1.0]]), np.array([shelf_a, pass_a])


@cache
def state_space(rate: int) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """BLOCK samples as matrices: (inputs to outputs, state to outputs, inputs to state, state to state)."""
    b, a = biquads(rate)
    columns = [_respond(b, a, np.eye(BLOCK)[i], np.zeros(4)) for i in range(BLOCK)]
    states = [_respond(b, a, np.zeros(BLOCK), np.eye(4)[i]) for i in range(4)]
    return (
        np.array([y for y, _ in columns]),
        np.array([y for y, _ in states]),
        np.array([s for _, s in columns]),
        np.array([s for _, s in states]),
    )


def _respond(b: Doubles, a: Doubles, samples: Doubles, state: Doubles) -> tuple[Doubles, Doubles]:
    """Both biquads, sample by sample (transposed direct form II): outputs and the state afterwards."""
    state, out = state.copy(), []
    for value in samples:
        for stage in range(2):
            first, second = state[2 * stage : 2 * stage + 2]
            result = b[stage, 0] * value + first
            state[2 * stage] = b[stage, 1] * value - a[stage, 1] * result + second
            state[2 * stage + 1] = b[stage, 2] * value - a[stage, 2] * result
            value = result
        out.append(value)
    return np.array(out), state


class KWeighting:
    """Keeps its state from block to block; lengths must be multiples of BLOCK."""

    def __init__(self, rate: int, channels: int) -> None:
        self.matrices = state_space(rate)
        self.state = np.zeros((channels, 4))

    def run(self, samples: Floats) -> Doubles:
        """(channels, n) in, (channels, n) out."""
        direct, free, drive, step = self.matrices
        channels, count = samples.shape
        inputs = samples.astype(np.float64).reshape(-1, BLOCK)
        driven = product(inputs, drive).reshape(channels, -1, 4)
        states = np.concatenate([self.state[:, None], driven], axis=1)
        states = _carry(states, step)
        self.state = states[:, -1].copy()
        ringing = product(states[:, :-1].reshape(-1, 4), free)
        return (product(inputs, direct) + ringing).reshape(channels, count)


def _carry(states: Doubles, step: Doubles) -> Doubles:
    """s[k+1] = s[k] @ step + d[k+1] for all k, by doubling: log2(k) products instead of k."""
    reach = 1
    while reach < states.shape[1]:
        before = states[:, :-reach].reshape(-1, 4)
        states[:, reach:] += product(before, step).reshape(len(states), -1, 4)
        reach, step = reach * 2, step @ step
    return states
