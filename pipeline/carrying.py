"""A run that goes on from another: what stands is taken over, what changed is put back to pending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline import engine
from pipeline.models import Run, Status, Step
from pipeline.stages.base import Skip, Subject
from pipeline.workflows import stages

COPIED = ("recipe", "asset_id", "checkpoint")


def carry(run: Run, old: Run, due: Mapping[str, set[int]]) -> int:
    """Give `run` its steps: those of `old`, by subject; pending are new ones, and of `due` ({stage: scene keys}) all
    with everything that reads what they make. How many are pending."""
    known = {(step.stage, step.subject): step for step in Step.objects.filter(run=old)}
    for stage in stages(run.workflow):
        subjects = stage.subjects(run)
        wanted: Sequence[Subject] = (Subject(),) if isinstance(subjects, Skip) else subjects
        Step.objects.bulk_create(
            (_copied(run, stage.name, stage.lane, s, known.get((stage.name, s.key)), subjects) for s in wanted),
            batch_size=500,
        )
    run.planned = [stage.name for stage in stages(run.workflow)]
    run.save(update_fields=["planned"])
    engine.reset(Step.objects.filter(pk__in=_pending(run, due)))
    return Step.objects.filter(run=run, status=Status.PENDING).count()


def _copied(run: Run, name: str, lane: str, subject: Subject, old: Step | None, subjects: object) -> Step:
    step = Step(run=run, stage=name, lane=lane, subject=subject.key, position=subject.position)
    if isinstance(subjects, Skip):
        step.status, step.error = Status.SKIPPED, subjects.reason[:500]
    elif old is not None and old.status == Status.SUCCEEDED:
        step.status, step.reused = Status.SUCCEEDED, True
        for field in COPIED:
            setattr(step, field, getattr(old, field))
    return step


def _pending(run: Run, due: Mapping[str, set[int]]) -> set[int]:
    """Keys of the steps that are due, and of all that follow from them and from new scenes."""
    keys: set[int] = set()
    for stage in (s for s in stages(run.workflow) if s.each_scene):
        own = Step.objects.filter(run=run, stage=stage.name).exclude(status=Status.SKIPPED)
        fresh = set(own.filter(status=Status.PENDING).values_list("position", flat=True))
        asked = set(own.filter(subject__in=due.get(stage.name, ())).values_list("position", flat=True))
        if fresh | asked:
            keys |= engine.following(run, stage, sorted(fresh | asked))
    return keys


def displaced(old: Sequence[int], new: Sequence[int], reach: tuple[int, int]) -> set[int]:
    """Keys of `new` that have other neighbours within `reach` than they had in `old`."""
    before = _windows(old, reach)
    return {key for key, window in _windows(new, reach).items() if before.get(key) != window}


def _windows(order: Sequence[int], reach: tuple[int, int]) -> dict[int, tuple[int, ...]]:
    low, high = reach
    return {
        key: tuple(order[n] if 0 <= n < len(order) else 0 for n in range(place + low, place + high + 1))
        for place, key in enumerate(order)
    }
