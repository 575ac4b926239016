"""Which model now, and the ledger: every try is one usage row, written before it is sent and settled after."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from pipeline import progress
from pipeline.errors import BadInput, Cancelled, Temporary
from pipeline.models import Step
from pipeline.providers.base import ProviderRefusal
from pipeline.routing import jobs, ledger, local, routes, spend, spool
from pipeline.routing.calls import VERBS, Asking, Check, OnText
from pipeline.routing.keys import Key
from pipeline.routing.ledger import Call
from pipeline.routing.routes import Choice

SLOW = {"video": "animate", "lipsync": "sync"}
AGAIN = 60.0  # seconds until a step asks again when nobody could serve it


class Router:
    """Gives a step its capabilities."""

    def __init__(self, *, step: Step, digest: str, stopping: Callable[[], bool]) -> None:
        self.step, self.digest, self.stopping = step, digest, stopping

    def capability(self, name: str) -> Capability:
        """BadInput when no provider of it is configured."""
        choices, provider = self.choices(name), local.provider(name)
        if provider is None and not choices:
            raise BadInput("capability.none", f"No provider for {name} is configured.")
        return Capability(self, name, choices, provider)

    def slow(self, name: str) -> Capability:
        """A capability of slow vendors; its verb gives None where none may be asked."""
        return Capability(self, name, self.choices(name), None)

    def under(self, digest: str) -> Router:
        """For another output of the same step: its calls and answers are its own."""
        other = Router(step=self.step, digest=digest, stopping=self.stopping)
        other.__dict__ |= {name: self.__dict__[name] for name in ("_keys", "_cheaper") if name in self.__dict__}
        return other

    def choices(self, name: str) -> list[Choice]:
        """The vendors' models that may be asked now, in order; empty where this machine does it alone."""
        if not self._keys:
            return []
        run = self.step.run
        wanted = routes.wanted(run, name)
        return routes.choices(name, tier=run.tier, having=self._keys, wanted=wanted, cheaper=self._cheaper)

    def primary(self, name: str) -> str:
        """The model that the route begins with, as in recipes."""
        return routes.primary(self.step.run, name, self._keys)

    def forget(self) -> None:
        """The asset stands: its answers are no longer needed."""
        spool.forget(self.digest)

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return routes.known_keys(self.step.run.workspace)

    @cached_property
    def _cheaper(self) -> bool:
        return spend.cheaper_now(self.step.run)


class Capability:
    """One capability with its one verb, routed, recorded and never paid twice."""

    def __init__(self, router: Router, name: str, choices: list[Choice], provider: Any) -> None:
        self.router, self.name, self.choices, self.provider = router, name, choices, provider
        self.said = ""  # why nobody could, of the last `ask`

    def __getattr__(self, verb: str) -> Any:
        if verb == VERBS.get(self.name):
            return self._call
        if verb == SLOW.get(self.name):
            return self._slow
        return getattr(self.provider, verb)

    @property
    def context(self) -> int:
        """Tokens that every model of the route takes; 0 when there is none."""
        return min((choice.model.context for choice in self.choices), default=0)

    def _call(self, request: Any, *, check: Check | None = None) -> Any:
        """The answer; from disk when a killed attempt had it already. A text without a prompt is for local rules."""
        router = self.router
        if router.stopping():
            raise Cancelled
        call = Call(router.step, router.digest, self.name, request)
        choices = self.choices if self.name != "text" or request.prompt else []
        if not choices:
            return self._local(call, 0)
        asking = Asking(call, router.stopping, check)
        answer = asking.ask(choices)
        return answer if answer is not None else self._instead(call, asking.said)

    def ask(self, request: Any, *, check: Check | None = None, on_text: OnText | None = None) -> Any | None:
        """A vendor's answer; None when none is set up, or none could: the caller knows what to do then.

        `on_text` hears a text as it is written, piece by piece, where the vendor's answers come as streams.
        """
        if self.router.stopping():
            raise Cancelled
        if not self.choices:
            return None
        call = Call(self.router.step, self.router.digest, self.name, request)
        asking = Asking(call, self.router.stopping, check, on_text)
        answer = asking.ask(self.choices)
        if answer is None:
            self.said = asking.said
        return answer

    def here(self, request: Any) -> Any:
        """This machine's own answer, whatever vendors there are; recorded as every call is."""
        return self._local(Call(self.router.step, self.router.digest, self.name, request), 0)

    def _slow(self, request: Any) -> Any | None:
        """A slow vendor's result; Later while it works on it; None when no vendor could."""
        router = self.router
        if router.stopping():
            raise Cancelled
        return jobs.obtain(Call(router.step, router.digest, self.name, request), self.choices, router.stopping)

    def _instead(self, call: Call, why: str) -> Any:
        """This machine's own provider, and a line in the log; Temporary when it can't do such a thing."""
        if self.provider is None:
            raise Temporary(f"No provider of {self.name} could do it: {why}.", retry_after=AGAIN)
        step = self.router.step
        progress.note(step.run_id, "fallback", stage=step.stage, position=step.position, capability=self.name, why=why)
        try:
            return self._local(call, ledger.next_attempt(call))
        except ProviderRefusal as refusal:
            raise Temporary(f"No provider of {self.name} could do it: {why}.", retry_after=AGAIN) from refusal

    def _local(self, call: Call, attempt: int) -> Any:
        row = ledger.enter(call, None, attempt)
        result = spool.get(call.digest, row.call)
        began = time.monotonic()
        if result is None:
            try:
                result = getattr(self.provider, VERBS[self.name])(call.request)
            except Exception:
                ledger.close(row, "failed", None, None, ms=_ms(began))
                raise
            spool.put(call.digest, row.call, result)
        ledger.close(row, "succeeded", result.usage, None, ms=_ms(began))
        return result


def _ms(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
