"""From one clip to the next: one file a transition, one line to register it."""

from __future__ import annotations

from typing import Protocol

from ..warp import Frame
from . import cut, dip, dissolve, slide, wipe


class Mix(Protocol):
    """Draw share `k` (0 to 1, ends excluded) of the way from `old` to `new` into `out`; `rtl`: text runs leftwards."""

    def __call__(self, old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None: ...


TRANSITIONS: dict[str, Mix] = {
    "cut": cut.mix,
    "dissolve": dissolve.mix,
    "dip": dip.mix,
    "wipe": wipe.mix,
    "slide": slide.mix,
}


def smooth(k: float) -> float:
    """Ease in and out."""
    return k * k * (3 - 2 * k)
