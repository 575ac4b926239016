"""One call through the models of its route: limits, tries, waits, checks; then the next model; None when all are through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NoReturn

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Usage
from pipeline import progress
from pipeline.errors import Cancelled, Later, Refused
from pipeline.providers.base import ProviderFault, ProviderRefusal, Unfinished
from pipeline.providers.narration import summed
from pipeline.routing import book, catalogue, circuit, estimate, ledger, limits, repair, spool, validate, voices
from pipeline.routing.book import Book
from pipeline.routing.ledger import Call
from pipeline.routing.routes import Choice
from pipeline.routing.validate import Garbage

VERBS = {
    "text": "write",
    "image": "draw",
    "speech": "speak",
    "transcription": "transcribe",
    "moderation": "moderate",
    "sound": "sound",
    "music": "compose",
}
SOONEST, SLOWEST = 3.0, 30.0  # seconds between two looks at a job that the vendor has in work
Check = Callable[[Any], str]  # what is wrong with an answer, or ""
OnText = Callable[[str], None]  # hears a text as it is written


class Next(Exception):
    """This model is of no use for the call now; the next one is asked."""


class Parked(Later):
    """The vendor works on a job of the call, which keeps its slot and its row."""


@dataclass
class Asking:
    """A call being made. `check` holds answers to what the caller knows (invented scenes, another language)."""

    call: Call
    stopping: Callable[[], bool]
    check: Check | None = None
    on_text: OnText | None = None
    past: list[Usage] = field(default_factory=list)
    said: str = ""  # why the last model was of no use
    built: dict[str, Any] = field(default_factory=dict)  # providers remember what a half-done call has paid
    jobs: Book | None = None  # of the try that is being made

    def ask(self, choices: list[Choice]) -> Any | None:
        """The first good answer; None when no model gave one. Later, Refused, BadInput as they come."""
        policy, deadline = catalogue.current().policy, self.deadline
        self.past = ledger.tries(self.call, seconds=deadline)
        found = self._picked_up(choices)
        if found is not None:
            return found
        for place, choice in enumerate(self._in_work_first(choices)):
            if place:
                self._note("other_model", choice.id)
            try:
                return self._of(choice, policy)
            except Next as why:
                self.said = str(why)
        return None

    @property
    def deadline(self) -> float:
        return catalogue.current().deadlines.get(self.call.capability, 240.0)

    def _picked_up(self, choices: list[Choice]) -> Any | None:
        """An answer that came before this process: its row is closed now. A try without one may have been billed."""
        for row in self.past:
            answer = spool.get(self.call.digest, row.call)
            choice = next((c for c in choices if _is_of(row, c)), None)
            if answer is not None and row.outcome in ("sent", "succeeded"):
                try:
                    return self._judged(row, choice, answer, 0) if row.outcome == "sent" else answer
                except Garbage:
                    continue
                finally:
                    book.shut(row)
            if row.outcome == "sent" and row.provider != "local" and not book.going_on(row, self.call, choices):
                cost = book.known_cost(row, self.call, choice)
                ledger.close(row, "ambiguous", cost, choice, fault="the worker was lost while it waited")
                book.shut(row)
        return None

    def _in_work_first(self, choices: list[Choice]) -> list[Choice]:
        """A model that has a job of this call in work is asked for it before any other is paid."""
        found = (book.going_on(row, self.call, choices) for row in self.past if row.outcome == "sent")
        busy = [choice for choice in found if choice is not None]
        return [*busy, *(choice for choice in choices if choice not in busy)]

    def _of(self, choice: Choice, policy: catalogue.Policy) -> Any:
        """An answer of one model. Next when it is of no use now."""
        self._fits(choice)
        request, began = self.call.request, time.monotonic()
        while True:
            if self.stopping():
                raise Cancelled
            mine = [row for row in self.past if _is_of(row, choice)]
            busy = next((row for row in mine if row.outcome == "sent"), None)
            if busy is None:
                worth_trying(mine, policy, self.call.capability)
            if time.monotonic() - began > self.deadline:
                raise Next("it took too long")
            if mine and mine[-1].outcome == "garbage":
                request = repair.again(self.call.request, self._bad_answer(mine[-1]), mine[-1].fault)
            try:
                return self._try(choice, request, policy) if busy is None else self._go_on(busy, choice, request)
            except Garbage:
                continue
            except ProviderFault as fault:
                wait(fault, len(mine), policy, self.stopping)

    def _fits(self, choice: Choice) -> None:
        """Next when a text is too long for the model."""
        if self.call.capability == "text":
            request = self.call.request
            asked = estimate.tokens(request.system) + estimate.tokens(request.prompt) + request.max_tokens
            if asked > choice.model.context:
                raise Next("the text is too long for it")

    def _bad_answer(self, row: Usage) -> str:
        return str(getattr(spool.get(self.call.digest, row.call), "text", ""))

    def _try(self, choice: Choice, request: Any, policy: catalogue.Policy) -> Any:
        """One try: a slot, a row, the call, its answer judged."""
        attempt = ledger.next_attempt(self.call)
        holder = self.call.key(attempt)
        reserve(choice, holder, policy, self.stopping)
        with self._slot(holder):
            if not circuit.allows(choice.circuit):
                raise Next("it has failed often lately")
            row = ledger.enter(self.call, choice, attempt)
            self.past.append(row)
            return self._send(row, choice, request)

    def _go_on(self, row: Usage, choice: Choice, request: Any) -> Any:
        """The try whose job is in work, in its own row and slot."""
        with self._slot(row.call):
            return self._send(row, choice, request)

    @contextmanager
    def _slot(self, holder: str) -> Iterator[None]:
        """Given back when the try is over."""
        try:
            yield
        except Parked:
            limits.keep(holder, self.deadline)
            raise
        except BaseException:
            limits.give_back(holder)
            raise
        limits.give_back(holder)

    def _send(self, row: Usage, choice: Choice, request: Any) -> Any:
        """The answer, judged. A book of jobs is closed with its row."""
        self.jobs = None
        try:
            return self._answer(row, choice, request)
        finally:
            if self.jobs is not None and row.outcome != "sent":
                self.jobs.close()

    def _answer(self, row: Usage, choice: Choice, request: Any) -> Any:
        try:
            answer = self._asked(row, choice, request)
        except Unfinished as busy:
            self._park(row, choice, busy)
        except ProviderFault as fault:
            self._failed(row, choice, fault)
            raise
        except ProviderRefusal as refusal:
            ledger.close(row, "refused", refusal.usage, choice, ms=_ms(row), fault=f"{refusal.kind}: {refusal}")
            raise refused(refusal, self.call) from refusal
        spool.put(self.call.digest, row.call, answer)
        return self._judged(row, choice, answer, _ms(row))

    def _asked(self, row: Usage, choice: Choice, request: Any) -> Any:
        """One object for all tries of a call: takes that were paid before a failure are not paid again."""
        if choice.id not in self.built:
            self.built[choice.id] = provider = choice.build()
            if hasattr(provider, "aligner"):
                provider.aligner = voices.aligner() or provider.aligner
        provider = self.built[choice.id]
        self.jobs = Book(self.call, row, choice, provider)
        if hasattr(provider, "book"):
            provider.book = self.jobs
        if self.call.capability == "speech":
            request = voices.fit(request, provider, choice, self.call.workspace)
        if self.on_text and getattr(provider, "stream", False):
            return provider.write(request, on_text=self.on_text)
        return getattr(provider, VERBS[self.call.capability])(request)

    def _park(self, row: Usage, choice: Choice, busy: Unfinished) -> NoReturn:
        """No worker sleeps while a vendor works. What is not done by the call's deadline may be billed all the same."""
        assert self.jobs is not None
        age = self.jobs.polled()
        if age <= self.deadline:
            raise Parked(min(SLOWEST, max(SOONEST, busy.seconds or age / 10)))
        late = ProviderFault(
            "it was not done in time", safe=False, ambiguous=True, kind="late", usage=summed(self.jobs.paid)
        )
        self._failed(row, choice, late)
        raise Next("it was not done in time") from busy

    def _failed(self, row: Usage, choice: Choice, fault: ProviderFault) -> None:
        """What was paid stands in the row now. Takes are kept for another process, too: the step may be parked."""
        failed(row, choice, fault, _ms(row))
        if self.jobs is not None:
            self.jobs.save(settled=True)

    def _judged(self, row: Usage, choice: Choice | None, answer: Any, ms: int) -> Any:
        """The answer with its row closed. Garbage when it was paid for and is no good."""
        try:
            good = validate.check(self.call.capability, self.call.request, answer)
            problem = self.check(good) if self.check else ""
            if problem:
                raise Garbage(problem)
        except Garbage as bad:
            ledger.close(row, "garbage", answer.usage, choice, ms=ms, fault=str(bad))
            if choice:
                circuit.failed(choice.circuit, "garbage")
            raise
        if good is not answer:
            spool.put(self.call.digest, row.call, good)
        ledger.close(row, "succeeded", answer.usage, choice, ms=ms)
        if choice:
            circuit.succeeded(choice.circuit)
        return good

    def _note(self, kind: str, model: str) -> None:
        step = self.call.step
        progress.note(
            step.run_id, kind, stage=step.stage, position=step.position, capability=self.call.capability, model=model
        )


