"""A hand on the fader: loud and soft passages come near to one loudness, so that ducked music stays where it is put."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...parts import RATE
from ..loudness import SILENT, Meter
from ..types import Floats

TARGET = -24.0  # LUFS
PART = 0.8  # of the way to it
MOST = 12.0  # dB


def ridden(blocks: Iterator[Floats]) -> Iterator[Floats]:
    """The same blocks, each led in a straight line from the gain at its beginning to that at its end."""
    before: float | None = None
    held: Floats | None = None
    own = 0.0
    for block in blocks:
        gain = _asked(block, own)
        if held is not None:
            yield _led(held, own if before is None else (before + own) / 2, (own + gain) / 2)
            before = own
        held, own = block, gain
    if held is not None:
        yield _led(held, own if before is None else (before + own) / 2, own)


def _asked(block: Floats, before: float) -> float:
    """The gain (dB) that a block asks for; a silent one keeps the gain before it."""
    meter = Meter(RATE, peaks=False)
    meter.feed(block)
    loud = meter.cells().lufs()
    return float(np.clip(PART * (TARGET - loud), -MOST, MOST)) if loud > SILENT else before


def _led(block: Floats, start: float, end: float) -> Floats:
    way = np.linspace(start, end, block.shape[1])
    return (block * 10 ** (way / 20)).astype(np.float32)
