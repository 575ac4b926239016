"""What the sound is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..failures import Stopped

Progress = Callable[[int, int], None]  # units done, units to do
Stopping = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Placement:
    """A voice file (any rate, mono or stereo) and the sample at 48 kHz where its first sample is heard."""

    path: Path
    start_sample: int
    scene: int | None = None  # named when the file is bad
    gain: float = 1.0


def check(stopping: Stopping | None) -> None:
    """Raise Stopped when asked to stop."""
    if stopping is not None and stopping():
        raise Stopped("the sound was stopped")
