"""The new picture pushes the old one out, like a page moved aside, in reading direction."""

from __future__ import annotations

import numpy as np

from ..warp import Frame


def mix(old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None:
    eased = k * k * (3 - 2 * k)
    half = round(out.u.shape[1] * eased)  # whole chroma pixels, so that colour stays on its line
    for a, b, target, shift in zip(old.planes, new.planes, out.planes, (2 * half, half, half), strict=True):
        _push(a, b, target, min(shift, target.shape[1]), rtl)


def _push(a: np.ndarray, b: np.ndarray, target: np.ndarray, shift: int, rtl: bool) -> None:
    width = target.shape[1]
    if rtl:
        target[:, shift:], target[:, :shift] = a[:, : width - shift], b[:, width - shift :]
    else:
        target[:, : width - shift], target[:, width - shift :] = a[:, shift:], b[:, :shift]
