"""Moves runs forward. Truth is in rows; every call may come twice, late or never.

`advance` plans, rings and ends; `work` claims and does one step; `sweep` repairs what was lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from billing import quotas
from pipeline import broker, progress, telling
from pipeline.models import DONE, OPEN, Run, Status, Step
from pipeline.stages.base import Skip, Stage, Subject
from pipeline.workflows import stages

LEASE = timedelta(seconds=15)
RING_AGAIN = timedelta(seconds=10)


def quota_key(run: Run) -> str:
    """What a run's film is reserved under."""
    return f"run-{run.pk}"


@transaction.atomic
def advance(run_id: int) -> None:
    """Do what is due: plan stages, make steps ready, ring for them, end the run. Twice is as once."""
    run = Run.objects.select_for_update().filter(pk=run_id, status__in=OPEN).first()
    if run is None:
        return
    _plan(run)
    _make_ready(run)
    _close(run)


def _plan(run: Run) -> None:
    """Give every stage its steps as soon as its subjects are known: its inputs are planned, the whole ones done."""
    workflow = stages(run.workflow)
    known = {stage.name: stage for stage in workflow}
    planned = list(run.planned)
    open_whole = set(
        Step.objects.filter(run=run, subject=0).exclude(status__in=DONE).values_list("stage", flat=True).distinct()
    )
    for stage in workflow:
        if stage.name in planned or not all(name in planned for name in stage.after):
            continue
        if stage.each_scene and _whole_before(stage, known) & open_whole:
            continue
        _add_steps(run, stage)
        planned.append(stage.name)
        if not stage.each_scene:
            open_whole.add(stage.name)
    if planned != run.planned:
        run.planned = planned
        run.save(update_fields=["planned"])
        progress.announce(run.pk)


def _whole_before(stage: Stage, known: dict[str, Stage]) -> set[str]:
    """Every whole-film stage that lies before `stage`: it decides which scenes there are."""
    names: set[str] = set()
    for name in stage.after:
        before = known[name]
        names |= ({name} if not before.each_scene else set()) | _whole_before(before, known)
    return names


def _add_steps(run: Run, stage: Stage) -> None:
    subjects = stage.subjects(run)
    skipped = isinstance(subjects, Skip)
    wanted: tuple[Subject, ...] = (Subject(),) if isinstance(subjects, Skip) else subjects
    fields = {"status": Status.SKIPPED, "error": subjects.reason[:500]} if isinstance(subjects, Skip) else {}
    rows = [
        Step(run=run, stage=stage.name, lane=stage.lane, subject=s.key, position=s.position, **fields) for s in wanted
    ]
    Step.objects.bulk_create(rows, ignore_conflicts=True)
    if skipped:
        progress.note(run.pk, "skipped", stage=stage.name, reason=fields["error"])


def _make_ready(run: Run) -> None:
    """Mark steps whose inputs are all done, and ring for them."""
    waiting = set(
        Step.objects.filter(run=run, status=Status.PENDING, ready=False).values_list("stage", flat=True).distinct()
    )
    known = {stage.name: stage for stage in stages(run.workflow)}
    for name in (s for s in known if s in waiting):
        stage = known[name]
        due = Step.objects.filter(run=run, stage=name, status=Status.PENDING, ready=False)
        for before in stage.after:
            due = due.filter(~Exists(_unfinished(stage, known[before])))
        keys = list(due.values_list("pk", flat=True))
        if keys:
            Step.objects.filter(pk__in=keys).update(ready=True, rung_at=timezone.now())
            broker.ring(stage.lane, keys, priority=run.priority)


def _unfinished(stage: Stage, before: Stage):
    """Steps of `before` that a step of `stage` (the outer query) still waits for."""
    rows = Step.objects.filter(run=OuterRef("run"), stage=before.name).exclude(status__in=DONE)
    if stage.each_scene and before.each_scene:
        low, high = stage.reach
        rows = rows.filter(position__gte=OuterRef("position") + low, position__lte=OuterRef("position") + high)
    return rows


def _close(run: Run) -> None:
    """End the run when nothing is left, or when what is left can't go on."""
    counts = dict(Step.objects.filter(run=run).values_list("status").annotate(n=Count("pk")))
    unplanned = len(run.planned) < len(stages(run.workflow))
    if counts.get(Status.RUNNING) or Step.objects.filter(run=run, status=Status.PENDING, ready=True).exists():
        return
    if counts.get(Status.FAILED):
        first = Step.objects.filter(run=run, status=Status.FAILED).order_by("finished").first()
        end(run, Status.FAILED, error=first.error if first else "")
    elif not unplanned and not counts.get(Status.PENDING):
        end(run, Status.SUCCEEDED)


def end(run: Run, status: str, *, error: str = "") -> bool:
    """Close a run, once. False when somebody was first."""
    rows = Run.objects.filter(pk=run.pk, status__in=OPEN)
    if not rows.update(status=status, error=error[:500], finished=timezone.now()):
        return False
    run.status, run.error = status, error
    if status == Status.SUCCEEDED:
        quotas.settle(quota_key(run))
    else:
        quotas.release(quota_key(run))
    progress.note(run.pk, f"run_{status}", error=error[:500])
    transaction.on_commit(lambda: telling.ended(run))
    return True


