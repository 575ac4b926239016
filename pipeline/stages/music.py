"""The music bed a film asks for: its mood, its length; none when no instrument is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.conf import settings

from pipeline.providers.local.host import folders
from pipeline.rendering.sidefiles.credits import Credit
from pipeline.rendering.sound.music import LICENCE, Music, MusicMissing, installed
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


def facts(ctx: Context, timeline: Timeline) -> list[str]:
    """What of the music the film's recipe depends on."""
    asked = bed(ctx, timeline)
    return [asked.recipe] if asked else []


def bed(ctx: Context, timeline: Timeline) -> Music | None:
    """The music for mix(); None when none is wanted or no instruments are installed."""
    felt = mood(ctx, timeline)
    models = folders.model_cache()
    if not felt or not _playable(models):
        return None
    return Music(felt, timeline.frames, models, Path(settings.WORK_ROOT) / "music")


def _playable(models: Path) -> bool:
    try:
        installed(models)
    except MusicMissing:
        return False
    return True


def credits(music: Music | None) -> list[Credit]:
    if music is None:
        return []
    return [Credit("music", "LitinkAI", "composed by rule, played by MuseScore_General_Lite", LICENCE)]
