"""What a lip-sync model is handed: a scene as one small film and its voice, both of just the scene's length."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from pathlib import Path

import ffmpeg
import numpy as np

from .clips import length, normalised
from .parts import FPS, SAMPLES_PER_FRAME, frame_size
from .plan import BORDER, LEAD, scene_frames
from .runner import to_file

SHARP = "720p"
LARGEST = 4_500_000  # bytes of the film: vendors take 5 MB


def frames_of(samples: int, transition: str) -> tuple[int, int]:
    """(frames, frames before the voice) of a scene with `samples` of voice, with what its transitions show of it."""
    overlap = BORDER // 2 if transition != "cut" else 0
    return scene_frames(samples) + 2 * overlap, overlap + LEAD // SAMPLES_PER_FRAME


def film(
    seen: Path, seen_hash: str, frames: int, aspect: str, folder: Path, *,
    still: bool, stopping: Callable[[], bool] | None = None,
) -> bytes:  # fmt: skip
    """MP4 bytes of exactly `frames` frames, of a clip or of a still."""
    size = frame_size(aspect, SHARP)
    clip = seen if still else normalised(seen, seen_hash, frames, size, folder, stopping=stopping)
    out = folder / "silent.mp4"
    to_file(command(clip, frames, size, still=still), out, seconds=frames / FPS, stopping=stopping)
    return out.read_bytes()


def command(clip: Path, frames: int, size: tuple[int, int], *, still: bool) -> list[str]:
    """ffmpeg's arguments, without program and output name."""
    source = ffmpeg.input(str(clip), **({"loop": 1, "framerate": FPS} if still else {}))
    video = (
        source.video.filter("scale", *size, force_original_aspect_ratio="increase", flags="lanczos")
        .filter("crop", *size)
        .filter("setsar", 1)
        .filter("format", "yuv420p")
    )
    rate = int(LARGEST * 8 * FPS / frames * 0.9)
    limits = {"crf": 23, "maxrate": rate, "bufsize": rate, "preset": "veryfast", "frames:v": frames, "threads": 1}
    made = ffmpeg.output(video, "OUT", vcodec="libx264", movflags="+faststart", **limits)
    arguments = made.compile()[1:]
    return arguments[: arguments.index("OUT")]


def voice(wav: Path, frames: int, before: int) -> bytes:
    """The voice as WAV with silence round it, as long as `frames`."""
    with wave.open(str(wav)) as sound:
        shape, rate = sound.getparams(), sound.getframerate()
        said = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    whole = np.zeros(round(frames / FPS * rate), np.int16)
    start = round(before / FPS * rate)
    said = said[: len(whole) - start]
    whole[start : start + len(said)] = said
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams(shape)
        made.writeframes(whole.tobytes())
    return out.getvalue()


def fits(clip: Path, frames: int) -> bool:
    """Whether lips would move with the voice: the clip is as long as what was handed in, to a tenth of a second."""
    return abs(float(length(clip)) - frames / FPS) <= 0.1 + 1 / FPS
