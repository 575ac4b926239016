"""In: the script. Out: its scenes, each with its span of the source, its speakers and its picture's brief."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from pipeline.stages import script_generation as script_stage
from pipeline.stages.base import Base, Context, Subject
from pipeline.writing import scenes
from projects.models import Asset, Scene, Script

SURE = 0.5  # below this confidence a speech is the narrator's: a wrong voice is worse than none


class SceneBreakdown(Base):
    name = "scene_breakdown"
    after = ("script_generation",)
    version = 1

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"script": ctx.asset("script_generation").recipe, **script_stage.by_model(ctx)}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        plan = script_stage.load(ctx.asset("script_generation"))
        told, rules = script_stage.material(script_stage.chapters(ctx.run)), script_stage.rules(ctx)
        if ctx.model("text"):
            author = script_stage.author_of(ctx)
            data = {"scenes": scenes.part(author, rules, plan=plan, told=told), "characters": plan["characters"]}
            if author.why:
                script_stage.say_who(ctx, author)
        else:
            data = rules("scenes", chapters=told, **plan)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        asset = ctx.save(text, kind="scenes", name="scenes.json", media_type="application/json")
        materialise(ctx, data)
        return asset

    def restore(self, subject: Subject, ctx: Context, asset: Asset) -> None:
        materialise(ctx, script_stage.load(asset))


@transaction.atomic
def materialise(ctx: Context, data: Mapping[str, Any]) -> None:
    """Rows of the scenes, once a script: from then on they are the members' to change."""
    script = Script.objects.select_for_update().get(
        project=ctx.run.project, recipe=ctx.asset("script_generation").recipe
    )
    if script.broken:
        return
    chapters = {c.number: c for c in script_stage.chapters(ctx.run)}
    Scene.objects.bulk_create(
        Scene(
            script=script,
            number=draft["number"],
            title=draft["title"][:300],
            chapter=chapters[draft["chapter"]],
            start=draft["start"],
            end=draft["end"],
            segments=segments(draft["lines"]),
            brief=draft["brief"],
            cast=list(draft["characters"]),
            opens=draft["opens"][:400],
        )
        for draft in data["scenes"]
    )
    script.broken = True
    script.save(update_fields=["broken"])
    ctx.note("scenes_ready", scenes=len(data["scenes"]))


def segments(lines: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Stretches by one voice, in order; neighbours of one voice and paragraph are joined."""
    found: list[dict[str, Any]] = []
    for line in lines:
        parts = line["segments"] or [{**line, "confidence": 1.0}]
        for part in parts:
            speaker = part["speaker"] if part["confidence"] >= SURE else ""
            last = found[-1] if found else None
            joins = last and (last["speaker"], last["paragraph"]) == (speaker, line["paragraph"])
            if last and joins and line["role"] != "verse":
                last["text"], last["end"] = f"{last['text']} {part['text'].strip()}", part["end"]
                continue
            found.append(
                {
                    "text": part["text"].strip(),
                    "speaker": speaker,
                    "start": part["start"],
                    "end": part["end"],
                    "role": line["role"],
                    "paragraph": line["paragraph"],
                }
            )
    return found
