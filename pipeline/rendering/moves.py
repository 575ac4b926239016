"""How the camera moves over a still: a named move, and where it looks at each frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """Zoom (1: the whole frame) and shift of the centre off the focus, at both ends; a shift of 1 is 8 % of a view."""

    start_zoom: float
    end_zoom: float
    start_shift: Point = (0.0, 0.0)
    end_shift: Point = (0.0, 0.0)


# Zooms are the widest that a move may reach; `keys` softens them for a short scene.
MOVES = {
    "push": Move(1.0, 1.16),
    "pull": Move(1.16, 1.0),
    "right": Move(1.14, 1.14, (-1.0, 0.0), (1.0, 0.0)),
    "left": Move(1.14, 1.14, (1.0, 0.0), (-1.0, 0.0)),
    "rise": Move(1.14, 1.14, (0.0, 1.0), (0.0, -1.0)),
    "sink": Move(1.14, 1.14, (0.0, -1.0), (0.0, 1.0)),
    "push_right": Move(1.04, 1.18, (-1.0, 0.3), (0.3, 0.0)),
    "push_left": Move(1.04, 1.18, (1.0, 0.3), (-0.3, 0.0)),
    "pull_up": Move(1.18, 1.04, (0.0, 0.4), (0.0, -1.0)),
}
CARD = Move(1.0, 1.03)
_NAMES = tuple(MOVES)


@dataclass(frozen=True, slots=True)
class View:
    """A window into the picture: left, top, width, height in the picture's own pixels (edges, not centres)."""

    x: float
    y: float
    w: float
    h: float


def choose(picture_hash: str, before: str, turn: int = 0) -> str:
    """The move of a picture, from its hash alone; stepped on by one when the picture before it asks for the
    same, and by `turn` when a member wants another."""
    mine = int(picture_hash[:8] or "0", 16) % len(_NAMES)
    if before and int(before[:8], 16) % len(_NAMES) == mine:
        mine += 1
    return _NAMES[(mine + turn) % len(_NAMES)]


def keys(name: str, frames: int, picture: tuple[int, int], frame: tuple[int, int], focus: Point) -> tuple[View, View]:
    """First and last view of a clip of `frames`: cropped to the frame's aspect around `focus`, inside the picture."""
    move = CARD if name == "card" else MOVES[name]
    strength = 1.0 if name == "card" else min(1.0, max(0.3, frames / 300))
    start = _view(_soft(move.start_zoom, strength), move.start_shift, picture, frame, focus)
    end = _view(_soft(move.end_zoom, strength), move.end_shift, picture, frame, focus)
    return start, end


def _soft(zoom: float, strength: float) -> float:
    return 1.0 + (zoom - 1.0) * strength


def _view(zoom: float, shift: Point, picture: tuple[int, int], frame: tuple[int, int], focus: Point) -> View:
    width = min(picture[0], picture[1] * frame[0] / frame[1]) / zoom
    height = width * frame[1] / frame[0]
    left = _place(picture[0], width, focus[0], shift[0])
    return View(left, _place(picture[1], height, focus[1], shift[1]), width, height)


def _place(whole: float, part: float, focus: float, shift: float) -> float:
    """Near edge of a window of `part` about the focus: a shift always has room to travel, the window stays inside."""
    reach = min(part * 0.08, (whole - part) / 2) * abs(shift)
    centre = min(max(focus * whole, part / 2 + reach), whole - part / 2 - reach)
    return min(max(centre + math.copysign(reach, shift) - part / 2, 0.0), whole - part)


def ease(u: float, ramp: float) -> float:
    """Share of the way at share `u` of the time: even speed in the middle, smooth starts and stops of `ramp` each."""
    u = min(max(u, 0.0), 1.0)
    if u > 0.5:
        return 1.0 - ease(1.0 - u, ramp)
    x = min(u / ramp, 1.0)
    rising = ramp * (x**3 - x**4 / 2)
    return (rising + max(u - ramp, 0.0)) / (1.0 - ramp)


def view_at(start: View, end: View, share: float) -> View:
    """The window at `share` of the way: width exponential, so that a zoom looks even; centre bound to the width."""
    width = math.exp(math.log(start.w) * (1 - share) + math.log(end.w) * share)
    along = share if abs(end.w - start.w) < 1e-9 else (width - start.w) / (end.w - start.w)
    height = start.h + (end.h - start.h) * along
    return View(start.x + (end.x - start.x) * along, start.y + (end.y - start.y) * along, width, height)


def path(start: View, end: View, frame: int, frames: int, overlap: int) -> View:
    """The window at local `frame` of a clip of `frames` that is also seen `overlap` frames before and after."""
    length = frames + 2 * overlap - 1
    ramp = min(0.3, 30 / max(length, 1))
    return view_at(start, end, ease((frame + overlap) / length, ramp))
