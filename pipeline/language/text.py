"""The plain input of the text rules: chapters of paragraphs whose spans point into the chapter's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SEPARATOR = "\n\n"  # stands between paragraphs in a chapter's text
NARRATED = frozenset({"narration", "verse", "quote", "dialogue"})  # roles that are read aloud
WPM = 165.0  # words a minute of an unhurried narrator, pauses included

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_CJK_WORDS = 0.55  # a CJK sign takes about this share of the time of an English word


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; `role` as in projects.readers.book.Role; `start` is its offset in the chapter's text."""

    text: str
    role: str = "narration"
    speaker: str = ""
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def narrated(self) -> bool:
        return self.role in NARRATED


@dataclass(frozen=True, slots=True)
class ChapterText:
    """`number` counts from 1 in reading order; `paragraphs` are of all roles, in order."""

    number: int
    title: str
    paragraphs: tuple[Para, ...]

    @classmethod
    def of(cls, number: int, title: str, paragraphs: Iterable[Any]) -> ChapterText:
        """Places `paragraphs` (objects or mappings with text, role and speaker, or strings) at their offsets."""
        placed, start = [], 0
        for given in paragraphs:
            para = _para(given, start)
            placed.append(para)
            start = para.end + len(SEPARATOR)
        return cls(number, title, tuple(placed))

    @property
    def text(self) -> str:
        return SEPARATOR.join(p.text for p in self.paragraphs)


def _para(given: Any, start: int) -> Para:
    if isinstance(given, str):
        return Para(given, start=start)
    if isinstance(given, Mapping):
        return Para(given["text"], str(given.get("role", "narration")), given.get("speaker", ""), start)
    return Para(given.text, str(given.role), given.speaker, start)


def chapters_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[ChapterText, ...]:
    """From [{"number", "title", "paragraphs": [{"text", "role", "speaker"}]}]."""
    return tuple(ChapterText.of(c["number"], c.get("title", ""), c["paragraphs"]) for c in data)


def chapters_to_json(chapters: Iterable[ChapterText]) -> list[dict[str, Any]]:
    return [
        {
            "number": c.number,
            "title": c.title,
            "paragraphs": [{"text": p.text, "role": p.role, "speaker": p.speaker} for p in c.paragraphs],
        }
        for c in chapters
    ]


def spoken_words(text: str) -> float:
    """How many words' time `text` takes: words, or signs of a script that writes without spaces."""
    signs = len(_CJK.findall(text))
    if signs:
        text = _CJK.sub(" ", text)
    return len(_WORD.findall(text)) + signs * _CJK_WORDS


def seconds(text: str, wpm: float = WPM) -> float:
    """How long the voice takes for `text` at `wpm`."""
    return spoken_words(text) * 60 / wpm
