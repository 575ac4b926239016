"""Who says "I" in the narration of each chapter: somebody in the book, a nameless narrator, or nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.language.people import Character
from pipeline.language.picture import Look
from pipeline.language.quotes import Quote, is_told
from pipeline.language.text import ChapterText

NAME = "Narrator"
_I = re.compile(r"\b(?:I|me|my|myself)\b")
_ENOUGH = 0.010  # of the narration's words: less is an author who speaks up now and then


def tellers(
    chapters: Sequence[ChapterText], quotes: Mapping[int, Sequence[Quote]], characters: Sequence[Character]
) -> dict[int, str]:
    """Chapter number -> name, for chapters told by one of their people. A tale within marks is by who speaks most."""
    found = {}
    for chapter in chapters:
        plain = _unquoted(chapter, quotes[chapter.number])
        if len(_I.findall(plain)) < _ENOUGH * max(40, len(plain.split())):
            continue
        speaker = max(characters, key=lambda c: (c.words_spoken, c.name), default=None)
        told = speaker is not None and speaker.words_spoken > 0 and is_told(chapter.paragraphs)
        found[chapter.number] = speaker.name if told and speaker else NAME
    return found


def narrator(
    chapters: Sequence[ChapterText], quotes: Mapping[int, Sequence[Quote]], told: Mapping[int, str]
) -> Character:
    """The nameless one as a character, counted by the times "I" stands in the chapters it tells."""
    own = [c for c in chapters if told.get(c.number) == NAME]
    count = sum(len(re.findall(r"\bI\b", _unquoted(c, quotes[c.number]))) for c in own)
    first = next(((c.number, m.start()) for c in own if (m := _I.search(c.text))), (0, 0))
    return Character(NAME, article="the", count=count, first=first, look=Look(NAME, noun="person", age="adult"))


def _unquoted(chapter: ChapterText, quotes: Sequence[Quote]) -> str:
    text, at, outside = chapter.text, 0, []
    for q in quotes:
        outside.append(text[at : q.start])
        at = q.end
    return " ".join([*outside, text[at:]])
