"""Frames as the clocks of side files write them, by whole numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..parts import FPS


class Shown(Protocol):
    """A caption: `lines` in frames `start` up to, not with, `end`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def lines(self) -> Sequence[str]: ...


def stamp(frame: int, mark: str = ".") -> str:
    """00:01:02.033: a frame's time rounded to the nearest thousandth."""
    thousandths = (2 * frame * 1000 + FPS) // (2 * FPS)
    seconds, rest = divmod(thousandths, 1000)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{mark}{rest:03}"


def brief(frame: int) -> str:
    """1:02, or 1:01:02 from an hour on: whole seconds, rounded down."""
    minutes, second = divmod(frame // FPS, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}" if minutes >= 60 else f"{minutes}:{second:02}"
