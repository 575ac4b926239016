"""Music that somebody else made, as one film's bed: as long as the film, and as even in loudness as our own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...parts import RATE, SAMPLES_PER_FRAME
from ..looping import Ring, decoded
from ..types import Floats
from .bed import Bed, keep

VERSION = 1  # raise when the same recording would sound otherwise
BLOCK = 3 * RATE  # what the hand on the fader listens to at a time


@dataclass(frozen=True, slots=True)
class Recording:
    """A media file with the sha256 of its bytes, for `frames` of film; `folder` keeps the bed."""

    path: Path
    digest: str
    frames: int
    folder: Path
    licence: str = ""

    @property
    def recipe(self) -> str:
        """sha256 of everything that the bed depends on."""
        return hashlib.sha256(json.dumps(["recorded", VERSION, self.digest, self.frames]).encode()).hexdigest()


def bed_of(recording: Recording, stopping: Callable[[], bool] | None = None) -> Bed:
    """The bed, made now unless it is there. BadMaterial for a file that can't be read."""
    return keep(recording.folder, recording.recipe, lambda: _rounds(recording), recording.licence, stopping)


def _rounds(recording: Recording) -> Iterator[Floats]:
    """The recording again and again until the film ends."""
    ring, samples = Ring.of(decoded(recording.path)), recording.frames * SAMPLES_PER_FRAME
    for start in range(0, samples, BLOCK):
        yield ring.over(start, min(BLOCK, samples - start))
