"""The outline of a voice, as bars of a small picture."""

from __future__ import annotations

import wave
from functools import lru_cache

import numpy
from django.core.files.storage import default_storage

from projects.models import Asset

BARS = 24
HEIGHT = 16  # of the picture; a silent bar is 2


def bars(voice: Asset) -> tuple[tuple[int, int], ...]:
    """(y, height) of each of BARS bars in a box HEIGHT high; none when the sound can't be read."""
    return _outline(voice.sha256, voice.file.name) if voice.file else ()


@lru_cache(maxsize=8192)
def _outline(sha256: str, name: str) -> tuple[tuple[int, int], ...]:
    try:
        with default_storage.open(name) as stream, wave.open(stream) as sound:
            samples = numpy.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
    except (OSError, EOFError, wave.Error, ValueError):
        return ()
    if samples.size < BARS:
        return ()
    loud = numpy.sqrt([float(numpy.mean(part.astype("f4") ** 2)) for part in numpy.array_split(samples, BARS)])
    scaled = loud / (loud.max() or 1)
    heights = [max(2, round(HEIGHT * float(level))) for level in scaled]
    return tuple(((HEIGHT - height) // 2, height) for height in heights)
