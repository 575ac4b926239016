"""What the file says of itself, without decoding: streams, tags, marks and the time of every packet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from ..parts import FPS


@dataclass(frozen=True, slots=True)
class Container:
    """Times are exact seconds; `uneven`: frames that don't come one frame's time after the last."""

    video: dict[str, Any]
    audio: dict[str, Any]
    frames: int
    uneven: int
    video_start: Fraction
    video_end: Fraction
    audio_start: Fraction
    audio_end: Fraction
    chapters: int
    tags: dict[str, str]


def look_into(film: Path) -> Container:
    """Read the headers and every packet's time. ValueError when picture or sound is missing."""
    with av.open(str(film)) as source:
        if not source.streams.video or not source.streams.audio:
            raise ValueError("the film lacks its picture or its sound")
        video, audio = source.streams.video[0], source.streams.audio[0]
        stamps = sorted(packet.pts for packet in source.demux(video) if packet.pts is not None)
        tick, beat = video.time_base or Fraction(1, FPS), audio.time_base or Fraction(1)
        uneven = sum((after - before) * tick != Fraction(1, FPS) for before, after in pairwise(stamps))
        start = max(audio.start_time or 0, 0)
        return Container(
            video=_video_facts(video),
            audio=_audio_facts(audio),
            frames=len(stamps),
            uneven=uneven,
            video_start=(stamps[0] if stamps else 0) * tick,
            video_end=(stamps[-1] * tick + Fraction(1, FPS)) if stamps else Fraction(0),
            audio_start=start * beat,
            audio_end=(start + (audio.duration or 0)) * beat,
            chapters=len(source.chapters()),
            tags=dict(source.metadata) | {"audio language": audio.metadata.get("language", "")},
        )


def _video_facts(video: av.VideoStream) -> dict[str, Any]:
    context = video.codec_context
    return {
        "codec": context.name, "profile": context.profile, "pixels": context.pix_fmt, "width": context.width,
        "height": context.height, "rate": str(video.average_rate), "primaries": int(context.color_primaries),
        "transfer": int(context.color_trc), "matrix": int(context.colorspace), "range": int(context.color_range),
        "aspect": str(video.sample_aspect_ratio or 1),
    }  # fmt: skip


def _audio_facts(audio: av.AudioStream) -> dict[str, Any]:
    context = audio.codec_context
    return {"codec": context.name, "rate": context.sample_rate, "channels": context.channels}


def film_hash(film: Path) -> str:
    """sha256 of the file."""
    with film.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
