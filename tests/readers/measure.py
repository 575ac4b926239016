"""How well a book was read: chapters by F1, words by agreement."""

from __future__ import annotations

import difflib
import re
from collections import Counter

from projects.readers.book import NARRATED, Book, Kind
from projects.readers.headings import key


def words(book: Book) -> list[str]:
    """The body's narrated words, folded, without punctuation."""
    told = (p.text for c in book.chapters if c.kind is Kind.BODY for p in c.paragraphs if p.role in NARRATED)
    return [w for text in told for w in re.findall(r"[^\W_]+", text.casefold())]


def agreement(one: list[str], two: list[str]) -> float:
    """Share of words that two readings have in common, in order (2 × common / all), 0..1."""
    if one == two:
        return 1.0
    blocks = (
        difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        if len(one) + len(two) < 8000
        else []
    )
    common = (
        sum(b.size for b in blocks)
        if blocks
        else sum((Counter(zip(one, one[1:])) & Counter(zip(two, two[1:]))).values())
    )
    return 2 * common / max(len(one) + len(two), 1)


def chapter_f1(expected: list[str], found: list[str]) -> float:
    """F1 of titles, in order, spelling aside."""
    one, two = [key(t) for t in expected], [key(t) for t in found]
    common = sum(b.size for b in difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())
    return 2 * common / max(len(one) + len(two), 1)
