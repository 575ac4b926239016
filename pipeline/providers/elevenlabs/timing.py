"""Character times to word times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.providers import aligning
from pipeline.providers.base import HeardWord

Timed = list[HeardWord]
FIELDS = ("characters", "character_start_times_seconds", "character_end_times_seconds")


def words_of(alignment: Mapping[str, Any] | None) -> Timed:
    """Words of an alignment, from their first letter to their last one: marks reach into the pause after them.

    Empty when the vendor gave none, or arrays that don't belong together.
    """
    columns = [(alignment or {}).get(field) or [] for field in FIELDS]
    if len({len(column) for column in columns}) != 1:
        return []
    found: Timed = []
    held: list[tuple[str, float, float]] = []
    for letter, start, end in [*zip(*columns, strict=True), (" ", 0.0, 0.0)]:
        if not letter.isspace():
            held.append((letter, float(start), float(end)))
        elif held:
            found.append(_word(held))
            held = []
    return found


def _word(letters: Sequence[tuple[str, float, float]]) -> HeardWord:
    sounding = [one for one in letters if one[0].isalnum()] or letters
    return HeardWord("".join(letter for letter, _, _ in letters), sounding[0][1], sounding[-1][2])


def spans_of(answer: Mapping[str, Any], words: Sequence[str], fallback: aligning.Spans) -> aligning.Spans:
    """One span a word sent: from the alignment of the text as it was sent, or of the text as it was read."""
    for field in ("alignment", "normalized_alignment"):
        timed = words_of(answer.get(field))
        if [one.text for one in timed] == list(words):
            return aligning.ordered([(one.start, one.end) for one in timed])
        if timed:
            return aligning.matched(words, timed, fallback)
    return fallback


def end_of(answer: Mapping[str, Any]) -> float:
    """Seconds at which the last word ends, 0 when nobody says."""
    return max(
        (one.end for field in ("alignment", "normalized_alignment") for one in words_of(answer.get(field))), default=0.0
    )
