"""Which scenes the film no longer shows as the script has them: recipes as edited against recipes as made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from pipeline.context import digest_of
from pipeline.models import DONE, OPEN, Run, Status, Step
from pipeline.stages.base import Context, Subject
from pipeline.workflows import stage as stage_of
from projects.desk.takes import CLIP, PICTURE, VOICE
from projects.models import Project, Scene

MADE = (PICTURE, VOICE)
SEEN_AT_ONCE = 200  # scenes whose takes a check changed are looked at again, so many a page


@dataclass
class Probe(Context):
    """A context that asks for recipes only; its scenes are read already."""

    known: dict[int, Scene] = field(default_factory=dict)

    def scene(self, subject: Subject) -> Scene:
        return self.known[subject.key]


def probe(run: Run, scenes: Iterable[Scene]) -> Probe:
    def nothing(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a recipe makes nothing")

    return Probe(
        run=run,
        step=Step(run=run),
        options=run.film_options,
        work=Path(),
        digest="",
        providers=None,
        save=nothing,
        progress=nothing,
        checkpoint=nothing,
        later=nothing,
        stopping=lambda: False,
        note=nothing,
        known={scene.pk: scene for scene in scenes},
    )


def digest(ctx: Context, scene: Scene, name: str) -> str:
    """The recipe's hash as the engine would compute it: of the take chosen or held, else of what it depends on."""
    fixed = scene.held.get(name) or scene.kept.get(name)
    if fixed:
        return fixed
    stage = stage_of(ctx.run.workflow, name)
    facts = stage.recipe(Subject(scene.pk, 0), ctx)
    return digest_of({"stage": stage.name, "version": stage.version, "of": dict(facts)})


def newest(project: Project) -> Run | None:
    """The run whose script the desk shows."""
    rows = Run.objects.filter(project=project, script__broken=True)
    return rows.select_related("script", "workspace").order_by("-created", "-pk").first()


def refresh(run: Run, keys: Collection[int], names: Sequence[str] = MADE) -> None:
    """Note the recipes of these scenes as they are now."""
    if not keys:
        return
    run.project.refresh_from_db(fields=["lexicon"])
    scenes = list(Scene.objects.filter(pk__in=keys).select_related("chapter", "script"))
    ctx = probe(run, scenes)
    for scene in scenes:
        asked = [scene.own.get(CLIP), scene.takes.get(CLIP, 0), *filter(None, [scene.lips])]
        if scene.digests.get("clip", [None, 0]) != asked:
            scene.digests["due"] = timezone.now().isoformat()
        scene.digests |= {name: digest(ctx, scene, name) for name in names}
        scene.digests |= {"clip": asked, "takes": scene.takes}
    Scene.objects.bulk_update(scenes, ["digests"], batch_size=200)


@dataclass(slots=True)
class Marks:
    """`stale`: {scene: stages to be done}; `making`: scenes at work; `moved`: other scenes or another order."""

    run: Run
    order: list[int] = field(default_factory=list)
    stale: dict[int, set[str]] = field(default_factory=dict)
    making: set[int] = field(default_factory=set)
    digests: dict[int, dict[str, Any]] = field(default_factory=dict)
    filmed: list[int] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        return bool(self.filmed) and self.filmed != self.order

    @property
    def changed(self) -> bool:
        return bool(self.stale) or self.moved

    @property
    def number(self) -> dict[int, int]:
        return {key: place for place, key in enumerate(self.order, 1)}


def marks(run: Run) -> Marks:
    """Of the whole script, in two queries however many scenes there are."""
    rows = _scenes(run)
    odd = [key for key, digests, takes in rows if digests and digests.get("takes") != takes]
    if odd:
        refresh(run, odd[:SEEN_AT_ONCE])
        rows = _scenes(run)
    found = Marks(run, order=[key for key, _, _ in rows], digests={key: d for key, d, _ in rows})
    steps: dict[int, dict[str, tuple[str, str]]] = {}
    placed = []
    fields = ("stage", "subject", "position", "status", "recipe")
    for name, subject, position, status, recipe in Step.objects.filter(
        run=run, subject__gt=0, stage__in=(PICTURE, VOICE, CLIP)
    ).values_list(*fields):
        steps.setdefault(subject, {})[name] = (status, recipe)
        if name == PICTURE:
            placed.append((position, subject))
    found.filmed = [subject for _, subject in sorted(placed)]
    for key, digests, _ in rows:
        own = steps.get(key, {})
        if any(status in OPEN for status, _ in own.values()) and run.is_open:
            found.making.add(key)
        elif due := _due(run, digests, own):
            found.stale[key] = due
    return found


def _scenes(run: Run) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    rows = Scene.objects.filter(script_id=run.script_id).order_by("number")
    return list(rows.values_list("pk", "digests", "takes"))


def _due(run: Run, digests: dict[str, Any], own: dict[str, tuple[str, str]]) -> set[str]:
    due = set()
    for name in MADE:
        status, recipe = own.get(name, (Status.PENDING, ""))
        if status not in DONE or (digests.get(name) and digests[name] != recipe):
            due.add(name)
    if digests.get("due") and datetime.fromisoformat(digests["due"]) > run.created:
        due.add(CLIP)
    if not due and own.get(CLIP, (Status.PENDING, ""))[0] not in DONE:
        due.add(CLIP)
    return due
