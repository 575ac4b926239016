"""Slow work: a job is submitted once, its ticket committed before anybody polls; the step parks until it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from billing.models import Usage
from pipeline import broker, progress
from pipeline.errors import Cancelled, Later, Refused
from pipeline.models import Run, Status, Step, VendorJob
from pipeline.providers.base import MediaResult, ProviderFault, ProviderRefusal, Ticket
from pipeline.routing import book, calls, catalogue, circuit, ledger, limits, spool, validate
from pipeline.routing.calls import Next
from pipeline.routing.ledger import Call
from pipeline.routing.routes import Choice
from pipeline.routing.validate import Garbage

FAULTS = 5  # of polling, in a row, before a job is given up
SOONEST, SLOWEST = 3.0, 30.0  # seconds between two polls
FORGOTTEN = timedelta(hours=24)
LOST = ("missing", "garbage", "credits")  # kinds of fault after which a job never gives anything


def obtain(call: Call, choices: list[Choice], stopping: Callable[[], bool]) -> MediaResult | None:
    """The result; Later while the vendor works; None when no vendor could make it."""
    deadline = catalogue.current().deadlines.get(call.capability, 1800.0)
    past = ledger.tries(call, seconds=deadline)
    for row in past:
        answer = spool.get(call.digest, row.call) if row.outcome == "succeeded" else None
        if isinstance(answer, MediaResult):
            return answer
    job = VendorJob.objects.filter(workspace_id=call.workspace, of=call.of, closed=None).order_by("-pk").first()
    if job is not None:
        found = _collect(job, call, choices, deadline)
        if found is not None:
            return found
        past = ledger.tries(call, seconds=deadline)
    _orphans(past, call)
    for choice in choices:
        try:
            _submit(call, choice, past, stopping)
        except Next:
            continue
    return None


def _orphans(past: list[Usage], call: Call) -> None:
    """Rows whose job was never written down: the worker died between the vendor's yes and ours."""
    for row in past:
        known = VendorJob.objects.filter(workspace_id=call.workspace, call=row.call, closed=None).exists()
        if row.outcome == "sent" and not known:
            ledger.close(row, "ambiguous", None, None, fault="the worker was lost while it submitted")


def _submit(call: Call, choice: Choice, past: list[Usage], stopping: Callable[[], bool]) -> None:
    """Hand the job in, commit its ticket, and park the step. Next when the model is of no use now."""
    policy = catalogue.current().policy
    while True:
        if stopping():
            raise Cancelled
        mine = [row for row in past if row.provider == choice.model.vendor and row.model == choice.model.name]
        calls.worth_trying(mine, policy, call.capability)
        attempt = ledger.next_attempt(call)
        holder = call.key(attempt)
        calls.reserve(choice, holder, policy, stopping)
        if not circuit.allows(choice.circuit):
            limits.give_back(holder)
            raise Next("it has failed often lately")
        try:
            row, job = _opened(call, choice, attempt)
        except BaseException:
            limits.give_back(holder)
            raise
        past.append(row)
        try:
            ticket = choice.build().submit(_with_callback(call.request, job))
        except ProviderFault as fault:
            _shut(job, holder)
            calls.failed(row, choice, fault, 0)
            calls.wait(fault, len(mine), policy, stopping)
            continue
        except ProviderRefusal as refusal:
            _shut(job, holder)
            ledger.close(row, "refused", refusal.usage, choice, fault=f"{refusal.kind}: {refusal}")
            raise calls.refused(refusal, call) from refusal
        spool.put(call.digest, f"{row.call}.ticket", ticket)
        VendorJob.objects.filter(pk=job.pk).update(ticket=asdict(ticket), submitted=timezone.now())
        limits.keep(holder, catalogue.current().deadlines.get(call.capability, 1800.0))
        circuit.succeeded(choice.circuit)
        raise Later(ticket.poll_after)


@transaction.atomic
def _opened(call: Call, choice: Choice, attempt: int) -> tuple[Usage, VendorJob]:
    row = ledger.enter(call, choice, attempt)
    job = VendorJob.objects.create(
        workspace_id=call.workspace, call=row.call, of=call.of, step=call.step.pk, usage=row.pk, choice=choice.id,
        capability=call.capability,
    )  # fmt: skip
    return row, job


def _with_callback(request: Any, job: VendorJob) -> Any:
    """Vendors reach us by https only; everybody else is polled."""
    if not settings.SITE_URL.startswith("https://") or "callback" not in type(request).__dataclass_fields__:
        return request
    try:
        return replace(request, callback=settings.SITE_URL + reverse("vendor_webhook", args=[job.token]))
    except NoReverseMatch:
        return request


