"""Jobs that quick verbs begin at their vendors: the ticket is committed before it is polled, and outlives the process.

One try is one usage row and at most one job at a time; a verb of many jobs (speech) has done all before the one in work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.utils import timezone

from billing.models import Usage
from pipeline.models import VendorJob
from pipeline.providers import narration
from pipeline.providers.base import Ticket
from pipeline.providers.base import Usage as Used
from pipeline.routing import catalogue, limits, routes, spool
from pipeline.routing.ledger import Call
from pipeline.routing.routes import Choice


class Book:
    """Implements `JobBook` for one try. What was paid, and the takes it paid for, are written before each next job."""

    def __init__(self, call: Call, row: Usage, choice: Choice, provider: Any) -> None:
        self.call, self.row, self.choice, self.provider = call, row, choice, provider
        self.job = open_job(row) if hasattr(provider, "book") else None
        state = spool.get(call.digest, _name(call, choice))
        takes, paid_in, paid = state or ({}, "", [])
        self.paid: list[Used] = list(paid) if paid_in == row.call else []
        if hasattr(provider, "kept"):
            provider.kept.load(takes)

    def begin(self, mark: str) -> Ticket | None:
        """Its ticket, or None, and then the book says that a job is being handed in."""
        if self.job is None:
            return None
        held = dict(self.job.ticket or {})
        if held and held.pop("mark") == mark:
            return Ticket(**held)
        self.save()
        self._write(ticket=None)
        return None

    def hold(self, mark: str, ticket: Ticket) -> None:
        """Committed. The job's time begins now."""
        if self.job is None:
            self.save()
            self.job = VendorJob(
                workspace_id=self.call.workspace, call=self.row.call, of=self.call.of, usage=self.row.pk,
                choice=self.choice.id, capability=self.call.capability,
            )  # fmt: skip
        self._write(ticket=asdict(ticket) | {"mark": mark}, submitted=timezone.now(), polls=0)

    def _write(self, **facts: Any) -> None:
        assert self.job is not None
        for name, value in facts.items():
            setattr(self.job, name, value)
        self.job.step = self.call.step.pk or 0  # a preview's step has no row
        self.job.save()

    def polled(self) -> float:
        """The vendor was asked once more; seconds since the job was handed in."""
        if self.job is None:
            return 0.0
        self._write(polls=self.job.polls + 1)
        return (timezone.now() - self.job.submitted) / timedelta(seconds=1)

    def save(self, *, settled: bool = False) -> None:
        """Takes, for another process; what they cost, too, as long as it is not `settled` in the row."""
        takes = self.provider.kept.state() if hasattr(self.provider, "kept") else {}
        if takes or self.paid:
            state = (takes, "" if settled else self.row.call, [] if settled else self.paid)
            spool.put(self.call.digest, _name(self.call, self.choice), state)

    def close(self) -> None:
        """The try is over, and its row is closed."""
        if self.job is not None:
            shut(self.row)
            self.job = None


def open_job(row: Usage) -> VendorJob | None:
    return VendorJob.objects.filter(workspace_id=row.workspace_id, call=row.call, closed=None).first()


def shut(row: Usage) -> None:
    """A try whose job is over holds no slot, either, whoever took it."""
    limits.give_back(row.call)
    VendorJob.objects.filter(workspace_id=row.workspace_id, call=row.call, closed=None).update(closed=timezone.now())


def going_on(row: Usage, call: Call, choices: Iterable[Choice]) -> Choice | None:
    """Whose job a try waits for, when there is one to be asked for: its model's, though the route may have lost it."""
    job = open_job(row)
    if job is None or job.ticket is None:
        return None
    known = next((one for one in choices if one.id == job.choice), None)
    return known or still(job.choice, call)


def still(choice: str, call: Call) -> Choice | None:
    """A model that the route no longer has; None where its key is gone."""
    model = catalogue.current().model(choice)
    key = routes.known_keys(call.step.run.workspace).get(model.vendor)
    return Choice(call.capability, model, key) if key else None


def known_cost(row: Usage, call: Call, choice: Choice | None) -> Used | None:
    """What a lost try has paid for sure: its jobs before the last one."""
    state = spool.get(call.digest, _name(call, choice)) if choice else None
    return narration.summed(state[2]) if state and state[1] == row.call else None


def _name(call: Call, choice: Choice) -> str:
    return f"{call.of}.{choice.id.replace('/', '_')}.takes"
