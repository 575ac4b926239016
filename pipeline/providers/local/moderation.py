"""Moderation without a vendor: a short list of words, and a look at how much of a picture is bare skin.

It is a coarse sieve for what nobody should publish unseen, not a judge: it knows no meaning, so the list holds only
phrases that are hardly ever innocent, and a picture is flagged only when skin fills it. Books may be grim.
"""

from __future__ import annotations

import io
import re
from decimal import Decimal

import numpy as np
from PIL import Image

from pipeline.providers.base import ModerationRequest, ModerationResult, ProviderRefusal, Usage

MODEL = "sieve-1"
SMALL = 128  # pixels across of what is looked at
SKIN = 0.55  # share of the picture
WHOLE = 0.35  # share of the picture that is one stretch of it
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
    """Whether skin fills the picture, in one large stretch: a face close up may pass for it, and line art never does."""
    try:
        with Image.open(io.BytesIO(picture)) as found:
            small = found.convert("YCbCr").resize((SMALL, SMALL), Image.Resampling.BOX)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ProviderRefusal("that is no picture that can be read") from None
    skin = _skin(np.asarray(small, np.int16))
    return bool(skin.mean() >= SKIN and _largest(skin) >= WHOLE)


def _skin(picture: np.ndarray) -> np.ndarray:
    """Chroma of human skin, of every shade, lies in one narrow box (Chai and Ngan 1999); paper and line art do not."""
    light, blue, red = picture[..., 0], picture[..., 1], picture[..., 2]
    box = (blue >= 77) & (blue <= 127) & (red >= 138) & (red <= 173) & (light >= 40) & (light <= 235)
    return np.asarray(box)


def _largest(mask: np.ndarray) -> float:
    """The share of the picture that the largest connected stretch has."""
    left = mask.copy()
    best = 0
    for row, column in zip(*np.nonzero(mask), strict=True):
        if not left[row, column]:
            continue
        stack, size = [(int(row), int(column))], 0
        left[row, column] = False
        while stack:
            y, x = stack.pop()
            size += 1
            for near, beside in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= near < SMALL and 0 <= beside < SMALL and left[near, beside]:
                    left[near, beside] = False
                    stack.append((near, beside))
        best = max(best, size)
    return best / mask.size
