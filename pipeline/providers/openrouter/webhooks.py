"""Is this message from OpenRouter, and what does it say? Pure: whoever receives it hands in the clock."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

TOLERANCE = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that ended. `once` is the same for every delivery of this message."""

    job: str
    status: str  # completed, failed, cancelled, expired
    once: str


def genuine(secret: str, signature: str, body: bytes, now: float) -> bool:
    """Whether `X-OpenRouter-Signature` ("t=<unix>,v1=<hex>") signs the raw body with our secret, within five minutes."""
    parts = dict(part.strip().partition("=")[::2] for part in signature.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not secret or not (stamp.isascii() and stamp.isdigit()) or abs(now - int(stamp)) > TOLERANCE:
        return False
    return hmac.compare_digest(sign(secret, int(stamp), body).encode(), given.encode())


def sign(secret: str, stamp: int, body: bytes) -> str:
    """The stamp and the body are joined by a comma, not by a dot as elsewhere."""
    return hmac.new(secret.encode(), f"{stamp},".encode() + body, hashlib.sha256).hexdigest()


def ended(body: bytes, headers: Mapping[str, str]) -> Ended | None:
    """What a genuine message says; None when it is about something else. Header names are lower case."""
    try:
        message = json.loads(body)
        kind, data = str(message["type"]), message["data"]
        job, status = str(data["id"]), str(data["status"])
    except (ValueError, KeyError, TypeError):
        return None
    if not kind.startswith("video.generation."):
        return None
    return Ended(job, status, headers.get("x-openrouter-idempotency-key") or f"{job}-{status}")
