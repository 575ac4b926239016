"""In: a scene's brief, its cast, the book's own pictures. Out: one still, with what the eye should rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.providers.base import Brief, ImageRequest, Look
from pipeline.rendering.parts import SIZES
from pipeline.stages import decency, own_pictures, own_uploads, picture_words, portraits
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset, Character, Scene

MASTER = (16, 9)  # one picture serves every aspect: the renderer frames it round its focus
WIDTHS = {720: 1920, 1080: 2560, 1440: 3840, 2160: 4608}  # pixels across, by the film's short side


class ImageGeneration(Base):
    name = "image_generation"
    after = ("scene_breakdown",)
    each_scene = True

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        scene = ctx.scene(subject)
        brought = own_uploads.of(scene, self.name)
        if brought is not None:
            return {"brought": brought.recipe, "width": _width(ctx)}
        own = own_pictures.of(scene) if drawn_anew(scene) == 0 else None
        if own is not None:
            return {"own": own.asset.recipe, "width": _width(ctx)}
        request = _request(scene, ctx)
        after = [portraits.recipe(look, ctx) for look in portraits.of(request.cast, ctx)]
        return {
            "prompt": request.prompt,
            "brief": scene.brief,
            "cast": [portraits.plain(look) for look in request.cast],
            "style": request.style,
            "size": [request.width, request.height],
            "seed": request.seed,
            **ctx.made_by("image"),
            **({"portraits": after} if after else {}),
        }

    def run(self, subject: Subject, ctx: Context) -> Asset:
        scene = ctx.scene(subject)
        brought = own_uploads.of(scene, self.name)
        if brought is not None:
            return own_uploads.picture(brought, scene, ctx, _width(ctx))
        own = own_pictures.of(scene) if drawn_anew(scene) == 0 else None
        if own is not None:
            return own_pictures.frame(own, ctx, _width(ctx))
        request = _request(scene, ctx)
        if ctx.model("image"):
            decency.hold(request.prompt, subject, ctx)
            request = replace(request, references=portraits.pictures(portraits.of(request.cast, ctx), ctx))
        result = ctx.image.draw(request, check=decency.shown(ctx))
        return ctx.save(
            result.data,
            kind="picture",
            name="picture.png" if result.media_type == "image/png" else "picture.jpg",
            media_type=result.media_type,
            meta={
                "width": result.width,
                "height": result.height,
                "focus": list(result.focus),
                "faces": [list(face) for face in result.faces],
                "alt": result.alt or scene.title,
            },
            origin={"provider": result.usage.provider, "model": result.usage.model, "licence": result.usage.licence},
        )


def drawn_anew(scene: Scene) -> int:
    """How often a member asked for another picture: from then on it is drawn, whatever the book has."""
    return int(scene.takes.get("image_generation", 0))


def _width(ctx: Context) -> int:
    short = SIZES[ctx.options.resolution]
    return next(width for limit, width in WIDTHS.items() if short <= limit)


def _request(scene: Scene, ctx: Context) -> ImageRequest:
    width = _width(ctx)
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in scene.brief.items()}
    brief = Brief(**given)
    known = Character.objects.filter(project=ctx.run.project, name__in=brief.who)
    looks = {person.name: person.look for person in known}
    cast = tuple(_look(name, looks.get(name, {})) for name in brief.who)
    return ImageRequest(
        prompt=picture_words.scene(scene.title, brief, cast, ctx.options.style)
        if ctx.model("image")
        else prompt(scene, brief),
        brief=brief,
        cast=cast,
        style=ctx.options.style,
        width=width,
        height=width * MASTER[1] // MASTER[0],
        seed=(scene.seed or scene.number) + 1000 * drawn_anew(scene),
    )


def _look(name: str, facts: Mapping[str, Any]) -> Look:
    known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Look(**{k: v for k, v in known.items() if k in Look.__dataclass_fields__} | {"name": name})


def prompt(scene: Scene, brief: Brief) -> str:
    """The brief in words, for models that read; no letters, captions or frames in the picture."""
    shown = ", ".join((*brief.who, *brief.what)) or "the place alone"
    where = " ".join(filter(None, (brief.place, brief.time, brief.weather)))
    words = f"{scene.title}. {brief.framing} shot of {shown}; {where}; mood {brief.mood or 'calm'}."
    return f"{words} No text, letters, captions, watermark or border."
