"""A workflow of three stages over the same engine, with a provider that counts what it is asked."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from pipeline.providers.base import Usage
from pipeline.stages.base import Base
from projects.models import Scene, Script

SCENES = 3


@dataclass(frozen=True)
class Ask:
    prompt: str


@dataclass(frozen=True)
class Answer:
    data: bytes
    usage: Usage


class Counting:
    """Stands for a vendor: says how often it was asked for each prompt."""

    def __init__(self):
        self.asked = Counter()
        self.fault = None

    def draw(self, request):
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        self.asked[request.prompt] += 1
        return Answer(request.prompt.encode(), Usage("fake", "counting-1"))


class Tiny(Base):
    lane = "render"  # one step after the other in the worker's own thread

    def save(self, ctx, data):
        return ctx.save(data, kind=self.name, name="out.txt", media_type="text/plain")


class Plan(Tiny):
    name = "plan"

    def recipe(self, subject, ctx):
        return {"project": ctx.run.project_id}

    def run(self, subject, ctx):
        asset = self.save(ctx, b"plan")
        self.restore(subject, ctx, asset)
        return asset

    @transaction.atomic
    def restore(self, subject, ctx, asset):
        script, made = Script.objects.get_or_create(project=ctx.run.project, recipe=ctx.digest)
        if made:
            Scene.objects.bulk_create(Scene(script=script, number=n, title=f"scene {n}") for n in range(1, SCENES + 1))
        type(ctx.run).objects.filter(pk=ctx.run.pk).update(script=script)
        ctx.run.script = script


class Draw(Tiny):
    name = "draw"
    after = ("plan",)
    each_scene = True

    def recipe(self, subject, ctx):
        return {"title": ctx.scene(subject).title, "take": ctx.scene(subject).takes.get("draw", 0)}

    def run(self, subject, ctx):
        return self.save(ctx, ctx.image.draw(Ask(ctx.scene(subject).title)).data)


class Move(Tiny):
    name = "move"
    after = ("draw",)
    each_scene = True
    reach = (-1, 1)

    def recipe(self, subject, ctx):
        return {"of": ctx.asset("draw", subject).recipe}

    def run(self, subject, ctx):
        return self.save(ctx, b"moved")


class Join(Tiny):
    name = "join"
    after = ("move",)

    def recipe(self, subject, ctx):
        return {"of": sorted(asset.recipe for asset in ctx.assets("draw").values())}

    def run(self, subject, ctx):
        parts = [asset.content().decode() for _, asset in sorted(ctx.assets("draw").items())]
        return self.save(ctx, json.dumps(parts).encode())


WORKFLOW = (Plan(), Draw(), Move(), Join())
