"""One AAC stream for the whole film: 48 kHz stereo in an .m4a, written beside its place and then moved there."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import av
import numpy as np

from ..parts import RATE
from .types import Floats

BITRATE = 192_000
FRAME = 1024


class M4a:
    """`with M4a(path) as out: out.write(block)`, blocks of shape (2, n) in -1..1. A failure leaves no file."""

    def __init__(self, path: Path, bitrate: int = BITRATE) -> None:
        self.path, self.part = path, path.with_name(path.name + ".part")
        path.parent.mkdir(parents=True, exist_ok=True)
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        self.container = av.open(str(self.part), "w", format="mp4", options=options)
        self.stream = self.container.add_stream("aac", rate=RATE, layout="stereo")
        self.stream.bit_rate = bitrate
        self.stream.codec_context.flags |= av.codec.context.Flags.bitexact
        self.rest = np.zeros((2, 0), np.float32)
        self.written = 0

    def __enter__(self) -> M4a:
        return self

    def write(self, block: Floats) -> None:
        joined = np.concatenate([self.rest, block], axis=1)
        whole = joined.shape[1] // FRAME * FRAME
        for start in range(0, whole, FRAME):
            self._encode(joined[:, start : start + FRAME])
        self.rest = joined[:, whole:]

    def _encode(self, samples: Floats) -> None:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = RATE, self.written
        self.written += samples.shape[1]
        self.container.mux(self.stream.encode(frame))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self.rest.shape[1]:
                    self._encode(self.rest)
                self.container.mux(self.stream.encode(None))
            self.container.close()
            if kind is None:
                os.replace(self.part, self.path)
        finally:
            self.part.unlink(missing_ok=True)
