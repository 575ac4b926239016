"""Music and noises that a model makes for a film: asked for once a workspace, kept as assets of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.errors import Refused
from pipeline.providers.base import MediaResult
from pipeline.routing import routes
from pipeline.stages.base import Context
from pipeline.stages.once import once
from projects.models import Asset

ENDINGS = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/flac": "flac", "audio/ogg": "ogg", "audio/mp4": "m4a"}


def model(ctx: Context, capability: str) -> str:
    """The model that the maker chose, or what stands in for it; "" where this machine is to do it."""
    return ctx.model(capability) if routes.wanted(ctx.run, capability) else ""


def by_vendor(ctx: Context, capability: str, recipe: str, request: Any, kind: str) -> Asset | None:
    """The asset under `recipe`; None where no vendor could. Later while one works on it."""
    return once(ctx, recipe, lambda: _kept(ctx, recipe, kind, lambda asked: _asked(asked, request), capability))


def by_this_machine(ctx: Context, capability: str, recipe: str, request: Any, kind: str) -> Asset | None:
    """The asset under `recipe`, made here and free."""
    return once(ctx, recipe, lambda: _kept(ctx, recipe, kind, lambda asked: asked.here(request), capability))


def _asked(asked: Any, request: Any) -> MediaResult | None:
    """A vendor's answer. Its content rules can't be the maker's matter: the words are ours."""
    try:
        found: MediaResult | None = asked.ask(request)
    except Refused:
        return None
    return found


def _kept(
    ctx: Context, recipe: str, kind: str, answer: Callable[[Any], MediaResult | None], capability: str
) -> Asset | None:
    router = ctx.providers.under(recipe)
    result = answer(router.capability(capability))
    if result is None:
        return None
    used = result.usage
    asset = ctx.save(
        result.path or result.data,
        kind=kind,
        name=f"{kind}.{ENDINGS.get(result.media_type, 'bin')}",
        media_type=result.media_type,
        meta={"seconds": result.seconds},
        origin={"provider": used.provider, "model": used.model, "licence": used.licence},
        recipe=recipe,
    )
    router.forget()
    return asset
