"""Vendors' sound made ours: any media file to 16 bit mono samples, and its length."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.base import ProviderFault

Samples = NDArray[np.int16]
LONGEST = 24 * 3600.0  # seconds; more is no length but a header nobody filled in
RATE = 24_000  # samples a second of spoken results


def decode(data: bytes, rate: int = RATE) -> Samples:
    """Mono samples at `rate`. A file that can't be decoded is the vendor's fault, and it was paid for."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            frames = [one for frame in container.decode(audio=0) for one in resampler.resample(frame)]
            frames += resampler.resample(None)
            promised = _promised(container)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise ProviderFault(
            f"the vendor's sound can't be decoded: {type(error).__name__}", safe=False, kind="garbage"
        ) from None
    if not frames:
        raise ProviderFault("the vendor's sound is empty", safe=False, kind="garbage")
    samples = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
    _check_whole(len(samples) / rate, promised)
    return samples


def from_pcm(data: bytes) -> Samples:
    """Raw little-endian samples of 16 bit; half a sample at the end is a cut answer."""
    if not data or len(data) % 2:
        raise ProviderFault("the vendor's sound is cut off", safe=False, kind="garbage")
    return np.frombuffer(data, "<i2").astype(np.int16)


def riff(samples: Samples, rate: int = RATE) -> bytes:
    """A WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


def seconds_of(data: bytes | Path) -> float:
    """How long the sound or video in a media file lasts, by decoding it: what its header says may be cut off."""
    try:
        with av.open(str(data) if isinstance(data, Path) else io.BytesIO(data), "r") as container:
            last = max((_end(frame) for frame in _frames(container)), default=0.0)
            promised = _promised(container)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise ProviderFault(
            f"the vendor's media can't be decoded: {type(error).__name__}", safe=False, kind="garbage"
        ) from None
    if not last:
        raise ProviderFault("the vendor's media is empty", safe=False, kind="garbage")
    _check_whole(last, promised)
    return round(last, 3)


def _frames(container: av.container.InputContainer) -> Iterator[av.VideoFrame | av.AudioFrame]:
    """Of the film when there is one, else of the sound."""
    if container.streams.video:
        yield from container.decode(video=0)
    else:
        yield from container.decode(audio=0)


def _end(frame: av.VideoFrame | av.AudioFrame) -> float:
    """Seconds from the start at which a frame is over."""
    if isinstance(frame, av.AudioFrame):
        return float(frame.time or 0.0) + frame.samples / frame.sample_rate
    return float(frame.time or 0.0) + float((frame.duration or 0) * (frame.time_base or 0))


def _promised(container: av.container.InputContainer) -> float:
    """Seconds that the file's own header says, 0 when it says nothing sensible."""
    seconds = (container.duration or 0) / 1_000_000
    return seconds if 0 < seconds < LONGEST else 0.0


def _check_whole(seconds: float, promised: float) -> None:
    """What ends well before its header says was cut off on the way."""
    if seconds < 0.9 * promised - 0.2:
        raise ProviderFault("the vendor's media is cut off", safe=False, kind="garbage")
