"""What a worker does for one bell: claim, look for the asset, run the stage, finish. Ringing twice is harmless."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from billing import entitlements
from pipeline import context, engine
from pipeline.errors import Again, BadInput, Cancelled, Later, Temporary
from pipeline.models import Status, Step
from pipeline.providers.base import ProviderFault, ProviderRefusal
from pipeline.workflows import stage as stage_of

log = logging.getLogger("litink.work")
TRIES = 4
HEARTBEAT = 4.0  # seconds; a lease lasts engine.LEASE


def work(step_id: int) -> None:
    """Do a step and, side by side, as many of its stage's other due steps as the tier allows at once."""
    first = engine.claim(step_id)
    if first is None:
        return
    with Heart() as heart:
        if first.lane != "calls":
            attempt(first, heart)
            return
        others = _due_beside(first)
        if not others:
            attempt(first, heart)
            return
        with ThreadPoolExecutor(len(others) + 1, thread_name_prefix="step") as pool:
            pool.submit(_in_thread, first, heart)
            for key in others:
                pool.submit(_claim_in_thread, key, heart)


def reuse(run_id: int) -> None:
    """Do here and now the steps whose assets stand: a film made before needs no worker, and no wait for one."""
    seen: set[int] = set()
    rows = Step.objects.filter(run_id=run_id, status=Status.PENDING, ready=True, not_before=None).order_by("pk")
    with Heart() as heart:
        while steps := list(rows.exclude(pk__in=seen).select_related("run")):
            seen |= {step.pk for step in steps}
            for key in [step.pk for step in steps if context.stands(step, stage_of(step.run.workflow, step.stage))]:
                claimed = engine.claim(key)
                if claimed is not None:
                    attempt(claimed, heart)


def _due_beside(step: Step) -> list[int]:
    parallel = entitlements.limit(step.run.workspace, "parallel")
    rows = Step.objects.filter(
        run_id=step.run_id, stage=step.stage, status=Status.PENDING, ready=True, not_before=None
    ).order_by("position")
    return list(rows.values_list("pk", flat=True)[: parallel - 1])


def _claim_in_thread(key: int, heart: Heart) -> None:
    try:
        step = engine.claim(key)
        if step is not None:
            attempt(step, heart)
    finally:
        connection.close()


def _in_thread(step: Step, heart: Heart) -> None:
    try:
        attempt(step, heart)
    finally:
        connection.close()


class Heart:
    """Renews the leases of the steps a worker holds; tells them when they are no longer wanted."""

    def __init__(self) -> None:
        self.steps: dict[int, Step] = {}
        self.lost: set[int] = set()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> Heart:
        self.thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            waited = 0.0
            while not self.stop.wait(1.0):
                waited += 1.0
                self._look(renew=waited % HEARTBEAT < 1.0)
        finally:
            connection.close()

    def _look(self, *, renew: bool) -> None:
        """Every second whether they are still wanted; every fourth their lease."""
        held = dict(self.steps)
        if not held:
            return
        try:
            if renew:
                kept = engine.renew(held.values())
            else:
                kept = set(
                    Step.objects.filter(
                        pk__in=held, status=Status.RUNNING, run__status__in=(Status.PENDING, Status.RUNNING)
                    ).values_list("pk", flat=True)
                )
            self.lost |= set(held) - kept
        except Exception:  # the database may be away for a moment: the next beat tries again
            log.warning("heartbeat missed", exc_info=True)
            connection.close()


def attempt(step: Step, heart: Heart) -> None:
    """One attempt at a claimed step, closed in every case; what kills the process leaves a lease that runs out."""
    heart.steps[step.pk] = step
    stage = stage_of(step.run.workflow, step.stage)
    try:
        ctx = context.build(step, stage, stopping=lambda: step.pk in heart.lost)
        asset, reused = context.obtain(stage, ctx)
        engine.finish(step, Status.SUCCEEDED, asset=asset, reused=reused, failures=0)
    except Again as more:
        engine.again(step, stage_of(step.run.workflow, more.stage), more.positions)
    except Later as later:
        engine.park(step, seconds=later.seconds)
    except Cancelled:
        engine.finish(step, Status.CANCELLED)
    except (BadInput, ProviderRefusal) as refusal:
        engine.finish(step, Status.FAILED, error=str(refusal)[:500])
    except (Temporary, ProviderFault) as fault:
        _retry(step, str(fault), getattr(fault, "retry_after", None))
    except Exception as fault:
        log.exception("step %s (%s) failed", step.pk, step.stage)
        _retry(step, f"{type(fault).__name__} in {step.stage}; support has the details under step {step.pk}.", None)
    finally:
        heart.steps.pop(step.pk, None)


def _retry(step: Step, message: str, after: float | None) -> None:
    """Back off 1, 4, 16 s, or as the vendor says; give up after TRIES."""
    failures = step.failures + 1
    if failures >= TRIES:
        engine.finish(step, Status.FAILED, error=message[:500], failures=failures)
    else:
        engine.park(step, seconds=after or float(4 ** (failures - 1)), failures=failures, error=message[:500])
