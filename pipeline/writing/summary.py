"""What happens, in short, in a model's words: every sentence with the lines that it tells, held against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.language.script import Line, Segment
from pipeline.language.text import spoken_words
from pipeline.writing import bible as bibles
from pipeline.writing import checks, lines, schemas
from pipeline.writing.abridge import Numbered, _new_paragraph
from pipeline.writing.author import Author

ANSWER = 0.7
LEAST, MOST = 0.45, 1.35  # of the words asked for
LONGEST = 45  # words of a sentence
FEWEST = 12  # words that a chunk is told in, at least


def tell(
    author: Author, every: Sequence[Line], limit: float, wpm: float, bible: bibles.Bible | None
) -> list[Line] | None:
    """The summary's sentences as lines over the spans that they tell; None when a chunk could not be told."""
    numbered = list(enumerate(every, 1))
    parts = list(lines.chunks(numbered, _shown, author.room(ANSWER), _new_paragraph))
    budget = limit * wpm / 60
    whole = sum(spoken_words(line.text) for line in every) or 1.0
    answers = author.side_by_side(lambda part: _told(author, part, budget / whole, bible), parts)
    if any(answer is None for answer in answers):
        return None
    by_number = dict(numbered)
    return [_line(one, by_number) for answer in answers for one in answer]


def _told(
    author: Author, part: Sequence[Numbered], share: float, bible: bibles.Bible | None
) -> list[Mapping[str, Any]] | None:
    by_number = dict(part)
    book = "\n".join(line.text for _, line in part)
    own = sum(spoken_words(line.text) for _, line in part)
    wanted = max(min(FEWEST, own), own * min(share, 1.0))
    names = [name for one in (bible or {}).get("people", ()) for name in (one["name"], *one["also"])]

    def check(data: Mapping[str, Any]) -> str:
        said = data["sentences"]
        text = " ".join(one["text"] for one in said)
        return (
            ("nothing is told" if not text.strip() else "")
            or _misplaced(said, by_number)
            or checks.length(spoken_words(text), wanted * LEAST, wanted * MOST)
            or ("a sentence is too long" if any(spoken_words(one["text"]) > LONGEST for one in said) else "")
            or checks.language(text, author.language, book)
            or checks.strangers(text, book, names, author.language)
        )

    data = author.ask(
        "summary",
        schemas.SUMMARY,
        check,
        limit=round(300 + wanted * 6),
        words=round(wanted),
        least=round(wanted * LEAST),
        most=round(wanted * MOST),
        language=author.language,
        known=bibles.brief(bible),
        book="\n".join(_shown(one) for one in part),
    )
    return data["sentences"] if data else None


def _misplaced(said: Sequence[Mapping[str, Any]], lines_of: Mapping[int, Line]) -> str:
    """What is wrong with where the sentences say that they are from."""
    before = 0
    for place, one in enumerate(said, 1):
        first, last = one["from"], one["to"]
        if first not in lines_of or last not in lines_of or last < first:
            return f"sentence {place} tells lines that there are not"
        if first < before:
            return f"sentence {place} goes back before the one before it"
        if not checks.quoted(one["begins"], lines_of[first].text):
            return f"sentence {place} tells a passage that line {first} does not begin with"
        before = first
    return ""


def _line(one: Mapping[str, Any], lines_of: Mapping[int, Line]) -> Line:
    first, last = lines_of[one["from"]], lines_of[one["to"]]
    end = last.end if last.chapter == first.chapter else first.end
    text = lines.plain(one["text"])
    told = Segment(first.start, end, text)
    return Line(text, first.chapter, first.paragraph, first.start, end, segments=(told,))


def _shown(one: Numbered) -> str:
    number, line = one
    return f"[{number}] {lines.plain(line.text)}"
