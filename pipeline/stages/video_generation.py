"""In: pictures and voices of a scene and its neighbours. Out: its pieces, each as long as its voice asks.

Where a video model is set up for the tier, it moves the picture first; otherwise a camera moves over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.rendering.pieces import Piece, pieces_for_scene
from pipeline.rendering.plan import plan
from pipeline.stages import cut, lip_sync, moving, pieces
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset


class VideoGeneration(Base):
    name = "video_generation"
    after = ("image_generation", "audio_generation")
    lane = "render"
    each_scene = True
    reach = (-2, 1)  # the move of a picture minds the one before it, whose own move minds the one before that

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        made = {"pieces": [piece.recipe for piece in self._pieces(subject, ctx, {})]}
        return made | ({"moving": moving.facts(ctx, subject)} if moving.wanted(ctx, ctx.scene(subject)) else {})

    def run(self, subject: Subject, ctx: Context) -> Asset:
        clip = moving.obtain(ctx, subject) if moving.wanted(ctx, ctx.scene(subject)) else None
        wanted = self._due(subject, ctx, clip) if ctx.model("video") else self._pieces(subject, ctx, {})
        pieces.obtain(ctx, wanted)
        listed = [{"recipe": p.recipe, "kind": p.kind, "frames": p.frames} for p in wanted]
        return ctx.save(
            json.dumps(listed).encode(),
            kind="clip",
            name="clip.json",
            media_type="application/json",
            meta={"pieces": listed, "rendered": ctx.facts.get("rendered", 0)}
            | ({"moving": clip.recipe, "seconds": clip.meta["seconds"]} if clip else {}),
            origin=clip.origin if clip else None,
        )

    def _due(self, subject: Subject, ctx: Context, clip: Asset | None) -> list[Piece]:
        """What can be rendered for good now: neither what lips will change, nor what shows a clip that isn't there."""
        if lip_sync.wanted(ctx.run, ctx.scene(subject)):
            return []
        known = {subject.key: clip} if clip else {}
        return [piece for piece in self._pieces(subject, ctx, known) if piece.kind != "transition"]

    def _pieces(self, subject: Subject, ctx: Context, clips: Mapping[int, Asset]) -> Sequence[Piece]:
        low, high = self.reach
        window = range(max(1, subject.position + low), subject.position + high + 1)
        timeline = plan(cut.parts(ctx, window, clips), cut.look(ctx))
        return pieces_for_scene(timeline, subject.position)
