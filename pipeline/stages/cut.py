"""From rows to the renderer's plain data: what video, film and check all plan with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.models import Run, Step
from pipeline.rendering.parts import RATE, FilmLook, ScenePart, SpokenWord, frame_size
from pipeline.stages import own_uploads
from pipeline.stages.base import Context
from pipeline.stages.files import local_path
from projects.models import Asset, Scene

LIPS = "lips"  # kind of a clip whose lips were moved


def look(ctx: Context) -> FilmLook:
    """What the whole film has in common."""
    options, source = ctx.options, ctx.run.project.source
    width, height = frame_size(options.aspect, options.resolution)
    return FilmLook(
        width=width,
        height=height,
        title=source.title,
        author=source.byline,
        language=source.language,
        captions=options.captions,
        caption_style=options.caption_style,
        transition=options.transition,
        watermark=options.watermark,
        credit="Made with LitinkAI",
    )


def parts(ctx: Context, positions: range | None = None, moved: Mapping[int, Asset] | None = None) -> list[ScenePart]:
    """The scenes' material, in order; only those at `positions` (from 1) when given.

    `moved`: the clips that vendors made, by scene; those of the run's steps when not given.
    """
    scenes = list(Scene.objects.filter(script_id=ctx.run.script_id).order_by("number"))
    chosen = [(place, s) for place, s in enumerate(scenes, 1) if positions is None or place in positions]
    keys = [scene.pk for _, scene in chosen]
    pictures, voices = _made(ctx.run, "image_generation", keys), _made(ctx.run, "audio_generation", keys)
    made = clips_of(ctx.run, keys) if moved is None else moved
    lips = {key: clip for key, clip in made.items() if clip.kind == LIPS}
    clips = {**made, **own_uploads.clips([scene for _, scene in chosen]), **lips}
    return [part(place, scene, pictures[scene.pk], voices[scene.pk], clips.get(scene.pk)) for place, scene in chosen]


def clips_of(run: Run, scenes: Collection[int]) -> dict[int, Asset]:
    """{scene key: the clip that vendors made of it}: with its lips moved before without."""
    recipes = {key: asset.meta.get("moving", "") for key, asset in _made(run, "video_generation", scenes).items()}
    rows = Asset.objects.filter(workspace=run.workspace_id, recipe__in=list(filter(None, recipes.values())))
    moved = {asset.recipe: asset for asset in rows}
    found = {key: moved[recipe] for key, recipe in recipes.items() if recipe in moved}
    return found | {key: asset for key, asset in _made(run, "lip_sync", scenes).items() if asset.kind == LIPS}


def _made(run: Run, stage: str, keys: Collection[int]) -> dict[int, Asset]:
    steps = Step.objects.filter(run=run, stage=stage, subject__in=keys, asset__isnull=False).select_related("asset")
    return {step.subject: step.asset for step in steps if step.asset}


def part(place: int, scene: Scene, picture: Asset, voice: Asset, clip: Asset | None = None) -> ScenePart:
    """One scene. Its number in the film is its place."""
    seen, heard = picture.meta, voice.meta
    return ScenePart(
        number=place,
        picture=local_path(picture),
        picture_hash=picture.sha256,
        voice=local_path(voice),
        voice_hash=voice.sha256,
        samples=at_film_rate(heard["samples"], heard["rate"]),
        words=words(heard),
        chapter=scene.opens,
        focus=tuple(seen.get("focus", (0.5, 0.5))),
        faces=tuple(tuple(face) for face in seen.get("faces", ())),
        mood=scene.brief.get("mood", ""),
        clip=local_path(clip) if clip else None,
        clip_hash=clip.sha256 if clip else "",
        turn=int(scene.takes.get("video_generation", 0)),
    )


def at_film_rate(samples: int, rate: int) -> int:
    """Samples at `rate` as samples at RATE, rounded up: nothing of the voice is lost."""
    return -(-samples * RATE // rate)


def words(heard: dict[str, Any]) -> tuple[SpokenWord, ...]:
    rate = heard["rate"]
    return tuple(
        SpokenWord(text, start * RATE // rate, end * RATE // rate, speaker)
        for text, start, end, speaker in heard["words"]
    )


def piece_name(recipe: str) -> str:
    return f"{recipe[:16]}.mp4"


def piece_files(ctx: Context, recipes: Sequence[str]) -> dict[str, Path]:
    """{recipe: file} of the pieces that stand already."""
    rows = Asset.objects.filter(workspace=ctx.run.workspace, recipe__in=list(recipes), kind="piece")
    return {row.recipe: local_path(row) for row in rows if row.exists}