def refused(refusal: ProviderRefusal, call: Call) -> Exception:
    """Content rules are the user's matter; a request that one model does not take may suit another."""
    if refusal.kind != "moderation":
        return Next("it does not take the request")
    return Refused("provider.moderation", refused_words(call))


def wait(fault: ProviderFault, before: int, policy: catalogue.Policy, stopping: Callable[[], bool]) -> None:
    """Back off, or as the vendor says: here when it is short, parked when it is long, elsewhere when too long."""
    if fault.kind in ledger.DEAD or not (fault.safe or fault.ambiguous):
        raise Next(fault.kind or "it failed")
    seconds = fault.retry_after if fault.retry_after is not None else policy.backoff * 2**before
    if seconds > policy.wait_most:
        raise Next("it asks to wait too long")
    rest(seconds, policy, stopping)


def refused_words(call: Call) -> str:
    """What the maker reads when a vendor's content rules say no."""
    place = call.step.position
    if place:
        return _(
            "Scene %(n)s was refused by the provider's content rules. Change its words, or choose another model, and "
            "go on."
        ) % {"n": place}
    return _("The text was refused by the provider's content rules. Choose other chapters or another model, and go on.")


def failed(row: Usage, choice: Choice, fault: ProviderFault, ms: int) -> None:
    """Close the row of a try that failed; the account waits when it was told to, the circuit counts."""
    outcome = "ambiguous" if fault.ambiguous else "garbage" if _lost(fault, row.capability) else "failed"
    ledger.close(row, outcome, fault.usage, choice, ms=ms, fault=f"{fault.kind or 'fault'}: {fault}")
    if fault.kind == "limit":
        limits.block(choice.key.account, min(fault.retry_after or 1.0, 60.0))
    else:
        circuit.failed(choice.circuit, fault.kind or "fault")


