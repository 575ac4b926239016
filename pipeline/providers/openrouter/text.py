"""Texts, streamed: the first header tells the answer's id, so that the bill is known even when the rest is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pipeline.providers.base import ProviderFault, ProviderRefusal, TextRequest, TextResult, Usage
from pipeline.providers.openai import chat
from pipeline.providers.openrouter import api

MOST_MODELS = 3
LOOKS = (0.5, 1.0, 2.0, 4.0)  # seconds between looks at a bill that is not written yet


class OpenRouterWriter(api.Base):
    """Implements `Writer`. `model` may be a list with commas: the vendor tries them in order, three at most.

    `max_price`: USD a million tokens, by "prompt" and "completion". `stream` off asks for the answer whole.
    """

    default_model = "openai/gpt-4o-mini"
    patience = 300.0

    def __init__(
        self,
        *,
        max_price: Mapping[str, float] | None = None,
        stream: bool = True,
        sleep: Callable[[float], None] = time.sleep,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.models = [name.strip() for name in self.model.split(",") if name.strip()][:MOST_MODELS]
        self.max_price, self.stream, self.sleep = max_price, stream, sleep

    def write(self, request: TextRequest, on_text: chat.OnText | None = None) -> TextResult:
        """`data` is None when the answer is not JSON alone. After a cut, the fault's `usage` holds what it cost."""
        answer = chat.Answer()
        try:
            self._ask(self._body(request), answer, on_text)
        except ProviderFault as fault:
            if not answer.error:  # a stream ends with its error, and without [DONE]
                raise self._billed(fault, answer) from None
        if answer.error:
            raise self._broken(answer)
        return chat.result(answer, request, self._usage(answer), self.http.name)

    def _ask(self, body: dict[str, Any], answer: chat.Answer, on_text: chat.OnText | None) -> None:
        if not (self.stream or on_text):
            answer.take(self.http.json("POST", "/chat/completions", json=body, paid=True))
            return

        def seen(headers: Mapping[str, str]) -> None:
            answer.id = headers.get("x-generation-id", "")

        body = {**body, "stream": True}
        answer.take_all(
            self.http.events("POST", "/chat/completions", json=body, paid=True, seen=seen, timeout=self.patience),
            on_text,
        )

    def _body(self, request: TextRequest) -> dict[str, Any]:
        body = chat.body_of(request, self.models[0])
        body["max_completion_tokens"] = request.max_tokens
        body["provider"] = {"data_collection": "deny"}
        if len(self.models) > 1:
            body["models"] = self.models
        if request.schema is not None:  # else a vendor may be chosen that looks past response_format
            body["provider"]["require_parameters"] = True
        if self.max_price:
            body["provider"]["max_price"] = dict(self.max_price)
        return body

    def _billed(self, fault: ProviderFault, answer: chat.Answer) -> ProviderFault:
        """The fault, with what the call cost when its id is known and the vendor tells."""
        if not fault.ambiguous or not answer.id:
            return fault
        found = self.look_up(answer.id)
        fault.usage, fault.ambiguous = found, found is None
        return fault

    def look_up(self, generation: str) -> Usage | None:
        """What an earlier call cost, by its id. The vendor takes a while to know: None when it still doesn't."""
        for wait in (0.0, *LOOKS):
            if wait:
                self.sleep(wait)
            try:
                answer = self.http.json("GET", "/generation", params={"id": generation})
            except (ProviderFault, ProviderRefusal):
                continue
            return self._looked_up(generation, answer)
        return None

    def _looked_up(self, generation: str, answer: Any) -> Usage | None:
        facts = answer.get("data") if isinstance(answer, Mapping) else None
        if not isinstance(facts, Mapping) or not isinstance(facts.get("total_cost"), int | float):
            return None
        read, written = (int(facts.get(name) or 0) for name in ("tokens_prompt", "tokens_completion"))
        return Usage(
            api.NAME,
            str(facts.get("model") or self.models[0]),
            "tokens",
            Decimal(read + written),
            Decimal(str(facts["total_cost"])),
            read,
            written,
            vendor_id=generation,
        )

    def _broken(self, answer: chat.Answer) -> ProviderFault | ProviderRefusal:
        """An error inside a good answer. What the vendor counted until then was billed; without a count, we ask."""
        error = self.http.error(_code(answer.error), {"error": answer.error}, paid=True)
        error.usage = self._usage(answer) if answer.usage else self.look_up(answer.id) if answer.id else None
        if isinstance(error, ProviderFault):
            error.safe, error.ambiguous = error.usage is not None and not error.usage.cost_usd, error.usage is None
        return error

    def _usage(self, answer: chat.Answer) -> Usage:
        read, written = (int(answer.usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens"))
        paid = api.cost(answer.usage)
        return Usage(
            api.NAME,
            answer.model or self.models[0],
            "tokens",
            Decimal(read + written),
            paid or Decimal(0),
            read,
            written,
            vendor_id=answer.id,
            priced=paid is not None,
        )


def _code(error: Any) -> int:
    """The status the error would have had; 502 when it names none."""
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 502
