"""Scenes set in motion by a video model: which are, and what is asked."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from pipeline.errors import BadInput
from pipeline.providers.base import VideoRequest
from pipeline.rendering.failures import BadMaterial
from pipeline.rendering.framing import framed
from pipeline.rendering.parts import FPS
from pipeline.rendering.plan import scene_frames
from pipeline.stages import cut, own_uploads
from pipeline.stages.base import Context, Subject
from pipeline.stages.files import local_path
from projects.models import Asset, Scene

RULE = 1  # raise when the same scene would be asked for otherwise
CLIPS = "video_generation"


def wanted(ctx: Context, scene: Scene) -> bool:
    """Whether a vendor moves this scene: one is set up for the tier, and no member brought a clip of their own."""
    return ctx.options.motion == "model" and bool(ctx.model("video")) and own_uploads.of(scene, CLIPS) is None


def facts(ctx: Context, subject: Subject) -> dict[str, Any]:
    """All that the clip depends on: a part of the recipe, and all of the clip's own."""
    scene, picture = ctx.scene(subject), ctx.asset("image_generation", subject)
    return {
        "rule": RULE,
        "model": ctx.model("video"),
        "picture": picture.sha256,
        "seconds": _seconds(ctx, subject),
        "aspect": ctx.options.aspect,
        "resolution": ctx.options.resolution,
        "prompt": prompt(scene),
        "take": scene.takes.get(CLIPS, 0),
    }


def obtain(ctx: Context, subject: Subject) -> Asset | None:
    """The scene's clip: the one that stands, else the vendor's, else None. The step parks while a vendor works."""
    told = facts(ctx, subject)
    recipe = hashlib.sha256(json.dumps({"moving": told}, sort_keys=True).encode()).hexdigest()
    found = Asset.objects.filter(workspace=ctx.run.workspace_id, recipe=recipe).first()
    if found is not None and found.exists:
        return found
    result = ctx.video.animate(_request(ctx, subject, told))
    if result is None:
        ctx.note("fallback", capability="video", why=_("no video model could move it"))
        return None
    return ctx.save(
        result.path or result.data,
        kind="moving",
        name="moving.mp4",
        media_type="video/mp4",
        recipe=recipe,
        meta={"seconds": result.seconds},
        origin={"provider": result.usage.provider, "model": result.usage.model, "licence": result.usage.licence},
    )


def _request(ctx: Context, subject: Subject, told: Mapping[str, Any]) -> VideoRequest:
    picture = ctx.asset("image_generation", subject)
    try:
        shown = framed(local_path(picture), tuple(picture.meta.get("focus", (0.5, 0.5))), ctx.options.aspect)
    except BadMaterial as bad:
        raise BadInput("picture.unreadable", str(bad)) from bad
    return VideoRequest(told["prompt"], shown, float(told["seconds"]), ctx.options.aspect, ctx.options.resolution)


def _seconds(ctx: Context, subject: Subject) -> int:
    """Whole seconds that the scene is seen."""
    heard = ctx.asset("audio_generation", subject).meta
    return math.ceil(scene_frames(cut.at_film_rate(heard["samples"], heard["rate"])) / FPS)


def prompt(scene: Scene) -> str:
    """What moves, in words; the picture says how all looks."""
    brief = scene.brief
    shown = ", ".join([*brief.get("who", ()), *brief.get("what", ())]) or "the place"
    air = ", ".join(filter(None, (brief.get("weather", ""), brief.get("mood", ""))))
    words = f"The picture comes alive: {shown} move a little, as they naturally would{f'; {air}' if air else ''}."
    return f"{words} One calm shot, slow camera, no cut, no new people, no text. Keep faces, dress and style."
