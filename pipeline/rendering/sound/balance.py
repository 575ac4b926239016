"""Voices of one loudness: each scene's is brought near to the middle one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..parts import RATE
from .loudness import CELLS_A_SECOND, SILENT, gated, tenths
from .placement import Placement
from .types import Floats

MOST = 6.0  # dB that a voice is moved at most
CELL = RATE // CELLS_A_SECOND


def balanced(placements: Sequence[Placement], energy: Floats) -> list[float]:
    """A gain (amplitude) for each placement, from the voice track's energy a cell."""
    starts = [placement.start_sample // CELL for placement in placements]
    ends = [min([start for start in starts if start > own] or [len(energy)]) for own in starts]
    loud = [gated(tenths(energy[start:end])) for start, end in zip(starts, ends, strict=True)]
    heard = [value for value in loud if value > SILENT]
    if not heard:
        return [1.0] * len(placements)
    middle = median(heard)
    moves = [max(-MOST, min(MOST, middle - value)) if value > SILENT else 0.0 for value in loud]
    return [10 ** (move / 20) for move in moves]
