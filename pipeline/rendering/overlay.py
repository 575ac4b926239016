"""Small pictures laid over every frame: premultiplied Y, U, V and what they leave of the picture below."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .warp import Frame

_W = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5], [0.5, -0.7152 / 1.5748, -0.0722 / 1.5748]]
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A rectangle at even `x`, `y`: what to add to each plane and what to keep of it (255 = all)."""

    x: int
    y: int
    add: tuple[np.ndarray, np.ndarray, np.ndarray]
    keep: tuple[np.ndarray, np.ndarray]


def make(rgba: np.ndarray, x: int, y: int) -> Overlay:
    """From straight-alpha RGBA pixels (h, w, 4) with even sides; `x` and `y` must be even."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    rgb = rgba[..., :3].astype(np.float32) / 255 * alpha
    yuv = cv2.transform(rgb, _W.astype(np.float32))
    luma = 219 * yuv[..., 0] + 16 * alpha[..., 0]
    chroma = 224 * yuv[..., 1:] + 128 * alpha
    small, share = _sited(chroma), _sited(alpha)
    add = (_bytes(luma), _bytes(small[..., 0]), _bytes(small[..., 1]))
    return Overlay(x, y, add, (_bytes(255 * (1 - alpha[..., 0])), _bytes(255 * (1 - share))))


def blend(frame: Frame, overlay: Overlay) -> None:
    """Lay it over the frame, in place."""
    for plane, add, keep, half in zip(
        frame.planes, overlay.add, (overlay.keep[0], overlay.keep[1], overlay.keep[1]), (1, 2, 2), strict=True
    ):
        x, y = overlay.x // half, overlay.y // half
        below = plane[y : y + add.shape[0], x : x + add.shape[1]]
        cv2.multiply(below, keep, below, 1 / 255)
        cv2.add(below, add, below)


def _sited(full: np.ndarray) -> np.ndarray:
    """To half size with samples on the even columns (left siting): 1-2-1 across, mean of two down."""
    across = cv2.filter2D(full, -1, np.array([[0.25, 0.5, 0.25]], np.float32), borderType=cv2.BORDER_REPLICATE)
    across = across.reshape(full.shape[0], full.shape[1], -1)[:, ::2]
    down = (across[::2] + across[1::2]) / 2
    return down if full.ndim == 3 and full.shape[2] > 1 else down[..., 0]


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))
