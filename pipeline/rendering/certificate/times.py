"""Lengths of picture and sound, and one against the other, in exact seconds."""

from __future__ import annotations

from fractions import Fraction

from ..parts import FPS, RATE
from ..timeline import Timeline
from .container import Container
from .gate import Gate

AAC_FRAME = Fraction(1024, RATE)


def duration(seen: Container, timeline: Timeline) -> Gate:
    """Lengths come from the streams, not from the container."""
    pictures, sound = seen.video_end - seen.video_start, seen.audio_end - seen.audio_start
    planned = Fraction(timeline.frames, FPS)
    ok = pictures == planned and abs(sound - planned) <= AAC_FRAME
    facts = {"picture": float(pictures), "sound": float(sound), "planned": float(planned)}
    said = f"picture {float(pictures):.3f} s, sound {float(sound):.3f} s"
    said += "" if ok else f", planned {float(planned):.3f} s"
    return Gate("duration", f"{float(planned):.3f} s of each, sound ± one AAC frame", float(pictures), ok, said, facts)


def sync(seen: Container) -> Gate:
    """Sound against picture where both begin and where both end, in milliseconds (plus: sound later)."""
    start = seen.audio_start - seen.video_start
    end = seen.audio_end - seen.video_end
    worst = max(abs(start), abs(end))
    ok = abs(start) <= Fraction(1, FPS) / 2 and worst <= AAC_FRAME + Fraction(1, RATE)
    said = f"sound begins {float(start) * 1000:+.0f} ms and ends {float(end) * 1000:+.0f} ms against the picture"
    facts = {"start_ms": round(float(start) * 1000, 3), "end_ms": round(float(end) * 1000, 3)}
    return Gate("sync", "begins within half a frame, ends within one AAC frame", facts["end_ms"], ok, said, facts)
