"""In: scenes with a speaking face. Out: their lips moved. Without a provider: skipped, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.errors import BadInput
from pipeline.models import Run
from pipeline.stages.base import Base, Context, Skip, Subject
from projects.models import Asset


class LipSync(Base):
    name = "lip_sync"
    after = ("video_generation",)

    def subjects(self, run: Run) -> tuple[Subject, ...] | Skip:
        return Skip("No lip-sync provider is configured, and drawn pictures need none.")

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        raise BadInput("capability.none", "No provider for lipsync is configured.")
