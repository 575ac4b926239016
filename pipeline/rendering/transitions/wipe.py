"""A soft edge passes over the picture in reading direction and leaves the new one behind."""

from __future__ import annotations

import numpy as np

from ..warp import Frame

SOFT = 0.12  # width of the edge in shares of the frame


def mix(old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None:
    for a, b, target in zip(old.planes, new.planes, out.planes, strict=True):
        share = _columns(a.shape[1], k, rtl)
        target[:] = np.rint(a * (1 - share) + b * share)


def _columns(width: int, k: float, rtl: bool) -> np.ndarray:
    """For every column, how much of the new picture is seen."""
    at = (np.arange(width, dtype=np.float32) + 0.5) / width
    if rtl:
        at = at[::-1]
    edge = k * (1 + SOFT)
    x = np.clip((edge - at) / SOFT, 0, 1)
    return x * x * (3 - 2 * x)