def claim(step_id: int) -> Step | None:
    """Take a step, or None when it is not to be had. One conditional UPDATE: pending and due, or its lease ran out."""
    now = timezone.now()
    due = Q(status=Status.PENDING, ready=True) & (Q(not_before=None) | Q(not_before__lte=now))
    lost = Q(status=Status.RUNNING, lease_until__lt=now)
    rows = Step.objects.filter(Q(pk=step_id) & (due | lost), run__status__in=OPEN)
    taken = rows.update(
        status=Status.RUNNING, attempt=F("attempt") + 1, lease_until=now + LEASE, started=now, finished=None, error=""
    )
    if not taken:
        return None
    step = Step.objects.select_related("run", "run__project", "run__workspace").get(pk=step_id)
    if step.run.status == Status.PENDING:
        Run.objects.filter(pk=step.run_id, status=Status.PENDING).update(status=Status.RUNNING, started=now)
        step.run.status, step.run.started = Status.RUNNING, now
    return step


def mine(step: Step):
    """The step's row, while this attempt holds it: a zombie's update touches nothing."""
    return Step.objects.filter(pk=step.pk, attempt=step.attempt, status=Status.RUNNING)


def renew(steps: Iterable[Step]) -> set[int]:
    """Keep leases; the keys of those still held and still wanted."""
    until = timezone.now() + LEASE
    return {s.pk for s in steps if mine(s).filter(run__status__in=OPEN).update(lease_until=until)}


@transaction.atomic
def finish(step: Step, status: str, **changes: object) -> bool:
    """Close an attempt and move the run on, together. False when the attempt no longer holds the step."""
    changes.setdefault("finished", timezone.now())
    if not mine(step).update(status=status, lease_until=None, **changes):
        return False
    progress.announce(step.run_id)
    advance(step.run_id)
    return True


@transaction.atomic
def park(step: Step, *, seconds: float, **changes: object) -> bool:
    """Put a step back until later; a bell rings then. Holds no worker."""
    later = timezone.now() + timedelta(seconds=seconds)
    rows = mine(step)
    if not rows.update(status=Status.PENDING, ready=True, not_before=later, lease_until=None, **changes):
        return False
    broker.ring(step.lane, [step.pk], priority=step.run.priority, not_before=later)
    progress.announce(step.run_id)
    return True


def following(run: Run, first: Stage, scenes: Collection[int] = ()) -> set[int]:
    """Keys of the steps of `first` (at the positions `scenes`, or all) and of every step that reads what they make."""
    steps = Step.objects.filter(run=run).exclude(status=Status.SKIPPED)
    own = steps.filter(stage=first.name, **({"position__in": scenes} if scenes else {}))
    affected, keys = {first.name}, set(own.values_list("pk", flat=True))
    for later in stages(run.workflow):
        if not affected & set(later.after):
            continue
        affected.add(later.name)
        rows = steps.filter(stage=later.name)
        if scenes and later.each_scene and first.each_scene:
            low, high = later.reach
            rows = rows.filter(position__in={s - offset for s in scenes for offset in range(low, high + 1)})
        keys |= set(rows.values_list("pk", flat=True))
    return keys


def reset(steps: QuerySet[Step]) -> None:
    """Back to pending, to be made ready by `advance` when their inputs stand."""
    steps.update(
        status=Status.PENDING,
        ready=False,
        failures=0,
        error="",
        not_before=None,
        lease_until=None,
        rung_at=None,
        done=0,
    )


@transaction.atomic
def again(step: Step, first: Stage, scenes: Collection[int]) -> bool:
    """Do `first` again for `scenes` in the same run, and then this very step. False when the attempt lost the step."""
    if not mine(step).update(status=Status.PENDING, ready=False, lease_until=None):
        return False
    reset(Step.objects.filter(pk__in=following(step.run, first, scenes)))
    progress.note(step.run_id, "again", stage=first.name, scenes=sorted(scenes))
    advance(step.run_id)
    return True


@transaction.atomic
def cancel(run: Run) -> bool:
    """Stop a run: claims refuse from now on, running steps see `stopping`."""
    if not end(run, Status.CANCELLED):
        return False
    Step.objects.filter(run=run, status__in=OPEN).update(
        status=Status.CANCELLED, ready=False, lease_until=None, finished=timezone.now()
    )
    return True


def sweep() -> int:
    """Ring again for steps that wait unrung or whose worker died; advance runs that stand still. How many rang."""
    now = timezone.now()
    due = Q(status=Status.PENDING, ready=True) & (Q(not_before=None) | Q(not_before__lte=now))
    lost = Q(status=Status.RUNNING, lease_until__lt=now)
    stale = Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN)
    rows = list(
        Step.objects.filter((due & stale) | (lost & stale), run__status__in=OPEN)
        .order_by("-run__priority", "pk")
        .values_list("pk", "lane", "run__priority")[:1000]
    )
    with transaction.atomic():
        for lane, priority in sorted({(lane, priority) for _, lane, priority in rows}):
            broker.ring(lane, [pk for pk, at, p in rows if (at, p) == (lane, priority)], priority=priority)
        Step.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(rung_at=now)
    busy = Step.objects.filter(run=OuterRef("pk")).filter(
        Q(status=Status.RUNNING) | Q(status=Status.PENDING, ready=True)
    )
    for run_id in Run.objects.filter(~Exists(busy), status__in=OPEN).values_list("pk", flat=True)[:200]:
        advance(run_id)
    return len(rows)
