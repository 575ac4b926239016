"""The vendor's HTTP: where the key goes, what its errors mean, what its answers say that they cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.providers import answers
from pipeline.providers.http import MB, Client

NAME = "openrouter"
URL = "https://openrouter.ai/api/v1"
_KINDS = {
    "content_policy_violation": "moderation",
    "refusal": "moderation",
    "invalid_prompt": "moderation",
    "context_length_exceeded": "too_long",
    "max_tokens_exceeded": "too_long",
    "token_limit_exceeded": "too_long",
    "string_too_long": "too_long",
    "payload_too_large": "too_long",
    "model_not_found": "missing",
    "no_endpoints": "missing",
    "model_deprecated": "missing",
    "model_unavailable_upstream": "missing",
    "privacy_restricted": "missing",
    "constraint_filtered": "missing",
    "free_variant_ended": "missing",
    "region_restricted": "missing",
    "wrong_endpoint": "missing",
    "payment_required": "credits",
    "authentication": "key",
    "rate_limit_exceeded": "limit",
    "capacity_exhausted": "limit",
    "provider_overloaded": "limit",
}


def judge(status: int, body: Any) -> str:
    """A 403 is the key's, or moderation's when it says why; of other codes the most telling one counts."""
    error = body.get("error") if isinstance(body, Mapping) else None
    facts = error.get("metadata") if isinstance(error, Mapping) else None
    if isinstance(facts, Mapping) and (facts.get("reasons") or facts.get("patterns")):
        return "moderation"
    return next((kind for code in answers.codes_of(body) if (kind := _KINDS.get(code, ""))), "")


class Base:
    """What all clients of this vendor are made of."""

    default_model = ""
    patience = 120.0  # seconds
    largest = 64 * MB

    def __init__(
        self, *, key: str, model: str = "", base_url: str = URL, transport: Any = None, allow_private: bool = False
    ) -> None:
        self.model, self.transport, self.allow_private = model or self.default_model, transport, allow_private
        self.http = Client(
            base_url or URL,
            headers={"authorization": f"Bearer {key}", "x-openrouter-title": "LitinkAI"},
            transport=transport,
            timeout=self.patience,
            max_bytes=self.largest,
            secrets=(key,),
            name="OpenRouter",
            judge=judge,
        )


def cost(usage: Any) -> Decimal | None:
    """USD of an answer's `usage`, the upstream's part too where the key is one's own there; None when it does not say."""
    if not isinstance(usage, Mapping) or not isinstance(usage.get("cost"), int | float):
        return None
    total = Decimal(str(usage["cost"]))
    details = usage.get("cost_details")
    upstream = details.get("upstream_inference_cost") if isinstance(details, Mapping) else None
    if usage.get("is_byok") and isinstance(upstream, int | float):
        total += Decimal(str(upstream))
    return total
