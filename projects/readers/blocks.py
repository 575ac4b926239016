"""What a format's own code produces: a flat stream of blocks and, where the file has one, its table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from projects.readers.book import Picture, Role

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# 2 and 3 enclose the tokens of note marks.
_CONTROL = dict.fromkeys([0, 1, *range(4, 9), 11, 12, *range(14, 32), 127], " ")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Block:
    """A paragraph or a picture, as it stands in the file.

    `level` 1..6 marks a heading; `anchors` are the places of the file that begin here ("text/ch1.xhtml#p3");
    `marks` belong to the tokens in `text`: target, the mark's own text, whether the file calls it a note; `hint` holds the file's own words for
    what encloses it (epub:type, class); `lines` are the lines of a plain text's block, `gap` the blank lines before it.
    """

    text: str = ""
    role: Role = Role.NARRATION
    level: int = 0
    anchors: tuple[str, ...] = ()
    marks: tuple[tuple[str, str, bool], ...] = ()
    note: str = ""
    speaker: str = ""
    picture: Picture | None = None
    hint: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    gap: int = 0
    notes: tuple[str, ...] = ()
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table of contents: where it points and how deep it is nested (0 = outermost)."""

    title: str
    target: str
    depth: int = 0


@dataclass(slots=True)
class Draft:
    """Everything a reader found; `assemble.bind` makes the Book of it."""

    format: str
    blocks: list[Block]
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    contents: list[Entry] = field(default_factory=list)
    cover: Picture | None = None
    warnings: list[str] = field(default_factory=list)
    name: str = ""  # the file's own name, the last resort for a title
    body_starts: str = ""  # anchor where the file says that the body begins


def tidy(text: str) -> str:
    """Single spaces, nothing invisible; every visible character stays."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE).translate(_CONTROL)).strip()


def tidy_lines(text: str) -> str:
    """As `tidy`, but line by line; empty lines go."""
    return "\n".join(line for line in map(tidy, text.split("\n")) if line)


def speakable(text: str) -> bool:
    """Whether there is a letter or a digit in it (a row of stars has none)."""
    return any(c.isalnum() for c in text)
