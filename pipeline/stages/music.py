"""The music bed a film asks for: composed here, or by the model that the maker chose; none when nobody can play."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as _

from pipeline.providers.base import MusicRequest
from pipeline.providers.local.host import folders
from pipeline.rendering.parts import FPS
from pipeline.rendering.sidefiles.credits import Credit
from pipeline.rendering.sound.music import LICENCE, Music, MusicMissing, Recording, installed
from pipeline.rendering.timeline import Timeline
from pipeline.stages import heard
from pipeline.stages.base import Context, digest_of
from pipeline.stages.files import local_path
from projects.models import Asset

MOODS = {  # of scenes -> of music
    "calm": "calm", "joy": "joyful", "fear": "tense", "anger": "tense", "sadness": "sad", "wonder": "wonder",
}  # fmt: skip
RULE = 1  # raise when the same film would ask for other music
STEP, MOST = 30, 180  # seconds: what is asked for is a whole number of steps; a longer film hears it again
TONES = {
    "calm": "Calm, warm and unhurried music in a major key",
    "wonder": "Music full of wonder, airy and softly shimmering",
    "adventure": "Adventurous music that moves forward, brave but not loud",
    "sad": "Quiet, wistful music in a minor key",
    "tense": "Tense, dark music with a slow pulse, restrained",
    "joyful": "Light, playful and joyful music",
}
PLAYERS = {  # as the pictures are made
    "ink": "piano, harp and a small string section",
    "paper": "pizzicato strings, clarinet and music box",
    "shadow": "low strings, bass clarinet and soft bells",
}


def mood(ctx: Context, timeline: Timeline) -> str:
    """What was asked for; "auto" is what most scenes feel like."""
    if ctx.options.music != "auto":
        return ctx.options.music
    felt = Counter(MOODS.get(p.part.mood, "calm") for p in timeline.scenes)
    return felt.most_common(1)[0][0] if felt else "calm"


def facts(ctx: Context, timeline: Timeline) -> list[str]:
    """What of the music the film's recipe depends on."""
    felt = mood(ctx, timeline)
    if felt and heard.model(ctx, "music"):
        return [_recipe(ctx, _wish(ctx, felt, timeline))]
    return made(_composed(felt, timeline))


def made(bed: Music | Recording | None) -> list[str]:
    """What the sound depends on, as it was made in the end."""
    return [bed.recipe] if bed else []


def bed(ctx: Context, timeline: Timeline) -> Music | Recording | None:
    """The music for mix(); None when none is wanted or no instruments are installed. Later while a vendor composes."""
    felt = mood(ctx, timeline)
    if felt and heard.model(ctx, "music"):
        wish = _wish(ctx, felt, timeline)
        asset = heard.by_vendor(ctx, "music", _recipe(ctx, wish), wish, "music")
        if asset is not None:
            return _recorded(ctx, asset, timeline)
        ctx.note("fallback", capability="music", why=_("no music model could do it"))
    return _composed(felt, timeline)


def _wish(ctx: Context, felt: str, timeline: Timeline) -> MusicRequest:
    """Mood and style in words of ours: nothing of the book, nobody's name."""
    players = PLAYERS.get(ctx.options.style, PLAYERS["ink"])
    words = (
        f"{TONES[felt]}, played by {players}. Background music of a picture-book film, under a narrator's voice: even "
        "in loudness, no sudden changes, no solo that draws attention, fit to be repeated. Instrumental, no voices."
    )
    return MusicRequest(words, seconds(timeline.frames / FPS))


def seconds(film: float) -> float:
    """What is asked of a model for a film of so many seconds."""
    return float(min(MOST, max(1, math.ceil(film / STEP)) * STEP))


def _recipe(ctx: Context, wish: MusicRequest) -> str:
    return digest_of({"music": RULE, "model": ctx.model("music"), "prompt": wish.prompt, "seconds": wish.seconds})


def _recorded(ctx: Context, asset: Asset, timeline: Timeline) -> Recording:
    ctx.facts["music"] = asset
    licence = asset.origin.get("licence", "")
    return Recording(local_path(asset), asset.sha256, timeline.frames, _folder(), licence)


def _composed(felt: str, timeline: Timeline) -> Music | None:
    models = folders.model_cache()
    if not felt or not _playable(models):
        return None
    return Music(felt, timeline.frames, models, _folder())


def _folder() -> Path:
    return Path(settings.WORK_ROOT) / "music"


def _playable(models: Path) -> bool:
    try:
        installed(models)
    except MusicMissing:
        return False
    return True


def credits(ctx: Context, music: Music | Recording | None) -> list[Credit]:
    if isinstance(music, Recording):
        return [credit("music", ctx.facts["music"])]
    if music is None:
        return []
    return [Credit("music", "LitinkAI", "composed by rule, played by MuseScore_General_Lite", LICENCE)]


def credit(kind: str, asset: Asset, note: str = "") -> Credit:
    """Who made a recording; this machine's own are made by rule."""
    told: dict[str, Any] = {name: asset.origin.get(name, "") for name in ("model", "licence")}
    maker = asset.origin.get("provider", "")
    return Credit(kind, maker, **told, asset=asset.sha256, made_by_ai=maker != "local", note=note)
