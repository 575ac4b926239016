"""Update film: what it redoes, what that takes, and doing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.entitlements import tier as tier_of
from pipeline import carrying, progress, queue, quote, services
from pipeline.desk import stale
from pipeline.engine import advance
from pipeline.errors import BadInput, Refused
from pipeline.models import Run, Step
from pipeline.stages.script_generation import SLACK
from pipeline.workflows import stage as stage_of
from pipeline.workflows import stages
from projects.desk import takes
from projects.desk.takes import CLIP, PICTURE, VOICE
from projects.models import Asset, Project, Scene

WORDS_A_SECOND = 2.6
CAPABILITY = {PICTURE: "image", VOICE: "speech"}


@dataclass(frozen=True, slots=True)
class UpdateQuote:
    """`scenes` that are redone, `others` that stay; seconds of waiting and the estimated provider cost."""

    scenes: int
    others: int
    seconds: float
    cost: Decimal
    moved: bool
    counts: bool


def quoted(marks: stale.Marks) -> UpdateQuote:
    """What an update would take. What was made ahead, to be seen or heard, is not made again."""
    run = marks.run
    scenes = len(marks.stale)
    if not marks.changed:
        return UpdateQuote(0, len(marks.order), 0.0, Decimal(0), False, False)
    calls = _calls(marks)
    typical = queue.usual_seconds(run.workflow)
    whole = sum(typical[s.name] for s in stages(run.workflow)[2:] if not s.each_scene)
    parts = {**calls, CLIP: scenes or len(_displaced(marks))}
    seconds = whole + sum(
        typical[name] * n / queue._lanes(stage_of(run.workflow, name).lane) for name, n in parts.items()
    )
    cost = sum((quote.each_cost(run.tier, CAPABILITY[name]) * n for name, n in calls.items()), Decimal(0))
    return UpdateQuote(scenes, len(marks.order) - scenes, seconds, cost, marks.moved, _counts(marks))


def _calls(marks: stale.Marks) -> Counter[str]:
    """{stage: calls that are due}."""
    wanted = {
        (name, marks.digests[key].get(name, "")) for key, due in marks.stale.items() for name in due if name != CLIP
    }
    made = set(
        Asset.objects.filter(workspace=marks.run.workspace_id, recipe__in={d for _, d in wanted if d}).values_list(
            "recipe", flat=True
        )
    )
    return Counter(
        name
        for key, due in marks.stale.items()
        for name in due
        if name != CLIP and marks.digests[key].get(name, "") not in made
    )


def _displaced(marks: stale.Marks) -> set[int]:
    return carrying.displaced(marks.filmed, marks.order, stage_of(marks.run.workflow, CLIP).reach)


def _counts(marks: stale.Marks) -> bool:
    """Whether it is another film rather than a mended one: more than half of its scenes are new."""
    return 2 * len(marks.stale) > len(marks.order) and len(marks.stale) > 3


@transaction.atomic
def update(project: Project, *, user: User | None = None) -> Run:
    """A new version of the film in which exactly what changed is made. BadInput when nothing did, or one is going."""
    Project.objects.select_for_update().get(pk=project.pk)
    old = stale.newest(project)
    if old is None:
        raise BadInput("update.none", _("This film has no script yet."))
    if Run.objects.filter(project=project, status__in=("pending", "running")).exists():
        raise BadInput("update.going", _("A version is being made already. Wait for it, or cancel it first."))
    marks = stale.marks(old)
    if not marks.changed:
        raise BadInput("update.nothing", _("Nothing has changed since the last version."))
    _fits(old)
    run = _another(old, user)
    if _counts(marks):
        services._reserve(run)
    _remember(old, marks)
    carrying.carry(run, old, _due(marks))
    progress.note(run.pk, "run_started")
    advance(run.pk)
    return run


def _due(marks: stale.Marks) -> dict[str, set[int]]:
    due: dict[str, set[int]] = {CLIP: _displaced(marks)}
    for key, names in marks.stale.items():
        for name in names:
            due.setdefault(name, set()).add(key)
    return due


def _fits(run: Run) -> None:
    """Refused when members wrote more than their tier's minutes."""
    minutes = tier_of(run.workspace).minutes
    words = sum(scene.words for scene in Scene.objects.filter(script_id=run.script_id).only("segments"))
    if minutes is not None and words / WORDS_A_SECOND > minutes * 60 * SLACK:
        raise Refused(
            "tier.minutes",
            _("The script now takes %(n)s minutes to tell; your plan makes films up to %(max)s. Shorten it a little.")
            % {"n": round(words / WORDS_A_SECOND / 60), "max": minutes},
        )


def _another(old: Run, user: User | None) -> Run:
    tier = tier_of(old.workspace)
    return Run.objects.create(
        workspace=old.workspace,
        project=old.project,
        workflow=old.workflow,
        options=old.options | {"watermark": services.WATERMARK if tier.watermark else ""},
        tier=tier.key,
        priority=tier.priority,
        script=old.script,
        created_by=user,
    )


def _remember(old: Run, marks: stale.Marks) -> None:
    """What the changed scenes showed and said stays among their takes."""
    steps = Step.objects.filter(run=old, subject__in=marks.stale, stage__in=(PICTURE, VOICE), asset__isnull=False)
    made: dict[int, dict[str, Asset]] = {}
    for step in steps.select_related("asset"):
        if step.asset:
            made.setdefault(step.subject, {})[step.stage] = step.asset
    for scene in Scene.objects.filter(pk__in=made):
        takes.remember(scene, made[scene.pk])
