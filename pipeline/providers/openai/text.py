"""Texts by any model behind a server of this shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.providers.base import ProviderFault, TextRequest, TextResult, Usage
from pipeline.providers.openai import api, chat


class OpenAIWriter(api.Base):
    """Implements `Writer`. With `on_text` the answer is told piece by piece while it comes."""

    default_model = "gpt-4o-mini"
    patience = 300.0

    def write(self, request: TextRequest, on_text: chat.OnText | None = None) -> TextResult:
        """`data` is None when the answer is not JSON alone; the usage is counted in tokens, and has no price."""
        body = chat.body_of(request, self.model)
        body["max_tokens" if self.own_server else "max_completion_tokens"] = request.max_tokens
        answer = chat.Answer()
        try:
            self._ask(body, answer, on_text)
        except ProviderFault:
            if not answer.error:  # a stream may end with its error, and without [DONE]
                raise
        if answer.error:
            raise self._broken(answer)
        return chat.result(answer, request, self._usage(answer), self.http.name)

    def _ask(self, body: dict[str, Any], answer: chat.Answer, on_text: chat.OnText | None) -> None:
        if on_text is None:
            answer.take(self.http.json("POST", "/chat/completions", json=body, paid=True))
            return
        body = {**body, "stream": True, "stream_options": {"include_usage": True}}
        events = self.http.events("POST", "/chat/completions", json=body, paid=True, timeout=self.patience)
        answer.take_all(events, on_text)

    def _broken(self, answer: chat.Answer) -> Exception:
        """An error in a good answer: what was written until then may be billed."""
        error = self.http.error(200, {"error": answer.error}, paid=True)
        if isinstance(error, ProviderFault):
            error.safe, error.ambiguous, error.kind = False, True, "server"
        error.usage = self._usage(answer) if answer.usage else None
        return error

    def _usage(self, answer: chat.Answer) -> Usage:
        read, written = (_whole(answer.usage.get(name)) for name in ("prompt_tokens", "completion_tokens"))
        return Usage(
            api.NAME,
            answer.model or self.model,
            "tokens",
            Decimal(read + written),
            tokens_in=read,
            tokens_out=written,
            vendor_id=answer.id,
            priced=False,
        )


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
