"""Does a vendor take a key? One small question that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.providers.base import ProviderFault

SECONDS = 15.0
GOOD = ("credits", "missing")  # kinds of fault after which the key is known to be one

_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "openrouter": ("GET", "/key"),
    "elevenlabs": ("GET", "/v1/user/subscription"),
    "openai": ("GET", "/models"),
    "gemini": ("GET", "/models"),
    "deepgram": ("GET", "/v1/projects"),
    "modelslab": ("POST", "/v7/images/fetch/1"),  # has no question without a job: a job that is not there will do
}


def probe(vendor: str, key: str, build: Callable[[], Any]) -> None:
    """Returns when the key is good. Raises ProviderFault (kind "key" when it is none) or ProviderRefusal."""
    method, path = _QUESTIONS[vendor]
    body = {"json": {"key": key}} if method == "POST" else {}
    try:
        build().http.raw(method, path, timeout=SECONDS, **body)
    except ProviderFault as fault:
        if fault.kind not in GOOD:
            raise
