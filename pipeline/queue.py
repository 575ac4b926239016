"""Where a run stands in the queue, and when it may be ready: told from rows at any time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.db.models import Q

from pipeline.models import OPEN, Run, Status, Step
from pipeline.tallies import Tallies, tallies
from pipeline.workflows import stages

# Seconds of one step when nothing was measured yet; replaced by the median of the last steps of that stage.
FIRST_GUESS: dict[str, float] = {}
UNKNOWN = 3.0
SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """`fraction` 0..1 of the estimated work; `seconds_left` estimated; `ahead`: runs served before this one."""

    done: int
    total: int
    fraction: float
    seconds_left: float
    ahead: int


def place(run: Run) -> int:
    """How many open runs are served before this one: of a higher priority, or of the same and earlier."""
    if not run.is_open:
        return 0
    before = Q(priority__gt=run.priority) | Q(priority=run.priority, created__lt=run.created)
    return Run.objects.filter(before, status__in=OPEN).exclude(pk=run.pk).count()


def typical_seconds(workflow: str) -> dict[str, float]:
    """{stage: median seconds of its last steps that made something}."""
    found = {}
    for stage in stages(workflow):
        rows = Step.objects.filter(stage=stage.name, status=Status.SUCCEEDED, reused=False, started__isnull=False)
        seconds = [step.seconds for step in rows.order_by("-pk")[:SAMPLE]]
        found[stage.name] = median(seconds) if seconds else FIRST_GUESS.get(stage.name, UNKNOWN)
    return found


_usual: dict[str, tuple[float, dict[str, float]]] = {}


def usual_seconds(workflow: str) -> dict[str, float]:
    """The same, looked up once in ten seconds: not for every page and every viewer's every picture."""
    at, found = _usual.get(workflow, (0.0, {}))
    if time.monotonic() - at > 10 or not found:
        found = typical_seconds(workflow)
        _usual[workflow] = (time.monotonic(), found)
    return found


def estimate(run: Run, typical: Mapping[str, float] | None = None, counted: Tallies | None = None) -> Progress:
    """Progress by real units: steps done, and of running ones their own units, weighed by what a step takes."""
    typical = typical or typical_seconds(run.workflow)
    counted = tallies(run) if counted is None else counted
    sums = {stage: sum(tally.steps for tally in own.values()) for stage, own in counted.items()}
    scenes = max(sums.values(), default=0) or 12
    left = spent = 0.0
    for stage in stages(run.workflow):
        share = typical[stage.name] / _lanes(stage.lane)
        if stage.name not in counted:
            left += share * (scenes if stage.each_scene else 1)
        for status, tally in counted.get(stage.name, {}).items():
            done = float(tally.steps) if status not in OPEN else tally.units
            spent, left = spent + share * done, left + share * (tally.steps - done)
    finished = sum(tally.steps for own in counted.values() for status, tally in own.items() if status not in OPEN)
    total = sum(sums.values())
    return Progress(finished, total, spent / (spent + left) if spent + left else 1.0, left, place(run))


def _lanes(lane: str) -> int:
    return int(settings.Q_CLUSTER["ALT_CLUSTERS"][lane]["workers"])
