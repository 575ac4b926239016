"""In: pictures and voices of a scene and its neighbours. Out: its pieces, each as long as its voice asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.rendering.pieces import Piece, pieces_for_scene
from pipeline.rendering.plan import plan
from pipeline.stages import cut, pieces
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset


class VideoGeneration(Base):
    name = "video_generation"
    after = ("image_generation", "audio_generation")
    lane = "render"
    each_scene = True
    reach = (-2, 1)  # the move of a picture minds the one before it, whose own move minds the one before that

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"pieces": [piece.recipe for piece in self._pieces(subject, ctx)]}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        wanted = self._pieces(subject, ctx)
        pieces.obtain(ctx, wanted)
        listed = [{"recipe": p.recipe, "kind": p.kind, "frames": p.frames} for p in wanted]
        return ctx.save(
            json.dumps(listed).encode(),
            kind="clip",
            name="clip.json",
            media_type="application/json",
            meta={"pieces": listed, "rendered": ctx.facts.get("rendered", 0)},
        )

    def _pieces(self, subject: Subject, ctx: Context) -> Sequence[Piece]:
        low, high = self.reach
        window = range(max(1, subject.position + low), subject.position + high + 1)
        timeline = plan(cut.parts(ctx, window), cut.look(ctx))
        return pieces_for_scene(timeline, subject.position)
