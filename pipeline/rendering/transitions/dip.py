"""The old picture sinks into dark ink, the new one rises out of it."""

from __future__ import annotations

import cv2

from ..warp import Frame

INK = (31.0, 127.0, 129.0)  # #15120f in BT.709


def mix(old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None:
    shown, share = (old, 1 - 2 * k) if k < 0.5 else (new, 2 * k - 1)
    for source, target, ink in zip(shown.planes, out.planes, INK, strict=True):
        cv2.convertScaleAbs(source, dst=target, alpha=share, beta=ink * (1 - share))
