"""Small pictures laid over every frame: premultiplied Y, U, V and what they leave of the picture below."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .planes import BT709_LIMITED
from .warp import Frame

_SITING = np.array([[1, 2, 1], [1, 2, 1]], np.float32) / 8


@dataclass(frozen=True, slots=True)
class Overlay:
    """A rectangle at even `x`, `y`: what to add to each plane and what to keep of it (255 = all)."""

    x: int
    y: int
    add: tuple[np.ndarray, np.ndarray, np.ndarray]
    keep: tuple[np.ndarray, np.ndarray]


def make(rgba: np.ndarray, x: int, y: int) -> Overlay:
    """From straight-alpha RGBA pixels (h, w, 4) with even sides; `x` and `y` must be even."""
    alpha = cv2.extractChannel(rgba, 3)
    luma, u, v = cv2.split(cv2.transform(cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB), BT709_LIMITED))
    add = (cv2.multiply(luma, alpha, scale=1 / 255), _sited(u, alpha), _sited(v, alpha))
    return Overlay(x, y, add, (cv2.bitwise_not(alpha), cv2.bitwise_not(_sited(np.full_like(alpha, 255), alpha))))


def blend(frame: Frame, overlay: Overlay) -> None:
    """Lay it over the frame, in place."""
    for plane, add, keep, half in zip(
        frame.planes, overlay.add, (overlay.keep[0], overlay.keep[1], overlay.keep[1]), (1, 2, 2), strict=True
    ):
        x, y = overlay.x // half, overlay.y // half
        below = plane[y : y + add.shape[0], x : x + add.shape[1]]
        cv2.multiply(below, keep, below, 1 / 255)
        cv2.add(below, add, below)


def _sited(full: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """`full` x alpha to half size, samples on the even columns (left siting): 1-2-1 across, mean of two down."""
    product = cv2.multiply(full, alpha, scale=1.0, dtype=cv2.CV_16U)
    small = cv2.filter2D(product, -1, _SITING, anchor=(1, 0), borderType=cv2.BORDER_REPLICATE)[::2, ::2]
    return cv2.convertScaleAbs(np.ascontiguousarray(small), alpha=1 / 255)