def _lost(fault: ProviderFault, capability: str) -> bool:
    """Whether a repeat would pay the whole again. Voices keep what was said before the failure."""
    if fault.kind == "garbage" or not fault.safe:
        return True
    return fault.usage is not None and bool(fault.usage.units) and capability != "speech"


def reserve(choice: Choice, holder: str, policy: catalogue.Policy, stopping: Callable[[], bool]) -> None:
    """A slot of the vendor's account. Next when the wait is too long, Later when it is long."""
    limit, waited = catalogue.current().limit(choice.model), 0.0
    while wait := limits.take(choice.key.account, limit, holder=holder, seconds=policy.slot_seconds):
        if wait > policy.wait_most:
            raise Next("it may not be asked so soon")
        rest(wait, policy, stopping, waited)
        waited += wait


def rest(seconds: float, policy: catalogue.Policy, stopping: Callable[[], bool], waited: float = 0.0) -> None:
    """Wait here, or park the step when it is long: no worker sleeps."""
    if seconds + waited > policy.wait_here:
        raise Later(seconds)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stopping():
            raise Cancelled
        time.sleep(min(left, 0.25))


def worth_trying(mine: list[Usage], policy: catalogue.Policy, capability: str) -> None:
    """Next when the model had its tries."""
    outcomes = [row.outcome for row in mine]
    if outcomes.count("failed") >= policy.tries:
        raise Next("it failed several times")
    if outcomes.count("ambiguous") > policy.repeat_ambiguous:
        raise Next("it did not answer")
    if outcomes.count("garbage") > (1 if capability == "text" else 0):
        raise Next("its answers are no good")
    kinds = {row.fault.partition(":")[0] for row in mine}
    if "refused" in outcomes or kinds & set(ledger.DEAD):
        raise Next("it does not take the request")
    if "late" in kinds:
        raise Next("it was not done in time")


def _is_of(row: Usage, choice: Choice) -> bool:
    return row.provider == choice.model.vendor and row.model == choice.model.name


def _ms(row: Usage) -> int:
    """Milliseconds since the try was entered."""
    return max(0, round((timezone.now() - row.at) / timedelta(milliseconds=1)))
