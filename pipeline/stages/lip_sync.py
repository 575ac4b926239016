"""In: scenes with a speaking face, their clips and voices. Out: their lips moved. Without a provider: skipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from pipeline.models import Run
from pipeline.providers.base import LipsyncRequest
from pipeline.rendering import talking
from pipeline.rendering.parts import FPS
from pipeline.routing import routes
from pipeline.stages import cut, own_uploads
from pipeline.stages.base import Base, Context, Skip, Subject, scene_subjects
from pipeline.stages.files import local_path
from projects.models import Asset, Scene

SHARE = 0.3  # of a scene's words that people in the picture say, from which on their lips should be seen to move
ON, OFF = "on", "off"


def wanted(run: Run, scene: Scene) -> bool:
    """Whether this scene's lips are to move: a vendor can, and the member or else the script says so."""
    return bool(routes.primary(run, "lipsync")) and chosen(run, scene)


def chosen(run: Run, scene: Scene) -> bool:
    """The member's choice; without one, where models move the pictures, whether people who are seen say much of it."""
    if scene.lips:
        return scene.lips == ON
    if run.film_options.motion != "model":
        return False
    if own_uploads.of(scene, "video_generation") is not None:
        return False
    seen = set(scene.brief.get("who", ()))
    said = [(len(s["text"].split()), s.get("speaker", "")) for s in scene.segments]
    spoken = sum(words for words, speaker in said if speaker and speaker in seen)
    return spoken >= SHARE * max(1, sum(words for words, _ in said))


class LipSync(Base):
    name = "lip_sync"
    after = ("video_generation",)
    each_scene = True

    def subjects(self, run: Run) -> tuple[Subject, ...] | Skip:
        if not routes.primary(run, "lipsync"):
            return Skip(_("No lip-sync provider is configured, and drawn pictures need none."))
        scenes = Scene.objects.filter(script_id=run.script_id)
        keys = {scene.pk for scene in scenes if chosen(run, scene)}
        found = tuple(subject for subject in scene_subjects(run) if subject.key in keys)
        return found or Skip(_("Nobody who is seen speaks much in any scene."))

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        frames, _ = self._frames(ctx, subject)
        return {
            "model": ctx.model("lipsync"),
            "seen": self._seen(ctx, subject).sha256,
            "voice": ctx.asset("audio_generation", subject).sha256,
            "frames": frames,
            "aspect": ctx.options.aspect,
        }

    def run(self, subject: Subject, ctx: Context) -> Asset:
        result = ctx.lipsync.sync(self._request(subject, ctx))
        clip = None
        if result is not None:
            clip = result.path or ctx.work / "lips.mp4"
            if result.path is None:
                clip.write_bytes(result.data)
        if result is None or clip is None or not talking.fits(clip, self._frames(ctx, subject)[0]):
            why = _("no lip-sync model could do it") if result is None else _("the lips did not keep to the voice")
            ctx.note("fallback", capability="lipsync", why=why)
            return ctx.save(b"{}", kind="note", name="none.json", media_type="application/json", meta={"why": why})
        return ctx.save(
            clip,
            kind=cut.LIPS,
            name="lips.mp4",
            media_type="video/mp4",
            meta={"seconds": result.seconds},
            origin={"provider": result.usage.provider, "model": result.usage.model, "licence": result.usage.licence},
        )

    def _seen(self, ctx: Context, subject: Subject) -> Asset:
        """The clip whose lips are moved; where there is none, the picture."""
        own = own_uploads.of(ctx.scene(subject), "video_generation")
        recipe = ctx.asset("video_generation", subject).meta.get("moving", "")
        moved = Asset.objects.filter(workspace=ctx.run.workspace_id, recipe=recipe).first() if recipe else None
        return own or moved or ctx.asset("image_generation", subject)

    def _frames(self, ctx: Context, subject: Subject) -> tuple[int, int]:
        heard = ctx.asset("audio_generation", subject).meta
        return talking.frames_of(cut.at_film_rate(heard["samples"], heard["rate"]), ctx.options.transition)

    def _request(self, subject: Subject, ctx: Context) -> LipsyncRequest:
        seen, (frames, before) = self._seen(ctx, subject), self._frames(ctx, subject)
        still = seen.media_type.startswith("image/")
        video = talking.film(
            local_path(seen), seen.sha256, frames, ctx.options.aspect, ctx.work, still=still, stopping=ctx.stopping
        )
        voice = talking.voice(local_path(ctx.asset("audio_generation", subject)), frames, before)
        return LipsyncRequest(video=video, audio=voice, seconds=round(frames / FPS, 3))
