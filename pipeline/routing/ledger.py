"""One usage row a try: written before it is sent, closed after. What a killed process left open is seen here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from billing.models import Usage
from pipeline.models import Step
from pipeline.providers.base import Usage as Used
from pipeline.providers.vendors import VENDORS
from pipeline.routing import estimate, spend
from pipeline.routing.routes import Choice

DEAD = ("key", "credits", "missing")  # kinds of fault that a repeat won't mend


@dataclass
class Call:
    """One request of a step. `of` is its hash: recipe, capability and request, the same in every attempt and process."""

    step: Step
    digest: str
    capability: str
    request: Any = field(repr=False)
    of: str = ""

    def __post_init__(self) -> None:
        self.of = hashlib.sha256(f"{self.digest}:{self.capability}:{self.request!r}".encode()).hexdigest()

    def key(self, attempt: int) -> str:
        """The name of a try in ledger and spool."""
        return hashlib.sha256(f"{self.of}:{attempt}".encode()).hexdigest() if attempt else self.of

    @property
    def workspace(self) -> int:
        return self.step.run.workspace_id


def tries(call: Call, *, seconds: float = 0) -> list[Usage]:
    """The call's tries so far, oldest first; only those of the last `seconds` when given, and those still open.

    Time in which a later try was in work does not count, or slow models would be asked in turn for ever.
    """
    rows = list(Usage.objects.filter(workspace_id=call.workspace, of=call.of).order_by("attempt"))
    if not seconds:
        return rows
    found: list[Usage] = []
    idle, before = timedelta(0), timezone.now()
    for row in reversed(rows):
        done = before if row.outcome == "sent" else row.at + timedelta(milliseconds=row.latency_ms)
        idle += max(timedelta(0), before - done)
        before = min(before, row.at)
        if idle < timedelta(seconds=seconds) or row.outcome in ("sent", "succeeded"):
            found.insert(0, row)
    return found


def next_attempt(call: Call) -> int:
    last = Usage.objects.filter(workspace_id=call.workspace, of=call.of).order_by("-attempt").first()
    return last.attempt + 1 if last else 0


def enter(call: Call, choice: Choice | None, attempt: int) -> Usage:
    """The try's row, committed before anything is sent. BadInput when it would go past the project's cap.

    A local try (no `choice`) that a killed process began goes on in its own row.
    """
    step, own = call.step, bool(choice and choice.key.own)
    cost = estimate.cost(choice.model, call.request, call.capability) if choice else Decimal(0)
    row = Usage(
        workspace_id=call.workspace,
        capability=call.capability,
        provider=choice.model.vendor if choice else "local",
        model=choice.model.name if choice else "",
        tier=step.run.tier,
        outcome="sent",
        call=call.key(attempt),
        of=call.of,
        attempt=attempt,
        estimate_usd=cost,
        own_key=own,
        project=step.run.project_id,
        run=step.run_id,
        step=step.pk,
    )
    try:
        with transaction.atomic():
            if choice and not own:
                spend.hold_cap(step.run, cost)
            row.save(force_insert=True)
    except IntegrityError:
        known = Usage.objects.get(workspace_id=call.workspace, call=row.call)
        if choice is None and known.provider not in VENDORS:
            return known
        return enter(call, choice, next_attempt(call))
    return row


def close(row: Usage, outcome: str, used: Used | None, choice: Choice | None, *, ms: int = 0, fault: str = "") -> None:
    """What became of a try. Calls on a workspace's own key cost us nothing."""
    if used is not None:
        used = estimate.priced(choice.model, used, row.estimate_usd) if choice else used
        row.unit, row.units, row.seconds = used.unit, used.units, used.seconds
        row.tokens_in, row.tokens_out, row.vendor_id = used.tokens_in, used.tokens_out, used.vendor_id[:200]
        row.cost_usd = Decimal(0) if row.own_key else used.cost_usd
        if choice is None:
            row.provider, row.model = used.provider, used.model
    row.outcome, row.fault, row.latency_ms = outcome, fault[:200], ms or row.latency_ms
    row.save()
    if choice is not None and row.cost_usd:
        spend.watch_row(row)
