"""The vendor's HTTP: where the key goes, what its errors mean, what calls cost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from pipeline.providers.base import ProviderFault, Usage
from pipeline.providers.http import Client, Raw

NAME = "elevenlabs"
URL = "https://api.elevenlabs.io"
# USD for one credit, from resellers' price pages of 2026 (40 USD for a million characters of multilingual_v2): a setting
# of the router replaces it. One credit is a character; the quicker models take half of one.
PRICE_DATE, PRICE_SOURCE = "2026-11-21", "price pages of resellers; the vendor's own depend on the plan"
CREDIT_USD = Decimal("0.00004")
CREDITS_A_CHARACTER = {
    "eleven_flash_v2": Decimal("0.5"), "eleven_flash_v2_5": Decimal("0.5"),
    "eleven_turbo_v2": Decimal("0.5"), "eleven_turbo_v2_5": Decimal("0.5"), "eleven_v4_turbo": Decimal("0.5"),
    "eleven_v4": Decimal(2),
}  # fmt: skip
CREDITS_A_SOUND_SECOND = Decimal(40)
_KINDS = {
    "quota_exceeded": "credits", "insufficient_credits": "credits", "payment_required": "credits",
    "voice_limit_reached": "credits", "subscription_required": "credits",
    "max_character_limit_exceeded": "too_long", "text_too_long": "too_long",
    "voice_not_found": "missing", "invalid_uid": "missing", "model_not_found": "missing",
    "bad_prompt": "moderation", "bad_composition_plan": "moderation", "content_policy_violation": "moderation",
    "system_busy": "limit", "too_many_concurrent_requests": "limit", "concurrent_limit_exceeded": "limit",
    "rate_limit_exceeded": "limit",
}  # fmt: skip


def judge(status: int, body: Any) -> str:
    """The code says more than the status: a quota used up comes as 401, too. `detail` is an object, a list or a string."""
    detail = body.get("detail") if isinstance(body, Mapping) else None
    for one in [detail] if isinstance(detail, Mapping) else detail if isinstance(detail, list) else []:
        if isinstance(one, Mapping):
            for field in ("code", "status", "type"):
                if kind := _KINDS.get(str(one.get(field))):
                    return kind
    return ""


class Base:
    """What all clients of this vendor are made of."""

    def __init__(
        self,
        *,
        key: str,
        model: str = "",
        base_url: str = URL,
        transport: Any = None,
        allow_private: bool = False,
        credit_usd: Decimal = CREDIT_USD,
    ) -> None:
        self.model, self.credit_usd = model or self.default_model, credit_usd
        self.http = Client(
            base_url or URL,
            headers={"xi-api-key": key},
            transport=transport,
            timeout=self.patience,
            secrets=(key,),
            name="ElevenLabs",
            judge=judge,
        )

    default_model = ""
    patience = 120.0  # seconds

    def usage(self, raw: Raw, unit: str, units: Decimal, credits: Decimal | None, seconds: float = 0.0) -> Usage:
        """`credits`: what we think it took; the answer's own count goes before it. None: nobody knows."""
        return Usage(
            NAME,
            self.model,
            unit,
            units,
            cost_usd=counted(raw, credits or Decimal(0)) * self.credit_usd,
            seconds=round(seconds, 3),
            vendor_id=raw.headers.get("request-id") or raw.headers.get("song-id", ""),
            licence="as the ElevenLabs plan says",
            priced=False,
        )


def counted(raw: Raw, otherwise: Decimal) -> Decimal:
    """The credits that the vendor says it took."""
    told = raw.headers.get("character-cost") or raw.headers.get("x-character-count")
    with suppress(ArithmeticError):
        return Decimal(told) if told else otherwise
    return otherwise


def loads(raw: Raw) -> dict[str, Any]:
    """The JSON object of a paid answer."""
    try:
        found = json.loads(raw.content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise garbage("its answer is not a JSON object")
    return found


def garbage(what: str, usage: Usage | None = None) -> ProviderFault:
    """A paid answer that is of no use."""
    return ProviderFault(f"ElevenLabs: {what}", safe=False, ambiguous=usage is None, kind="garbage", usage=usage)
