"""Verbs on runs: start, cancel, go on, do again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from billing import quotas
from billing.entitlements import tier as tier_of
from billing.plans import Tier
from pipeline import engine, progress
from pipeline.errors import BadInput, Refused
from pipeline.models import DONE, Run, Status, Step
from pipeline.quote import film_seconds
from pipeline.routing import routes
from pipeline.workflows import stage as stage_of
from pipeline.workflows import stages
from projects.models import Project, Scene
from projects.options import RESOLUTIONS, FilmOptions

WATERMARK = "LitinkAI"
SLACK = 1.15  # the estimate of a reading is this rough; the script itself is measured against the tier


@transaction.atomic
def start(project: Project, *, user: User | None = None, options: FilmOptions | None = None) -> Run:
    """Begin a run of the project. Takes one film of the quota. Refused when the tier does not allow it."""
    chosen = options or project.film_options
    workspace, tier = project.workspace, tier_of(project.workspace)
    check(chosen, tier, words=words_of(project, chosen))
    stages(project.workflow)
    data = chosen.to_json() | {"watermark": WATERMARK if tier.watermark else ""}
    run = Run.objects.create(
        workspace=workspace,
        project=project,
        workflow=project.workflow,
        options=data,
        tier=tier.key,
        priority=tier.priority,
        created_by=user,
    )
    _reserve(run)
    progress.note(run.pk, "run_started")
    engine.advance(run.pk)
    return run


def words_of(project: Project, options: FilmOptions) -> int:
    """Of the chosen chapters."""
    chosen = project.source.chapters.filter(number__in=options.chapters)
    return chosen.aggregate(words=Sum("words", default=0))["words"]


def check(options: FilmOptions, tier: Tier, *, words: int = 0) -> None:
    """Refused, with what would be allowed, when `tier` does not allow these options for so many words."""
    if RESOLUTIONS.index(options.resolution) > RESOLUTIONS.index(tier.resolution):
        raise Refused(
            "tier.resolution",
            _("%(tier)s makes films up to %(best)s. Choose %(best)s, or a higher tier.")
            % {"tier": tier.name, "best": tier.resolution},
        )
    _check_models(options, tier)
    if tier.minutes is not None and (options.minutes or 0) > tier.minutes:
        raise Refused(
            "tier.minutes",
            _("%(tier)s makes films up to %(max)s minutes. Choose fewer minutes.")
            % {"tier": tier.name, "max": tier.minutes},
        )
    about = film_seconds(options, words) / 60
    if tier.minutes is not None and about > tier.minutes * SLACK:
        raise Refused(
            "tier.minutes",
            _(
                "%(tier)s makes films up to %(max)s minutes; this one would take about %(about)s. "
                "Choose fewer chapters, have them abridged to fewer minutes, or take a higher tier."
            )
            % {"tier": tier.name, "max": tier.minutes, "about": round(about)},
        )


def _check_models(options: FilmOptions, tier: Tier) -> None:
    """Refused for a model that the tier may not choose."""
    for capability, model in options.models.items():
        if not tier.choose_model:
            raise Refused(
                "tier.models",
                _("%(tier)s uses the models of its plan. Leave the models as the plan has them, or take a higher tier.")
                % {"tier": tier.name},
            )
        if not routes.allowed(model, capability, tier):
            raise Refused(
                "tier.models",
                _("%(tier)s may not use %(model)s. Choose one of the models that are listed, or a higher tier.")
                % {"tier": tier.name, "model": model},
            )


def _reserve(run: Run) -> None:
    try:
        quotas.reserve(run.workspace, key=engine.quota_key(run))
    except quotas.QuotaExceeded as used_up:
        raise Refused(
            "quota.films",
            _("All %(n)s films of this month are used. A new month or a higher tier gives more.")
            % {"n": used_up.allowed},
        ) from used_up


def cancel(run: Run) -> bool:
    """Stop a run; what it made is kept. False when it had ended already."""
    return engine.cancel(run)


@transaction.atomic
def retry(run: Run) -> Run:
    """Go on with a run that failed or was cancelled: only what is not done is done."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.status not in (Status.FAILED, Status.CANCELLED):
        raise BadInput("run.not_ended", f"Run {run.pk} is {locked.status}; only a failed or cancelled run can go on.")
    _reopen(locked, Step.objects.filter(run=locked).exclude(status__in=DONE))
    return locked


@transaction.atomic
def reprocess(run: Run, *, stage: str = "", scene: int = 0, fresh: bool = False) -> int:
    """Do a stage, and what follows, again: how many steps. `scene` is a number; `fresh` asks for another take."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.is_open:
        raise BadInput("run.open", f"Run {run.pk} is still {locked.status}. Wait for it, or cancel it first.")
    first = stage_of(locked.workflow, stage) if stage else stages(locked.workflow)[0]
    scenes = (scene,) if scene else ()
    own = Step.objects.filter(run=locked, stage=first.name, **({"position": scene} if scene else {}))
    if scene and (not first.each_scene or not own.exists()):
        raise BadInput("scene.unknown", f"Run {run.pk} has no scene {scene} in {first.name}.")
    if fresh and first.each_scene:
        _another_take(first.name, own.values_list("subject", flat=True))
    keys = engine.following(locked, first, scenes)
    if not first.each_scene:
        _forget_scenes(locked, keys)
    _reopen(locked, Step.objects.filter(pk__in=keys))
    return len(keys)


def update(project: Project, *, user: User | None = None) -> Run:
    """A new version of the film in which exactly what members changed is made; the rest is taken over."""
    from pipeline.desk.update import update as redo

    return redo(project, user=user)


def _forget_scenes(run: Run, keys: set[int]) -> None:
    """The scenes may become others: steps that hang on them are planned anew."""
    each = [s.name for s in stages(run.workflow) if s.each_scene]
    rows = Step.objects.filter(pk__in=keys, stage__in=each)
    gone = set(rows.values_list("stage", flat=True).distinct())
    rows.delete()
    run.planned = [name for name in run.planned if name not in gone]


def _another_take(stage: str, scenes) -> None:
    for scene in Scene.objects.select_for_update().filter(pk__in=list(scenes), locked=False):
        scene.takes[stage] = int(scene.takes.get(stage, 0)) + 1
        scene.save(update_fields=["takes"])


def _reopen(run: Run, steps) -> None:
    """Put `steps` back to pending and move the run on."""
    engine.reset(steps)
    run.status, run.error, run.finished = Status.PENDING, "", None
    run.save(update_fields=["status", "error", "finished", "planned"])
    _reserve(run)
    progress.note(run.pk, "run_started", at=timezone.now().isoformat())
    engine.advance(run.pk)
