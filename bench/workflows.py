"""Workflows of the benches: stages that do nothing, so that what is left is the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from pipeline.models import Run
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset, Scene, Script

SCENES = 200


class Plan(Base):
    name = "plan"

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"run": ctx.run.pk}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        with transaction.atomic():
            script = Script.objects.create(project=ctx.run.project, recipe=ctx.digest)
            Scene.objects.bulk_create(Scene(script=script, number=n) for n in range(1, SCENES + 1))
            Run.objects.filter(pk=ctx.run.pk).update(script=script)
        return ctx.save(b"plan", kind="plan", name="plan", media_type="text/plain")


class Nothing(Base):
    name = "nothing"
    after = ("plan",)
    lane = "render"
    each_scene = True

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"scene": subject.key}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        return ctx.save(b"", kind="nothing", name="nothing", media_type="text/plain")


class Once(Nothing):
    name = "once"
    after = ()
    lane = "calls"
    each_scene = False

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"run": ctx.run.pk}


MANY = (Plan(), Nothing())
ONE = (Once(),)
