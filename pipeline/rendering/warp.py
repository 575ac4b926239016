"""One frame of a moving still: its working planes warped, at sub-pixel positions, into the encoder's own planes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .moves import View
from .planes import Planes

cv2.setNumThreads(1)  # parallelism is one piece a core
_FLAGS = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True, slots=True)
class Frame:
    """A 4:2:0 picture as three writable uint8 arrays (rows may be padded in memory)."""

    y: np.ndarray
    u: np.ndarray
    v: np.ndarray

    @property
    def size(self) -> tuple[int, int]:
        return self.y.shape[1], self.y.shape[0]

    @property
    def planes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.y, self.u, self.v


def blank(width: int, height: int) -> Frame:
    """A frame of its own memory, for what is mixed before it is encoded."""
    half = (height // 2, width // 2)
    return Frame(np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))


def warp(planes: Planes, view: View, out: Frame) -> None:
    """Draw what `view` sees into `out`. Output chroma is sited left (MPEG-2), the working chroma in the middle."""
    width, height = out.size
    ax, tx = _axis(view.x, view.w, width, planes.region.x, planes.y.shape[1] / planes.region.w)
    ay, ty = _axis(view.y, view.h, height, planes.region.y, planes.y.shape[0] / planes.region.h)
    luma = np.array([[ax, 0, tx], [0, ay, ty]])
    chroma = np.array([[ax, 0, (tx - 0.5) / 2], [0, ay, (0.5 * ay + ty - 0.5) / 2]])
    for source, target, matrix in zip((planes.y, planes.u, planes.v), out.planes, (luma, chroma, chroma), strict=True):
        size = (target.shape[1], target.shape[0])
        cv2.warpAffine(source, matrix, size, dst=target, flags=_FLAGS, borderMode=cv2.BORDER_REPLICATE)


def _axis(start: float, length: float, pixels: int, origin: float, scale: float) -> tuple[float, float]:
    """Slope and offset from an output pixel's index to a plane's index, centres at half pixels."""
    slope = length / pixels * scale
    return slope, (start - origin) * scale + 0.5 * slope - 0.5
