"""The old picture melts into the new."""

from __future__ import annotations

import cv2

from ..warp import Frame


def mix(old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None:
    for a, b, target in zip(old.planes, new.planes, out.planes, strict=True):
        cv2.addWeighted(a, 1 - k, b, k, 0, dst=target)
