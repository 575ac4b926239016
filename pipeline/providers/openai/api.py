"""The vendor's HTTP: where the key goes, what its errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pipeline.providers import answers
from pipeline.providers.http import Client

NAME = "openai"
URL = "https://api.openai.com/v1"
_KINDS = {
    "insufficient_quota": "credits",
    "billing_hard_limit_reached": "credits",
    "invalid_api_key": "key",
    "model_not_found": "missing",
    "moderation_blocked": "moderation",
    "content_policy_violation": "moderation",
    "content_filter": "moderation",
    "image_generation_user_error": "moderation",
    "context_length_exceeded": "too_long",
    "string_above_max_length": "too_long",
}


def judge(status: int, body: Any) -> str:
    """The code says more than the status: a quota used up comes as 429, too."""
    return next((kind for code in answers.codes_of(body) if (kind := _KINDS.get(code, ""))), "")


class Base:
    """What all clients of this vendor are made of. A server of one's own needs no key."""

    default_model = ""
    patience = 120.0  # seconds

    def __init__(
        self, *, key: str, model: str = "", base_url: str = URL, transport: Any = None, allow_private: bool = False
    ) -> None:
        self.model, self.transport, self.allow_private = model or self.default_model, transport, allow_private
        self.base_url = base_url or URL
        self.own_server = urlsplit(self.base_url).hostname != "api.openai.com"
        self.http = Client(
            self.base_url,
            headers=_key(key),
            transport=transport,
            timeout=self.patience,
            secrets=(key,),
            name="The compatible server" if self.own_server else "OpenAI",
            judge=judge,
        )


def _key(key: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {key}"} if key else {}
