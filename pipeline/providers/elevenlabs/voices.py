"""Which voices an account has, in neutral words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.providers.base import Voice
from pipeline.providers.elevenlabs.api import NAME
from pipeline.providers.http import Client

PAGE, MOST = 100, 1000
ACCENTS = {
    "american": "en-US", "us": "en-US", "british": "en-GB", "english": "en-GB", "australian": "en-AU", "irish": "en-IE",
    "scottish": "en-GB", "indian": "en-IN", "canadian": "en-CA", "transatlantic": "en-US",
}  # fmt: skip
QUALITY = {
    "professional": 0.99,
    "high_quality": 0.98,
    "premade": 0.97,
    "famous": 0.97,
    "cloned": 0.96,
    "generated": 0.95,
}


def listed(http: Client) -> Iterator[Voice]:
    """Every voice of the account, page by page."""
    token = ""
    for _ in range(MOST // PAGE):
        params = {"page_size": PAGE} | ({"next_page_token": token} if token else {})
        page = http.json("GET", "/v2/voices", params=params)
        yield from (voice(one) for one in page.get("voices") or ())
        token = page.get("next_page_token") or ""
        if not page.get("has_more") or not token:
            return


def voice(row: Mapping[str, Any]) -> Voice:
    """Labels are free words; what they don't say stays empty."""
    labels = {str(key).lower(): str(value).lower() for key, value in (row.get("labels") or {}).items()}
    tag = labels.get("locale") or labels.get("language") or "en"
    if tag == "en":
        tag = ACCENTS.get(labels.get("accent", ""), "en")
    sex = labels.get("gender", "")
    return Voice(
        id=str(row["voice_id"]),
        name=str(row.get("name") or row["voice_id"]).partition(" - ")[0],
        language=tag,
        sex=sex if sex in ("female", "male") else "",
        engine=NAME,
        quality=QUALITY.get(str(row.get("category")), 0.95),
        licence="as the ElevenLabs plan says",
    )
