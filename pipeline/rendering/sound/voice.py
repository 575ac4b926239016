"""The voice track: every voice file at its sample, read as it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from ..failures import BadMaterial
from ..parts import RATE
from .fir import Resampler
from .placement import Placement
from .types import Floats

FADE = 240  # samples, 5 ms: a file that doesn't begin or end at zero must not click


def read(path: Path) -> Iterator[tuple[int, Floats]]:
    """(rate, float32 samples of shape (channels, n)) of a file's first sound stream, frame by frame."""
    with av.open(str(path)) as source:
        if not source.streams.audio:
            raise ValueError("it has no sound in it")
        stream = source.streams.audio[0]
        to_float = av.AudioResampler(format="fltp", layout=stream.layout.name, rate=stream.rate)
        for frame in source.decode(stream):
            for part in to_float.resample(frame):
                yield part.rate, np.asarray(part.to_ndarray(), np.float32)


def samples_of(placement: Placement) -> Iterator[Floats]:
    """One voice at 48 kHz, edges faded, in pieces of any length. Raises BadMaterial with the scene's number."""
    try:
        yield from _fade_edges(_at_rate(placement.path))
    except (av.FFmpegError, OSError, ValueError) as fault:
        raise BadMaterial(f"the voice can't be read ({placement.path.name}: {fault})", placement.scene) from fault


def _at_rate(path: Path) -> Iterator[Floats]:
    resampler = None
    for rate, samples in read(path):
        resampler = resampler or Resampler(rate, RATE)
        yield resampler.push(samples.mean(axis=0, dtype=np.float32))
    if resampler is None:
        raise ValueError("it is empty")
    if resampler.up != resampler.down:
        yield resampler.flush()


def _fade_edges(pieces: Iterator[Floats]) -> Iterator[Floats]:
    """Fades in the first and out the last 5 ms; holds that much back to know where the end is."""
    ramp = np.sin(np.linspace(0, np.pi / 2, FADE, dtype=np.float32)) ** 2
    held, faded_in = np.zeros(0, np.float32), False
    for piece in pieces:
        held = np.concatenate([held, piece])
        if len(held) < 2 * FADE:
            continue
        if not faded_in:
            held[:FADE] *= ramp
            faded_in = True
        yield held[:-FADE]
        held = held[-FADE:]
    edge = min(FADE, len(held))
    if edge:
        held[-edge:] *= ramp[::-1][-edge:]
        yield held


class VoiceTrack:
    """Mono 48 kHz, asked for block after block; silence where nobody speaks. Files are opened when their turn comes."""

    def __init__(self, placements: Sequence[Placement]) -> None:
        self.waiting = sorted(placements, key=lambda p: (p.start_sample, str(p.path)))
        self.open: list[_Reader] = []
        self.position = 0

    def take(self, count: int) -> Floats:
        """The next `count` samples."""
        out, end = np.zeros(count, np.float32), self.position + count
        while self.waiting and self.waiting[0].start_sample < end:
            self.open.append(_Reader(self.waiting.pop(0)))
        for reader in self.open:
            reader.add_to(out, self.position)
        self.open = [reader for reader in self.open if not reader.ended]
        self.position = end
        return out


class _Reader:
    """One open voice file: `position` is where its next sample belongs."""

    def __init__(self, placement: Placement) -> None:
        self.pieces = samples_of(placement)
        self.position, self.gain = placement.start_sample, np.float32(placement.gain)
        self.ready = np.zeros(0, np.float32)
        self.ended = False

    def add_to(self, out: Floats, start: int) -> None:
        """Add what belongs into out[0:], whose first sample is `start`."""
        need = start + len(out) - self.position
        parts, have = [self.ready], len(self.ready)
        while have < need and not self.ended:
            piece = next(self.pieces, None)
            if piece is None:
                self.ended = True
            else:
                parts.append(piece)
                have += len(piece)
        self.ready = np.concatenate(parts)
        now, self.ready = self.ready[:need], self.ready[need:]
        at = self.position - start
        out[at : at + len(now)] += now * self.gain
        self.position += len(now)
        self.ended = self.ended and not len(self.ready)


class Stream:
    """A stereo file at 48 kHz, asked for block after block; silence when it is over."""

    def __init__(self, path: Path) -> None:
        self.pieces = read(path)
        self.ready = np.zeros((2, 0), np.float32)

    def take(self, count: int) -> Floats:
        """The next `count` samples, shape (2, count)."""
        parts, have = [self.ready], self.ready.shape[1]
        while have < count:
            _, piece = next(self.pieces, (RATE, np.zeros((2, count - have), np.float32)))
            parts.append(piece)
            have += piece.shape[1]
        joined = np.concatenate(parts, axis=1)
        self.ready = joined[:, count:]
        return joined[:, :count]
