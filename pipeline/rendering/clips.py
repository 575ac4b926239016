"""Moving clips from elsewhere (uploaded, generated): normalised once to the film's frames, then treated like stills."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import ffmpeg

from .failures import BadMaterial
from .parts import FPS
from .recipes import recipe
from .runner import FfmpegFailed, to_file

SLOWEST = Fraction(3, 2)  # a clip shorter than its voice is slowed down to this, then its last frame is held


def normalised(
    clip: Path, clip_hash: str, frames: int, size: tuple[int, int], folder: Path,
    *, stopping: Callable[[], bool] | None = None,
) -> Path:  # fmt: skip
    """The clip as exactly `frames` frames of `size`, silent, 30 fps, SAR 1, yuv420p BT.709; made once, then found.
    Raises BadMaterial when it can't be decoded."""
    out = folder / f"{recipe({'clip': clip_hash, 'frames': frames, 'size': size})[:32]}.mp4"
    if out.exists():
        return out
    folder.mkdir(parents=True, exist_ok=True)
    try:
        arguments = command(clip, frames, size, length(clip))
        to_file(arguments, out, seconds=frames / FPS, stopping=stopping)
    except FfmpegFailed as error:
        raise BadMaterial(f"{clip.name} can't be used as a clip: {error}") from error
    return out


def length(clip: Path) -> Fraction:
    """Seconds of the clip's video stream, exactly. BadMaterial when it has none."""
    try:
        with av.open(str(clip)) as container:
            stream = container.streams.video[0]
            if stream.duration and stream.time_base:
                return stream.duration * stream.time_base
            if container.duration:
                return Fraction(container.duration, av.time_base)
    except (av.error.FFmpegError, IndexError, OSError) as error:
        raise BadMaterial(f"{clip.name} can't be read as a clip: {error}") from error
    raise BadMaterial(f"{clip.name} doesn't say how long it is")


def command(clip: Path, frames: int, size: tuple[int, int], seconds: Fraction) -> list[str]:
    """ffmpeg's arguments, without program and output name: cover the frame, slow or hold to the length."""
    slow = min(max(Fraction(frames, FPS) / seconds, Fraction(1)), SLOWEST)
    video = (
        ffmpeg.input(str(clip), an=None, sn=None, dn=None)
        .video.filter("setpts", f"(PTS-STARTPTS)*{slow.numerator}/{slow.denominator}")
        .filter("fps", FPS)
        .filter(
            "scale",
            *size,
            force_original_aspect_ratio="increase",
            flags="lanczos",
            out_color_matrix="bt709",
            out_range="tv",
        )
        .filter("crop", *size)
        .filter("setsar", 1)
        .filter("tpad", stop=-1, stop_mode="clone")
        .filter("trim", end_frame=frames)
        .filter("format", "yuv420p")
    )
    tags = dict.fromkeys(("colorspace", "color_primaries", "color_trc"), "bt709")
    coded = {
        "vcodec": "libx264",
        "preset": "veryfast",
        "crf": 12,
        "x264-params": "mbtree=0",
        "threads": 1,
        "color_range": "tv",
        **tags,
    }
    made = ffmpeg.output(video, "OUT", **coded, fflags="+bitexact", map_metadata=-1)
    arguments = made.compile()[1:]
    return arguments[: arguments.index("OUT")]
