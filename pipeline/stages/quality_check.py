"""In: the finished film. Out: its certificate. A gate that does not hold fails the stage with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import Again, BadInput, Cancelled
from pipeline.language.spoken_errors import plain
from pipeline.models import Render
from pipeline.providers.base import HeardWord, TranscriptionRequest
from pipeline.rendering.captions.cues import cues
from pipeline.rendering.certificate import Certificate, Coverage, measure
from pipeline.rendering.certificate.summary import lines
from pipeline.rendering.failures import Stopped
from pipeline.rendering.plan import plan
from pipeline.stages import cut, delivery
from pipeline.stages.base import Base, Context, Subject
from pipeline.stages.files import local_path
from projects.models import Asset, Scene

CERTIFICATE = "certificate.json"
WORDS, VOICE = "words heard", "audio_generation"


class QualityCheck(Base):
    name = "quality_check"
    after = ("post_processing",)
    lane = "render"
    version = 3

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"film": ctx.asset("post_processing").recipe}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        film = ctx.asset("post_processing")
        certificate = self._measured(ctx, local_path(film))
        asset = ctx.save(
            certificate.to_json().encode(),
            kind="certificate",
            name=CERTIFICATE,
            media_type="application/json",
            meta=certificate.as_dict() | {"lines": lines(certificate)},
        )
        self._judge(ctx, asset)
        return asset

    def restore(self, subject: Subject, ctx: Context, asset: Asset) -> None:
        self._judge(ctx, asset)

    def _measured(self, ctx: Context, film: Path) -> Certificate:
        parts = cut.parts(ctx)
        timeline = plan(parts, cut.look(ctx))
        told, words = delivery.coverage(ctx.run)
        language = ctx.run.project.source.language
        own = {p.picture_hash for p in parts}
        try:
            return measure(
                film,
                timeline,
                cues=cues(timeline),
                transcribe=lambda path: _heard(ctx, path, language),
                plain=lambda word: plain(word, language),
                coverage=Coverage(told, words),
                repeats=own if len(own) < len(parts) else (),
                progress=ctx.progress,
                stopping=ctx.stopping,
            )
        except Stopped as stopped:
            raise Cancelled from stopped

    def _judge(self, ctx: Context, asset: Asset) -> None:
        """Put the certificate beside the film; fail with the first gate that does not hold."""
        render = Render.objects.get(run=ctx.run)
        render.certificate = asset.meta
        render.files = {**render.files, CERTIFICATE: asset.pk}
        render.save(update_fields=["certificate", "files"])
        failed = [gate for gate in asset.meta["gates"] if gate["ok"] is False]
        self._voice_again(ctx, failed)
        if failed:
            raise BadInput(
                "certificate.gate",
                f"The film is made, but {failed[0]['name']} is not as it should be: {failed[0]['message']}.",
            )

    def _voice_again(self, ctx: Context, failed: list[dict[str, Any]]) -> None:
        """Where words were not heard, or went too fast to be read: those scenes are spoken once more, more slowly."""
        worst = {w["scene"] for gate in failed if gate["name"] == WORDS for w in gate["facts"].get("worst", ())}
        worst |= {scene for gate in failed for scene in gate["facts"].get("hurried", ())}
        scenes = list(Scene.objects.filter(script_id=ctx.run.script_id).order_by("number"))
        once = [
            (place, s)
            for place, s in enumerate(scenes, 1)
            if place in worst and not s.locked and not s.takes.get(VOICE)
        ]
        for _, scene in once:
            scene.takes[VOICE] = 1
            scene.save(update_fields=["takes"])
        if once:
            raise Again(VOICE, tuple(place for place, _ in once))


def _heard(ctx: Context, film: Path, language: str) -> tuple[HeardWord, ...]:
    request = TranscriptionRequest(str(film), language.split("-")[0])
    return ctx.transcription.transcribe(request).words
