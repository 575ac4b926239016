"""What the sound is made of, and what may go wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int, int], None]  # units done, units to do
Stopping = Callable[[], bool]


class SoundFault(Exception):
    """A voice or music file is missing or can't be decoded. `scene` is its number, 0 when it belongs to none."""

    def __init__(self, message: str, scene: int = 0) -> None:
        super().__init__(message)
        self.scene = scene


class SoundStopped(Exception):
    """`stopping` said so while the sound was being made; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A voice file (any rate, mono or stereo) and the sample at 48 kHz where its first sample is heard."""

    path: Path
    start_sample: int
    scene: int = 0  # named when the file is bad


def check(stopping: Stopping | None) -> None:
    """Raise SoundStopped when asked to stop."""
    if stopping is not None and stopping():
        raise SoundStopped("stopped while mixing")
