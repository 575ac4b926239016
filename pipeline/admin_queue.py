"""The queue as support sees it: what waits where, what runs, what stands still, who works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.support import link
from pipeline import support
from pipeline.models import OPEN, Doorbell, Run, Status, Step, Worker

SHOWN = 50
Table = tuple[str, Sequence[str], list[tuple[Any, ...]]]


def page() -> list[Table]:
    """The tables of the page, in a fixed number of queries."""
    return [_waiting(), _running(), _oldest(), _stuck(), _workers(), _bells()]


def _waiting() -> Table:
    now = timezone.now()
    due = Q(not_before=None) | Q(not_before__lte=now)
    rows = (
        Step.objects.filter(status=Status.PENDING, ready=True, run__status__in=OPEN)
        .values("lane", "run__tier")
        .annotate(now=Count("pk", filter=due), later=Count("pk", filter=~due), oldest=Min("run__created"))
        .order_by("lane", "-run__priority", "run__tier")
        .values_list("lane", "run__tier", "now", "later", "oldest")
    )
    return "Waiting steps", ("lane", "tier", "due now", "parked", "oldest run of"), list(rows)


def _running() -> Table:
    steps = Step.objects.filter(status=Status.RUNNING, run__status__in=OPEN).select_related("run")
    rows = [
        (
            link(step, step.stage),
            step.position or "",
            step.lane,
            step.run.tier,
            step.attempt,
            step.started,
            link(step.run),
        )
        for step in steps.order_by("started", "pk")[:SHOWN]
    ]
    return "Running steps", ("stage", "scene", "lane", "tier", "attempt", "since", "run"), rows


def _runs(rows: Any) -> list[tuple[Any, ...]]:
    return [(link(r), r.tier, r.priority, r.created, link(r.project), link(r.workspace)) for r in rows]


RUN_HEAD = ("run", "tier", "priority", "created", "film", "workspace")


def _oldest() -> Table:
    rows = Run.objects.filter(status__in=OPEN).select_related("project", "workspace").order_by("created", "pk")
    return "Oldest open runs", RUN_HEAD, _runs(rows[:10])


def _stuck() -> Table:
    rows = support.stuck().select_related("project", "workspace").order_by("created", "pk")
    return "Stuck: open, and nothing moved for five minutes", RUN_HEAD, _runs(rows[:SHOWN])


def _workers() -> Table:
    since = timezone.now() - support.ALIVE
    rows = [
        ("alive" if w.seen > since else "silent", w.name, ", ".join(f"{k} × {n}" for k, n in w.lanes.items()), w.started, w.seen)
        for w in Worker.objects.order_by("-seen")[:SHOWN]
    ]  # fmt: skip
    return "Workers", ("state", "name", "lanes", "since", "seen"), rows


def _bells() -> Table:
    rows = Doorbell.objects.values("lane").annotate(n=Count("pk"), oldest=Min("not_before")).order_by("lane")
    return "Bells that hang", ("lane", "bells", "oldest due"), list(rows.values_list("lane", "n", "oldest"))
