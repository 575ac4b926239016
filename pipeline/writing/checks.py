"""What is wrong with an answer, by the book. Messages are told to the model, and quote nothing of the book."""

from __future__ import annotations

import re
from collections.abc import Collection

from projects.readers.language import guess

_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![.!?…:;“\"«(—-] )(?<!^)\b[A-ZÀ-ÖØ-Þ][\w’'-]+")
ENOUGH = 12  # words from which a language can be told
CAPITAL_NOUNS = ("de", "lb")


def letters(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def quoted(begins: str, passage: str) -> bool:
    """Whether a passage begins as the answer says it does, marks and spaces aside."""
    said, there = letters(begins), letters(passage)
    size = min(len(said), len(there), 6)
    if not there:
        return True
    return size > 0 and said[:size] == there[:size]


def language(text: str, wanted: str, sample: str) -> str:
    """ "" when the text is in the wanted language, or nobody can tell."""
    if len(text.split()) < ENOUGH or guess(sample) != wanted.split("-")[0].lower():
        return ""
    found = guess(text)
    return "" if found == guess(sample) else f"it is written in another language ({found}) than asked for ({wanted})"


def length(words: float, least: float, most: float) -> str:
    if words > most:
        return f"it is too long: {round(words)} words, where at most {round(most)} are wanted"
    if words < least:
        return f"it is too short: {round(words)} words, where at least {round(least)} are wanted"
    return ""


def strangers(text: str, book: str, names: Collection[str], wanted: str) -> str:
    """ "" unless the text names somebody of whom the passages know nothing."""
    if wanted.split("-")[0].lower() in CAPITAL_NOUNS:
        return ""
    known = set(letters(book)) | {part for name in names for part in letters(name)}
    unknown = {m.group() for m in _NAME.finditer(text) if not set(letters(m.group())[:1]) <= known}
    return f"it names {len(unknown)} who are not in the passages" if unknown else ""
