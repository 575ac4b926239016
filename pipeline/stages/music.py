"""The music bed a film asks for: its mood, its length; none when no instrument is there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.rendering.sidefiles.credits import Credit
from pipeline.rendering.timeline import Timeline
from pipeline.stages.base import Context

MOODS = {  # of scenes -> of music
    "calm": "calm", "joy": "joyful", "fear": "tense", "anger": "tense", "sadness": "sad", "wonder": "wonder",
}  # fmt: skip


def mood(ctx: Context, timeline: Timeline) -> str:
    """What was asked for; "auto" is what most scenes feel like."""
    if ctx.options.music != "auto":
        return ctx.options.music
    felt = Counter(MOODS.get(p.part.mood, "calm") for p in timeline.scenes)
    return felt.most_common(1)[0][0] if felt else "calm"


def facts(ctx: Context, timeline: Timeline) -> list[Any]:
    """What of the music the film's recipe depends on."""
    bed_ = bed(ctx, timeline)
    return [bed_.recipe] if bed_ else []


def bed(ctx: Context, timeline: Timeline) -> Any:
    """The bed for mix(), or None."""
    return None


def credits(bed_: Any) -> list[Credit]:
    return []
