"""Which model now, and the ledger: every call is one usage row, written before it is sent and settled after."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from billing.models import Usage
from pipeline.errors import BadInput, Cancelled
from pipeline.models import Step
from pipeline.routing import local, spool

VERBS = {
    "text": "write",
    "image": "draw",
    "speech": "speak",
    "transcription": "transcribe",
    "moderation": "moderate",
}


class Router:
    """Gives a step its capabilities."""

    def __init__(self, *, step: Step, digest: str, stopping: Callable[[], bool]) -> None:
        self.step, self.digest, self.stopping = step, digest, stopping

    def capability(self, name: str) -> Capability:
        """BadInput when no provider of it is configured."""
        provider = local.provider(name)
        if provider is None:
            raise BadInput("capability.none", f"No provider for {name} is configured.")
        return Capability(self, name, provider)

    def forget(self) -> None:
        """The asset stands: its answers are no longer needed."""
        spool.forget(self.digest)


class Capability:
    """One capability with its one verb, routed, recorded and never paid twice."""

    def __init__(self, router: Router, name: str, provider: Any) -> None:
        self.router, self.name, self.provider = router, name, provider

    def __getattr__(self, verb: str) -> Any:
        if verb != VERBS[self.name]:
            return getattr(self.provider, verb)
        return self._call

    def _call(self, request: Any) -> Any:
        """The provider's result; from disk when a killed attempt had it already."""
        router = self.router
        if router.stopping():
            raise Cancelled
        call = hashlib.sha256(f"{router.digest}:{self.name}:{request!r}".encode()).hexdigest()
        row = self._enter(call)
        result = spool.get(router.digest, call)
        if result is None:
            began = time.monotonic()
            try:
                result = getattr(self.provider, VERBS[self.name])(request)
            except Exception:
                Usage.objects.filter(pk=row.pk).update(outcome="failed", latency_ms=_ms(began))
                raise
            spool.put(router.digest, call, result)
            row.latency_ms = _ms(began)
        self._settle(row, result)
        return result

    def _enter(self, call: str) -> Usage:
        """The call's row, committed before anything is sent."""
        step = self.router.step
        try:
            with transaction.atomic():
                return Usage.objects.create(
                    workspace_id=step.run.workspace_id,
                    capability=self.name,
                    provider="local",
                    model="",
                    tier=step.run.tier,
                    outcome="sent",
                    call=call,
                    project=step.run.project_id,
                    run=step.run_id,
                    step=step.pk,
                )
        except IntegrityError:
            return Usage.objects.get(workspace_id=step.run.workspace_id, call=call)

    def _settle(self, row: Usage, result: Any) -> None:
        used = result.usage
        row.provider, row.model, row.unit, row.units = used.provider, used.model, used.unit, used.units
        row.tokens_in, row.tokens_out, row.cost_usd = used.tokens_in, used.tokens_out, used.cost_usd
        row.vendor_id, row.outcome = used.vendor_id, "succeeded"
        row.save()


def _ms(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
