"""How the book's people look, drawn once: every later picture of them is drawn after these."""

from __future__ import annotations

from typing import Any

from pipeline.errors import Refused
from pipeline.providers.base import Brief, ImageRequest, Look
from pipeline.routing import catalogue
from pipeline.stages import decency, picture_words
from pipeline.stages.base import Context, digest_of
from pipeline.stages.once import once
from projects.models import Asset, Character

MOST = 3  # of one scene: more make models mix them up
KNOWN = 3  # mentions in the book from which somebody is worth a portrait
SIDE = 1024


def of(cast: tuple[Look, ...], ctx: Context) -> tuple[Look, ...]:
    """Those of the cast whose portraits the scene's picture is drawn after; none where the model takes no pictures."""
    takes = catalogue.current().model(ctx.model("image")).references if ctx.model("image") else 0
    if not takes:
        return ()
    names = [look.name for look in cast]
    rows = Character.objects.filter(project=ctx.run.project, name__in=names, mentions__gte=KNOWN)
    known = set(rows.values_list("name", flat=True))
    return tuple(look for look in cast if look.name in known)[: min(MOST, takes)]


def recipe(look: Look, ctx: Context) -> str:
    """Of the look, the hand and the model: the same in every film of the workspace."""
    facts = {"portrait": plain(look), "style": ctx.options.style, "model": ctx.model("image"), "version": 1}
    return digest_of(facts)


def plain(look: Look) -> list[Any]:
    return [look.name, look.kind, look.noun, look.sex, look.age, list(look.traits)]


def pictures(looks: tuple[Look, ...], ctx: Context) -> tuple[bytes, ...]:
    """The portraits, drawn now where they do not stand. One that no vendor could draw is left out."""
    found = (_obtain(look, ctx) for look in looks)
    return tuple(asset.content() for asset in found if asset is not None)


def _obtain(look: Look, ctx: Context) -> Asset | None:
    """Drawn once: of the scenes that want it at the same time the others wait."""
    own = recipe(look, ctx)
    return once(ctx, own, lambda: _drawn(look, own, ctx))


def _drawn(look: Look, own: str, ctx: Context) -> Asset | None:
    words = picture_words.portrait(look, ctx.options.style)
    brief = Brief(who=(look.name,), framing="medium")
    request = ImageRequest(words, brief, (look,), ctx.options.style, SIDE, SIDE, seed=int(own[:6], 16))
    router = ctx.providers.under(own)
    try:
        result = router.capability("image").ask(request, check=decency.shown(ctx))
    except Refused:  # the scene itself may be drawn all the same
        return None
    if result is None:
        return None
    origin = {"provider": result.usage.provider, "model": result.usage.model, "licence": result.usage.licence}
    name = "portrait.png" if result.media_type == "image/png" else "portrait.jpg"
    asset = ctx.save(
        result.data, kind="portrait", name=name, media_type=result.media_type, meta={"of": look.name}, origin=origin,
        recipe=own,
    )  # fmt: skip
    router.forget()
    return asset
