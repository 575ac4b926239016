"""Which of the author's own sentences are told: numbers are chosen, so that nothing can be invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.language.script import Line
from pipeline.language.text import seconds, spoken_words
from pipeline.writing import bible as bibles
from pipeline.writing import checks, lines, schemas
from pipeline.writing.author import Author

ANSWER = 0.4  # an answer's length by the passages'
LEAST, MOST = 0.55, 1.2  # of the words asked for
WHOLE = 1.03  # nothing is left out to be so little shorter

Numbered = tuple[int, Line]


def choose(
    author: Author, every: Sequence[Line], limit: float, wpm: float, bible: bibles.Bible | None
) -> list[int | list[int]]:
    """Places in `every` (from 0) of the lines that take about `limit` seconds.

    A list in their stead: places of a chunk that no model could abridge.
    """
    total = sum(seconds(line.text, wpm) for line in every)
    if total <= limit * WHOLE:
        return list(range(len(every)))
    numbered = list(enumerate(every, 1))
    parts = list(lines.chunks(numbered, _shown, author.room(ANSWER), _new_paragraph))
    share = limit / total
    answers = author.side_by_side(lambda part: _kept(author, part, share, bible), parts)
    found: list[int | list[int]] = []
    for part, kept in zip(parts, answers, strict=True):
        found += [number - 1 for number in kept] if kept is not None else [[number - 1 for number, _ in part]]
    return found


def _kept(author: Author, part: Sequence[Numbered], share: float, bible: bibles.Bible | None) -> list[int] | None:
    words = {number: spoken_words(line.text) for number, line in part}
    wanted = sum(words.values()) * share
    longest = max(words.values(), default=0)
    least, most = wanted * LEAST - longest, wanted * MOST + longest

    def check(data: Mapping[str, Any]) -> str:
        kept = data["keep"]
        if any(number not in words for number in kept):
            return "it names lines that there are not"
        if kept != sorted(set(kept)):
            return "the lines are not in order, or twice"
        return checks.length(sum(words[number] for number in kept), least, most) if kept else "nothing is kept"

    data = author.ask(
        "abridge",
        schemas.ABRIDGE,
        check,
        limit=200 + 5 * len(part),
        words=round(wanted),
        least=max(1, round(least)),
        most=round(most),
        known=bibles.brief(bible),
        book="\n".join(_shown(one) for one in part),
    )
    return data["keep"] if data else None


def _shown(one: Numbered) -> str:
    number, line = one
    return lines.row(number, line, f"{round(spoken_words(line.text))} words")


def _new_paragraph(before: Numbered, after: Numbered) -> bool:
    return (before[1].chapter, before[1].paragraph) != (after[1].chapter, after[1].paragraph)
