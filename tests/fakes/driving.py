"""A run worked off in this process, in no time: where a worker would wait, the clock of its rows is put forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from billing.models import Usage
from pipeline import tasks
from pipeline.models import Allowance, Circuit, Run, Slot, Status, Step, VendorJob
from pipeline.rendering.parts import FPS, RATE
from pipeline.rendering.plan import LEAD
from tests.fakes.deepgram import Heard

MOST = 3000  # attempts of steps of one run: more are a run that never ends
CLOCKS = {
    VendorJob: ("submitted",), Usage: ("at",), Allowance: ("at", "blocked_until"), Slot: ("until",),
    Circuit: ("until", "probing", "last_fault"),
}  # fmt: skip


def drive(run: Run) -> Run:
    """Until nothing of it is left to do. AssertionError when it never ends."""
    for _ in range(MOST):
        due = Step.objects.filter(run=run, status=Status.PENDING, ready=True).order_by(
            F("not_before").asc(nulls_first=True)
        )
        step = due.first()
        if step is None:
            run.refresh_from_db()
            return run
        if step.not_before and (seconds := (step.not_before - timezone.now()).total_seconds()) > 0:
            pass_time(seconds)
            due.filter(not_before__isnull=False).update(not_before=F("not_before") - timedelta(seconds=seconds))
        tasks.work(step.pk)
    raise AssertionError(f"run {run.pk} never ends")


def pass_time(seconds: float) -> None:
    """Everything that waits for a time waits so much less."""
    for model, fields in CLOCKS.items():
        for field in fields:
            rows = model.objects.filter(**{f"{field}__isnull": False})
            rows.update(**{field: F(field) - timedelta(seconds=seconds)})


def hearing(run: Run) -> Callable[[bytes], list[Heard]]:
    """An ear for the run's film: what it hears is what was said, and when."""

    def hears(_: bytes) -> list[Heard]:
        film = Step.objects.get(run=run, stage="post_processing").asset
        starts = dict(film.meta["scenes"])
        found: list[Heard] = []
        for step in Step.objects.filter(run=run, stage="audio_generation").select_related("asset").order_by("position"):
            rate, at = step.asset.meta["rate"], starts[step.position] / FPS + LEAD / RATE
            found += [(w, at + s / rate, at + max(e, s + 1) / rate) for w, s, e, _ in step.asset.meta["words"]]
        connection.close()  # this is a thread of the fake
        return found

    return hears
