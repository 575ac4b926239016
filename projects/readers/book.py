"""What every reader gives: one Book, in neutral words, whatever the file was."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

SEPARATOR = "\n\n"  # stands between paragraphs in a chapter's text; spans are offsets in that text


class Role(StrEnum):
    NARRATION = "narration"
    HEADING = "heading"
    VERSE = "verse"
    QUOTE = "quote"
    DIALOGUE = "dialogue"  # a speech of a screenplay; its speaker stands in Paragraph.speaker
    CUE = "cue"  # who speaks, how, in a screenplay
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    TABLE = "table"
    CODE = "code"


# Roles that are read aloud; the others are kept, linked and shown, but not narrated.
NARRATED = frozenset({Role.NARRATION, Role.VERSE, Role.QUOTE, Role.DIALOGUE})


class Kind(StrEnum):
    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` has single spaces; lines of verse are parted by a newline. `notes` are ids of footnotes."""

    text: str
    role: Role = Role.NARRATION
    speaker: str = ""
    notes: tuple[str, ...] = ()
    note_id: str = ""  # set on a FOOTNOTE paragraph


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the book's own pictures. It stands before paragraph number `before` (0-based) of its chapter."""

    name: str
    data: bytes = field(repr=False)
    media_type: str = "image/png"
    alt: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class BookChapter:
    """`number` counts from 1 in reading order over all kinds. `part`: titles it stands under ("Book I"), outermost first."""

    number: int
    title: str
    kind: Kind
    paragraphs: tuple[Paragraph, ...]
    pictures: tuple[Picture, ...] = ()
    part: str = ""

    @property
    def text(self) -> str:
        """All paragraphs of any role, joined by SEPARATOR: what spans point into."""
        return SEPARATOR.join(p.text for p in self.paragraphs)

    @property
    def narration(self) -> str:
        """What would be read aloud."""
        return SEPARATOR.join(p.text for p in self.paragraphs if p.role in NARRATED)

    @property
    def words(self) -> int:
        return len(self.narration.split())


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    chapters: tuple[BookChapter, ...]
    authors: tuple[str, ...] = ()
    language: str = "en"
    format: str = ""
    cover: Picture | None = None
    warnings: tuple[str, ...] = ()
