"""Cuts the silence around speech and moves the word times along, so that they stay exact."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

QUIET = 0.004  # of full scale: below it nothing is heard
LEAD, TAIL, FADE = 0.03, 0.06, 0.005  # seconds kept before and after the speech; of the ramps at both ends


def trim(
    audio: NDArray[np.float32], words: Sequence[tuple[int, int]], rate: int
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """The audio from just before its first sound to just after its last, ramped at both ends; times in samples of it."""
    loud = np.flatnonzero(np.abs(audio) > QUIET)
    if not len(loud):
        return audio, list(words)
    first = max(0, int(loud[0]) - round(LEAD * rate))
    last = min(len(audio), int(loud[-1]) + 1 + round(TAIL * rate))
    kept = audio[first:last].copy()
    ramp = np.linspace(0, 1, min(round(FADE * rate), len(kept) // 2), dtype=np.float32)
    kept[: len(ramp)] *= ramp
    kept[len(kept) - len(ramp) :] *= ramp[::-1]
    inside = [(min(max(0, start - first), len(kept)), min(max(0, end - first), len(kept))) for start, end in words]
    return kept, inside
