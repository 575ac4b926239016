"""What support does to runs, each with a row of the records: who, what, when, why. The admin and the commands call it."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from pipeline import broker, engine, progress, services
from pipeline.errors import BadInput
from pipeline.models import OPEN, Run, Status, Step, Worker

STILL = timedelta(minutes=5)  # an open run in which nothing moved for so long is stuck
ALIVE = timedelta(seconds=15)  # a supervisor beats every five
VERBS = ("retry", "cancel", "reprocess", "requeue")


def do(verb: str, run: Run, *, by: User | None, reason: str, **how: Any) -> str:
    """One of VERBS on one run, and its record, together. What was done in a sentence; BadInput says why not."""
    with transaction.atomic():
        said = {"retry": _retry, "cancel": _cancel, "reprocess": _reprocess, "requeue": _requeue}[verb](run, **how)
        facts = {name: value for name, value in how.items() if value} | ({} if by else {"shell": getpass.getuser()})
        audit(by, f"run.{verb}", workspace=run.workspace, subject=f"run {run.pk}", reason=reason, **facts)
    return said


def _retry(run: Run) -> str:
    services.retry(run)
    return f"Run {run.pk} goes on."


def _cancel(run: Run) -> str:
    if not services.cancel(run):
        run.refresh_from_db()
        raise BadInput("run.ended", f"Run {run.pk} is {run.status}; there is nothing to cancel.")
    return f"Run {run.pk} is cancelled."


def _reprocess(run: Run, *, stage: str = "", scene: int = 0, fresh: bool = False) -> str:
    count = services.reprocess(run, stage=stage, scene=scene, fresh=fresh)
    return f"{count} steps of run {run.pk} are looked at again."


def _requeue(run: Run) -> str:
    """Ring again for every step that waits, parked ones too, and for those whose worker is gone. Living ones are left."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if not locked.is_open:
        raise BadInput("run.ended", f"Run {run.pk} is {locked.status}; only a pending or running run is requeued.")
    now = timezone.now()
    lost = Step.objects.filter(run=locked, status=Status.RUNNING, lease_until__lt=now)
    lost.update(status=Status.PENDING, ready=True, lease_until=None)
    due = Step.objects.filter(run=locked, status=Status.PENDING, ready=True)
    rows = list(due.order_by("pk").values_list("pk", "lane"))
    due.update(not_before=None, rung_at=now)
    for lane in sorted({lane for _, lane in rows}):
        broker.ring(lane, [pk for pk, at in rows if at == lane], priority=locked.priority)
    progress.announce(locked.pk)
    engine.advance(locked.pk)
    return f"{len(rows)} steps of run {run.pk} are called again."


def stuck() -> QuerySet[Run]:
    """Open runs, not new, in which no step ended lately and none is held by a living worker."""
    now = timezone.now()
    moved = Step.objects.filter(Q(finished__gt=now - STILL) | Q(lease_until__gt=now)).values("run")
    return Run.objects.filter(status__in=OPEN, created__lt=now - STILL).exclude(pk__in=moved)


def alive() -> QuerySet[Worker]:
    return Worker.objects.filter(seen__gt=timezone.now() - ALIVE)