def _collect(job: VendorJob, call: Call, choices: list[Choice], deadline: float) -> MediaResult | None:
    """Ask for a job: its result, Later, or None when it is given up."""
    row = Usage.objects.get(pk=job.usage)
    choice = next((c for c in choices if c.id == job.choice), None) or book.still(job.choice, call)
    kept = spool.get(call.digest, f"{job.call}.ticket")
    ticket = Ticket(**job.ticket) if job.ticket else kept
    if ticket is None or choice is None:
        _give_up(job, row, choice, "its ticket or its key is lost")
        return None
    if job.step != call.step.pk:
        VendorJob.objects.filter(pk=job.pk).update(step=call.step.pk)
    done = spool.get(call.digest, job.call)
    try:
        result = done if done is not None else choice.build().collect(ticket, _file(call, job))
    except ProviderFault as fault:
        _poll_failed(job, row, choice, fault)
        return None
    except ProviderRefusal as refusal:
        _shut(job, job.call)
        ledger.close(row, "refused", refusal.usage, choice, ms=_age(job), fault=f"{refusal.kind}: {refusal}")
        if refusal.kind == "moderation":
            raise Refused("provider.moderation", calls.refused_words(call)) from refusal
        return None
    if result is None:
        if _age(job) > deadline * 1000:
            _give_up(job, row, choice, "it was not done in time")
            return None
        VendorJob.objects.filter(pk=job.pk).update(polls=job.polls + 1, faults=0)
        raise Later(_pause(job))
    return _judged(job, row, choice, call, result)


def _file(call: Call, job: VendorJob) -> Path:
    """Where the job's film is streamed to: beside the answers, until the asset stands."""
    home = spool.folder(call.digest)
    home.mkdir(parents=True, exist_ok=True)
    return home / f"{job.call}.film"


def _pause(job: VendorJob) -> float:
    """Seconds until the next poll: a tenth of the job's age, so that nothing waits much longer than it takes; a webhook
    comes sooner."""
    return min(SLOWEST, max(SOONEST, _age(job) / 10_000))


def _judged(job: VendorJob, row: Usage, choice: Choice, call: Call, result: MediaResult) -> MediaResult | None:
    spool.put(call.digest, job.call, result)
    try:
        validate.check(call.capability, call.request, result)
    except Garbage as bad:
        ledger.close(row, "garbage", result.usage, choice, ms=_age(job), fault=str(bad))
        circuit.failed(choice.circuit, "garbage")
        _shut(job, job.call)
        return None
    ledger.close(row, "succeeded", result.usage, choice, ms=_age(job))
    _shut(job, job.call)
    return result


def _poll_failed(job: VendorJob, row: Usage, choice: Choice, fault: ProviderFault) -> None:
    """Asking costs nothing and is repeated; a job that is lost or failed is closed."""
    if fault.kind in LOST or (fault.usage is not None and not fault.safe) or job.faults + 1 >= FAULTS:
        free = fault.usage is not None and fault.usage.priced and not fault.usage.cost_usd
        outcome = "failed" if free else "garbage" if fault.usage is not None else "ambiguous"
        ledger.close(row, outcome, fault.usage, choice, ms=_age(job), fault=f"{fault.kind or 'fault'}: {fault}")
        circuit.failed(choice.circuit, fault.kind or "fault")
        _shut(job, job.call)
        return
    VendorJob.objects.filter(pk=job.pk).update(faults=job.faults + 1)
    raise Later(min(SLOWEST, fault.retry_after if fault.retry_after is not None else 2.0 ** (job.faults + 1)))


def _give_up(job: VendorJob, row: Usage, choice: Choice | None, why: str) -> None:
    ledger.close(row, "ambiguous", None, choice, ms=_age(job), fault=why)
    if choice:
        circuit.failed(choice.circuit, why)
    _shut(job, job.call)


def _shut(job: VendorJob, holder: str) -> None:
    VendorJob.objects.filter(pk=job.pk).update(closed=timezone.now())
    limits.give_back(holder)


def _age(job: VendorJob) -> int:
    """Milliseconds since it was submitted."""
    return int((timezone.now() - job.submitted) / timedelta(milliseconds=1))


def close_lost() -> int:
    """Jobs of runs that ended and were not begun again: what they cost is not known, and nobody asks any more."""
    old = VendorJob.objects.filter(closed=None, submitted__lt=timezone.now() - FORGOTTEN)
    open_steps = Step.objects.filter(status__in=(Status.PENDING, Status.RUNNING)).values("pk")
    closed = 0
    for job in old.exclude(step__in=open_steps):
        row = Usage.objects.filter(pk=job.usage, outcome="sent").first()
        if row is not None:
            ledger.close(row, "ambiguous", None, None, ms=_age(job), fault="its run ended before the vendor was asked")
        _shut(job, job.call)
        closed += 1
    return closed


def open_job(token: str) -> VendorJob | None:
    """The job that still goes on under the token of an address."""
    return VendorJob.objects.filter(token=token, closed=None).first() if token else None


@transaction.atomic
def wake(job: VendorJob) -> None:
    """A vendor says that a job is done: its step looks now. Nothing else of the message is believed, and a second one
    changes nothing."""
    parked = Step.objects.filter(pk=job.step, status=Status.PENDING, ready=True, not_before__gt=timezone.now())
    if parked.update(not_before=None):
        lane, run = Step.objects.values_list("lane", "run").get(pk=job.step)
        broker.ring(lane, [job.step], priority=Run.objects.values_list("priority", flat=True).get(pk=run))
        progress.announce(run)
