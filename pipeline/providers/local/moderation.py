"""Moderation without a vendor: a short list of words, and a detector of bare bodies in pictures.

It is a coarse sieve for what nobody should publish unseen, not a judge: it knows no meaning, so the list holds only
phrases that are hardly ever innocent. Books may be grim, and people in pictures may bathe.
"""

from __future__ import annotations

import io
import re
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from pipeline.providers.base import ModerationRequest, ModerationResult, ProviderRefusal, Usage

MODEL = "sieve-2"
LARGEST = 640  # pixels of the long side that the detector is shown; it looks at 320
SURE = 0.5  # score from which a part counts
BARE = {
    "ANUS_EXPOSED", "BUTTOCKS_EXPOSED", "FEMALE_BREAST_EXPOSED", "FEMALE_GENITALIA_EXPOSED", "MALE_GENITALIA_EXPOSED",
}  # fmt: skip
_CHILD = r"(?:child(?:ren)?|minors?|under-?age(?:d)?|pre-?teens?|toddlers?|kinder|minderjährige[rn]?)"
_SEX = r"(?:porn(?:ography|o)?|sex(?:ual)?|nudes?|erotica?|pornograph\w+)"
_WORDS = {
    "sexual/minors": rf"\b{_CHILD}\W+(?:\w+\W+){{0,2}}{_SEX}\b|\b{_SEX}\W+(?:\w+\W+){{0,3}}{_CHILD}\b|\bloli(?:con)?\b|\bkiddie porn\b",
    "sexual": r"\b(?:hardcore porn\w*|gang ?bang\w*|cum ?shot\w*|deep ?throat\w*|blow ?jobs?|creampies?)\b",
    "hate": r"\b(?:gas the (?:jews|blacks|muslims)|white power|sieg heil|heil hitler|death to (?:all )?(?:jews|muslims|gays|blacks))\b",
    "self-harm/instructions": r"\bhow (?:to|do i|can i) (?:kill myself|hang myself|cut myself|commit suicide)\b",
    "illicit/violent": r"\bhow (?:to|do i|can i) (?:make|build) (?:a |an )?(?:pipe ?bomb|nail ?bomb|nerve gas|ricin)\b",
}
_PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in _WORDS.items()}


class LocalModerator:
    """Implements `Moderator`: free, offline, the same answer to the same question."""

    def moderate(self, request: ModerationRequest) -> ModerationResult:
        """Categories in OpenAI's words, sorted. Raises ProviderRefusal when the picture can't be read."""
        found = {name for name, pattern in _PATTERNS.items() if pattern.search(request.text)}
        if request.picture is not None and bare(request.picture):
            found.add("sexual")
        return ModerationResult(bool(found), tuple(sorted(found)), Usage("local", MODEL, "calls", Decimal(1)))


def bare(picture: bytes) -> bool:
    """Whether the picture shows a bare body. Raises ProviderRefusal when it can't be read."""
    try:
        with Image.open(io.BytesIO(picture)) as found:
            found.thumbnail((LARGEST, LARGEST))
            pixels = np.asarray(found.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ProviderRefusal("that is no picture that can be read") from None
    parts = _detector().detect(np.ascontiguousarray(pixels[..., ::-1]))
    return any(part["class"] in BARE and part["score"] >= SURE for part in parts)


@cache
def _detector() -> Any:
    """NudeNet, loaded when a picture is first looked at (0.1 s); threads may share it."""
    from nudenet import NudeDetector

    return NudeDetector(providers=["CPUExecutionProvider"])
