"""One piece's encoder: libx264 in process, one thread, frames filled in place, headers equal from piece to piece."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import threading
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np

from .parts import FPS
from .warp import Frame

_RING = 3  # frames in flight: x264 copies what it is given
BT709 = 1
LIMITED = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What x264 is told; part of every recipe."""

    preset: str
    crf: float
    params: str
    gop: int = 120


# Pan and zoom over a still is the easiest motion there is: searching for it is wasted, and frames between two others are
# nearly free, so there are many of them at fixed places and nothing is left for a look-ahead to find out. Where two moving
# pictures mix, the look-ahead is worth its time (docs/rendering.md has the measurements).
_EASY = "subme=1:ref=1:me=dia:partitions=i8x8,i4x4:weightp=0:aq-strength=0.5"
MOVING = Settings("veryfast", 23.3, f"{_EASY}:bframes=5:b-adapt=0:mbtree=0:rc-lookahead=0")
MIXING = Settings("veryfast", 20, _EASY)
DRAFT = Settings("ultrafast", 23, "ref=1")


def settings_for(effort: str, kind: str) -> Settings:
    """The settings of a piece of that kind; all of one effort share their stream headers, so that pieces can be joined."""
    if effort == "draft":
        return DRAFT
    return MIXING if kind == "transition" else MOVING


_COMMON = "stitchable=1:open-gop=0:scenecut=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"


_M_MMAP_THRESHOLD, _M_PERTURB = -3, -6


def _mallopt(option: int, value: int) -> None:
    """Tell glibc's allocator; a no-op elsewhere."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(option, value)


_mallopt(_M_MMAP_THRESHOLD, 128 * 1024)  # big blocks go back to the system when they are freed


class _ZeroedMemory:
    """While any encoder lives, new memory is zeroed (glibc hands out ~M_PERTURB).

    x264's macroblock tree reads a little memory that it never wrote: without this the same frames come out as other
    bytes now and then.
    """

    def __init__(self) -> None:
        self.lock, self.users = threading.Lock(), 0

    def change(self, by: int) -> None:
        with self.lock:
            self.users += by
            _mallopt(_M_PERTURB, 0xFF if self.users else 0)


_ZEROED = _ZeroedMemory()


class Encoder:
    """Writes an .mp4 of one video stream. `next_frame` gives planes to fill, `push` encodes them."""

    def __init__(self, path: Path, size: tuple[int, int], settings: Settings) -> None:
        self.container = av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"})
        _ZEROED.change(+1)
        self.stream = self.container.add_stream("libx264", rate=FPS)
        self._configure(size, settings)
        self._frames = [av.VideoFrame(*size, "yuv420p") for _ in range(_RING)]
        self._views = [_planes(frame) for frame in self._frames]
        self.count = 0

    def _configure(self, size: tuple[int, int], settings: Settings) -> None:
        context = self.stream.codec_context
        context.width, context.height = size
        context.pix_fmt = "yuv420p"
        context.time_base = Fraction(1, FPS)
        context.gop_size = settings.gop
        context.thread_count = 1
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED
        params = f"{settings.params}:{_COMMON}"
        context.options = {"preset": settings.preset, "crf": str(settings.crf), "x264-params": params}

    def next_frame(self) -> Frame:
        """The planes that the next `push` will encode; they hold an older picture until overwritten."""
        return self._views[self.count % _RING]

    def push(self) -> None:
        frame = self._frames[self.count % _RING]
        frame.pts = self.count
        frame.time_base = Fraction(1, FPS)
        self.container.mux(self.stream.encode(frame))
        self.count += 1

    def finish(self) -> None:
        """Flush and close the file."""
        self.container.mux(self.stream.encode(None))
        self.container.close()

    def __enter__(self) -> Encoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, and break PyAV's cycles: each would hold an encoder."""
        try:
            if error is None:
                self.finish()
            else:
                self.container.close()
        finally:
            del self.container, self.stream, self._frames, self._views
            gc.collect()
            _ZEROED.change(-1)


def _planes(frame: av.VideoFrame) -> Frame:
    """The frame's own memory as arrays."""
    arrays = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
        arrays.append(rows[: plane.height, : plane.width])
    return Frame(*arrays)
