"""In: every piece and voice. Out: the film, its sound and its side files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import BadInput, Cancelled
from pipeline.models import Render, Run
from pipeline.rendering import otio
from pipeline.rendering.assemble import assemble
from pipeline.rendering.failures import BadMaterial, Stopped
from pipeline.rendering.pieces import pieces as pieces_of
from pipeline.rendering.plan import plan
from pipeline.rendering.recipes import recipe
from pipeline.rendering.sidefiles.credits import Credit
from pipeline.rendering.sidefiles.poster import Candidate, poster
from pipeline.rendering.sound import VERSION, Placement, mix
from pipeline.rendering.sound.music import Music, Recording
from pipeline.rendering.timeline import Timeline
from pipeline.stages import ambience, cut, delivery, music, pieces
from pipeline.stages.ambience import Air
from pipeline.stages.base import Base, Context, Subject
from pipeline.stages.files import local_path
from projects.models import Asset

FILM = "film.mp4"


class PostProcessing(Base):
    name = "post_processing"
    after = ("video_generation", "lip_sync")
    lane = "render"
    version = 2

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        timeline = _timeline(ctx)
        script = ctx.run.script
        return {
            "pieces": [piece.recipe for piece in pieces_of(timeline)],
            "voices": [[p.part.voice_hash, p.voice_start] for p in timeline.scenes],
            "music": music.facts(ctx, timeline),
            "words": [[w.text, w.start, w.end] for p in timeline.scenes for w in p.part.words],
            "captions": [ctx.options.captions, ctx.options.caption_style],
            "markers": [[m.name, m.marked.start] for m in timeline.markers],
            "title": [timeline.look.title, timeline.look.author, timeline.look.language],
            "source": [c.digest for c in delivery.chapters(ctx.run)],
            "script": [script.recipe, script.coverage] if script else [],
            "rights": ctx.run.project.source.rights,
            **ambience.facts(ctx, timeline),
        }

    def run(self, subject: Subject, ctx: Context) -> Asset:
        timeline = _timeline(ctx)
        bed, air = music.bed(ctx, timeline), ambience.obtain(ctx, timeline)  # vendors may work on them while this waits
        files = pieces.obtain(ctx, pieces_of(timeline))
        sound = _sound(ctx, timeline, bed, air)
        film = ctx.work / FILM
        assemble(timeline, files, sound, film)
        sides = self._sides(ctx, timeline, [*music.credits(ctx, bed), *air.credits])
        asset = ctx.save(
            film,
            kind="film",
            name=FILM,
            media_type="video/mp4",
            meta={
                "files": sides,
                "frames": timeline.frames,
                "seconds": timeline.frames / 30,
                "scenes": [[place.number, place.start] for place in timeline.scenes],  # start in frames
            },
        )
        deliver(ctx.run, asset)
        return asset

    def restore(self, subject: Subject, ctx: Context, asset: Asset) -> None:
        deliver(ctx.run, asset)

    def _sides(self, ctx: Context, timeline: Timeline, heard: list[Credit]) -> dict[str, int]:
        """{name: asset id} of every side file."""
        made: dict[str, int] = {}
        for name, (text, media_type) in delivery.texts(ctx, timeline, heard).items():
            side = ctx.save(text.encode(), kind="side file", name=name, media_type=media_type, part=name)
            made[name] = side.pk
        cut_list = ctx.work / "film.otio"
        otio.export(timeline, cut_list)
        kind = "application/vnd.opentimelineio+json"
        side = ctx.save(cut_list, kind="side file", name="film.otio", media_type=kind, part="film.otio")
        made["film.otio"] = side.pk
        look = timeline.look
        candidates = [Candidate(p.part.picture, p.part.focus) for p in timeline.scenes]
        shot = poster(
            candidates, ctx.work / "poster.jpg", (look.width, look.height), title=look.title, author=look.author
        )
        side = ctx.save(shot, kind="poster", name="poster.jpg", media_type="image/jpeg", part="poster.jpg")
        return made | {"poster.jpg": side.pk}


def _timeline(ctx: Context) -> Timeline:
    known = ctx.facts.get("timeline")
    if known is None:
        known = ctx.facts["timeline"] = plan(cut.parts(ctx), cut.look(ctx))
    return known


def _sound(ctx: Context, timeline: Timeline, bed: Music | Recording | None, air: Air) -> Path:
    """The film's sound, an asset of its own: films of other shapes share it."""
    placements = [Placement(p.part.voice, p.voice_start, p.number) for p in timeline.scenes]
    voices = [[p.part.voice_hash, p.voice_start] for p in timeline.scenes]
    digest = recipe(
        {"sound": VERSION, "voices": voices, "frames": timeline.frames, "music": music.made(bed), **air.made}
    )
    found = Asset.objects.filter(workspace=ctx.run.workspace, recipe=digest).first()
    if found is not None and found.exists:
        return local_path(found)
    out = ctx.work / "sound.m4a"
    try:
        mix(placements, timeline.frames, out, music=bed, places=air.spans, progress=ctx.progress, stopping=ctx.stopping)
    except Stopped as stopped:
        raise Cancelled from stopped
    except BadMaterial as bad:
        raise BadInput("voice.unreadable", str(bad)) from bad
    return local_path(ctx.save(out, kind="sound", name=out.name, media_type="audio/mp4", recipe=digest))


def deliver(run: Run, film: Asset) -> Render:
    """The run's film as a row. Files are the film's own and its sides'."""
    render, _ = Render.objects.update_or_create(
        run=run,
        defaults={
            "workspace": run.workspace,
            "project": run.project,
            "film": film,
            "files": {FILM: film.pk, **film.meta["files"]},
            "seconds": film.meta["seconds"],
        },
    )
    return render
