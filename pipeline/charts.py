"""The certificate's figures over time, as shapes in a box WIDE by HIGH: plain numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 300, 48
LOUD = (-40.0, -5.0)  # LUFS at the bottom and at the top
LATE = 500  # milliseconds at the edges; zero in the middle


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    off: bool


def curve(levels: Sequence[float]) -> str:
    """LUFS over the film as points of a line."""
    if len(levels) < 2:
        return ""
    low, high = LOUD
    step = WIDE / (len(levels) - 1)
    return " ".join(f"{i * step:.1f},{HIGH * (1 - _clamp((v - low) / (high - low))):.1f}" for i, v in enumerate(levels))


def level(lufs: float) -> float:
    """Where a loudness lies in the box."""
    return round(HIGH * (1 - (lufs - LOUD[0]) / (LOUD[1] - LOUD[0])), 1)


def offsets(each: Sequence[Sequence[float]], seconds: float, most: float = LATE) -> list[Dot]:
    """A dot a caption: its second of the film across, its milliseconds (plus: voice later than caption) upwards."""
    if not each or seconds <= 0:
        return []
    return [
        Dot(
            round(WIDE * _clamp(at / seconds), 1),
            round(HIGH * (1 - _clamp((late / LATE + 1) / 2)), 1),
            abs(late) > most,
        )
        for at, late in each
    ]


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
