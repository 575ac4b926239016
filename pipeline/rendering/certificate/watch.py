"""One look and one listen: the whole film decoded once, handed out small to everybody who measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import av
import cv2
import numpy as np

from ..failures import Stopped
from ..parts import FPS, RATE
from ..sound.types import Floats

Progress = Callable[[int, int], None]
STEP = 5  # every fifth frame is looked at: six a second
ACROSS = 160  # longest side of what is handed out, in pixels


class Viewer(Protocol):
    """`see` gets every STEP-th frame's brightness (uint8, at most ACROSS wide); `hear` every sample, in order."""

    def see(self, frame: int, picture: np.ndarray) -> None: ...
    def hear(self, start: int, block: Floats) -> None: ...


class Silent:
    """For viewers that only listen or only look."""

    def see(self, frame: int, picture: np.ndarray) -> None:
        """Nothing to look at."""

    def hear(self, start: int, block: Floats) -> None:
        """Nothing to listen to."""


def watch(
    film: Path,
    viewers: Sequence[Viewer],
    *,
    frames: int,
    progress: Progress | None = None,
    stopping: Callable[[], bool] | None = None,
) -> None:
    """Decode the film once. Blocks of sound have shape (2, n) at 48 kHz and begin where the file says."""
    with av.open(str(film)) as source:
        video, audio = source.streams.video[0], source.streams.audio[0]
        video.thread_type = "AUTO"
        ear = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        for packet in source.demux(video, audio):
            if stopping is not None and stopping():
                raise Stopped("the measuring was stopped")
            for frame in packet.decode():
                if isinstance(frame, av.VideoFrame):
                    _show(frame, viewers, frames, progress)
                elif isinstance(frame, av.AudioFrame):
                    _play(frame, ear, viewers)


def _show(frame: av.VideoFrame, viewers: Sequence[Viewer], frames: int, progress: Progress | None) -> None:
    if frame.pts is None or frame.time_base is None:
        return
    number = round(frame.pts * frame.time_base * FPS)
    if number % STEP:
        return
    small = shrink(frame)
    for viewer in viewers:
        viewer.see(number, small)
    if progress:
        progress(min(number + STEP, frames), frames)


def shrink(frame: av.VideoFrame) -> np.ndarray:
    """Brightness of a planar YUV frame, averaged down to ACROSS pixels at most on its longer side."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
    scale = min(1.0, ACROSS / max(plane.width, plane.height))
    size = (max(1, round(plane.width * scale)), max(1, round(plane.height * scale)))
    return cv2.resize(rows, size, interpolation=cv2.INTER_AREA)


def _play(frame: av.AudioFrame, ear: av.AudioResampler, viewers: Sequence[Viewer]) -> None:
    for part in ear.resample(frame):
        if part.pts is None or part.time_base is None:
            continue
        start, block = round(part.pts * part.time_base * RATE), np.asarray(part.to_ndarray(), np.float32)
        for viewer in viewers:
            viewer.hear(start, block)
