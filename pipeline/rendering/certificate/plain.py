"""Words without what can't be heard: case, marks, the way a number or a title is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from pipeline.language.spoken import spoken

Plain = Callable[[str], Sequence[str]]
SPELLINGS = {
    "grey": "gray", "colour": "color", "favour": "favor", "favourite": "favorite", "honour": "honor",
    "neighbour": "neighbor", "centre": "center", "theatre": "theater", "travelled": "traveled", "towards": "toward",
    "till": "til", "ok": "okay", "realise": "realize", "realised": "realized", "recognise": "recognize",
    "recognised": "recognized", "parlour": "parlor", "odour": "odor", "waggon": "wagon",
    "mr": "mister", "mrs": "missus", "dr": "doctor",
}  # fmt: skip


def plain_for(language: str) -> Plain:
    """Turns a written or a recognised word into the words that are said for it."""

    @lru_cache(maxsize=20_000)
    def plain(text: str) -> tuple[str, ...]:
        words = simple(spoken(text, language))
        return tuple(SPELLINGS.get(word, word) for word in words) if language.lower().startswith("en") else tuple(words)

    return plain


def simple(text: str) -> list[str]:
    """Letters, digits and marks on letters in lower case; apostrophes fall out, everything else parts words."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in folded).split()
