"""Where captions stand in a scene: at the bottom, unless a face or the focus is there and the top is freer."""

from __future__ import annotations

from .moves import View, keys
from .shots import Shot

_BAND = 0.24  # share of the frame's height that captions may cover
_FOCUS = 0.05  # half the side of the box that stands for a focus point

Box = tuple[float, float, float, float]


def captions_on_top(shot: Shot, picture: tuple[int, int], size: tuple[int, int]) -> bool:
    """True when the lower band hides more of the faces and the focus than the upper one, over the whole move."""
    x, y = shot.focus
    boxes = (*shot.faces, (x - _FOCUS, y - _FOCUS, 2 * _FOCUS, 2 * _FOCUS))
    views = keys(shot.move, shot.frames, picture, size, shot.focus)
    low = sum(_covered(box, view, picture, 1 - _BAND, 1.0) for box in boxes for view in views)
    high = sum(_covered(box, view, picture, 0.0, _BAND) for box in boxes for view in views)
    return low > high + 1e-9


def _covered(box: Box, view: View, picture: tuple[int, int], top: float, end: float) -> float:
    """Area of a box, in shares of the frame, inside the band between `top` and `end` of the view."""
    x, y, w, h = box[0] * picture[0], box[1] * picture[1], box[2] * picture[0], box[3] * picture[1]
    across = min(x + w, view.x + view.w) - max(x, view.x)
    down = min(y + h, view.y + view.h * end) - max(y, view.y + view.h * top)
    return max(across, 0) * max(down, 0) / (view.w * view.h)
