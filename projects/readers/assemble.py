"""Binds a draft into a Book: notes linked, licence taken off, chapters cut, titled and sorted into front, body, back."""

from __future__ import annotations

import re
from pathlib import PurePath

from projects.readers import gutenberg, headings, kinds, language, notes, outline
from projects.readers.blocks import Block, Draft, speakable, tidy
from projects.readers.book import NARRATED, Book, BookChapter, Kind, Paragraph, Picture, Role
from projects.readers.messages import bad
from projects.readers.outline import Segment

_FILE_LIKE = re.compile(
    r"(?:.*\.x?html?|part\d+|section ?\d+|index[_ ]split.*|chapter_?\d{3,}|untitled|unknown|start|text|ch\d+)", re.I
)


def bind(draft: Draft) -> Book:
    """The Book; raises `no_text` when nothing in it could be read aloud or shown."""
    notes.link(draft.blocks)
    draft.blocks = gutenberg.strip([b for b in draft.blocks if b.picture or speakable(b.text) or b.role is Role.CODE])
    if not any(b.text for b in draft.blocks):
        raise bad("no_text")
    draft.title = tidy(draft.title) or _first_title(draft)
    pieces = _pieces(draft, outline.plan(draft))
    chapters = [
        BookChapter(n, piece.title, kind, *_contents(draft.blocks[piece.first : piece.end]), part=piece.part)
        for n, (piece, kind) in enumerate(zip(pieces, _kinds(draft, pieces), strict=True), 1)
    ]
    text = " ".join(b.text for b in draft.blocks[:400])
    return Book(
        title=draft.title,
        chapters=tuple(chapters),
        authors=draft.authors,
        language=language.settle(draft.language, text),
        format=draft.format,
        cover=draft.cover,
        warnings=tuple(draft.warnings),
    )


class _Piece:
    """A chapter to be: its blocks, its titles."""

    def __init__(self, first: int, start: int, end: int, segment: Segment, part: str) -> None:
        self.first, self.start, self.end = first, start, end  # `first`: with the part's heading above it
        self.segment, self.part, self.title = segment, part, ""


def _pieces(draft: Draft, segments: list[Segment]) -> list[_Piece]:
    """Segments with text or pictures become chapters; a heading alone goes to what follows it, as its part."""
    blocks = draft.blocks
    bounds = [s.start for s in segments] + [len(blocks)]
    found: list[_Piece] = []
    waiting: int | None = None  # where headings without text of their own began
    for number, segment in enumerate(segments):
        start, end = bounds[number], bounds[number + 1]
        own = blocks[start:end]
        if not _hollow(own) or _picture_page(own, segments, number):
            part = " / ".join(
                t for t in dict.fromkeys(segment.above) if t and headings.key(t) != headings.key(draft.title)
            )
            piece = _Piece(start if waiting is None else waiting, start, end, segment, part)
            piece.title = _title(draft, segment, own)
            found.append(piece)
            waiting = None
        elif waiting is None and not _half_title(draft, own):
            waiting = start
    if waiting is not None and found:
        found[-1].end = len(blocks)
    return found or [_whole(draft)]


def _is_title(draft: Draft, text: str) -> bool:
    """Whether an outer entry only names the book ("FRANKENSTEIN;" of "Frankenstein; or, the Modern Prometheus")."""
    own, title = headings.key(text), headings.key(draft.title)
    return (
        not own
        or own == title
        or (len(own) > 5 and not _numbered(text) and (title.startswith(own) or own.startswith(title)))
    )


def _whole(draft: Draft) -> _Piece:
    """A book of headings alone is one chapter."""
    piece = _Piece(0, 0, len(draft.blocks), Segment(0), "")
    piece.title = draft.title
    return piece


def _half_title(draft: Draft, blocks: list[Block]) -> bool:
    """A page with nothing but the book's title says nothing new."""
    return all(headings.key(b.text) == headings.key(draft.title) for b in blocks if b.text)


def _hollow(blocks: list[Block]) -> bool:
    return not any(b.text and b.role is not Role.HEADING for b in blocks)


def _picture_page(blocks: list[Block], segments: list[Segment], number: int) -> bool:
    """A page with pictures and no text stands for itself, unless it opens a part."""
    deeper = number + 1 < len(segments) and segments[number + 1].depth > segments[number].depth
    return any(b.picture for b in blocks) and not deeper


def _title(draft: Draft, segment: Segment, blocks: list[Block]) -> str:
    """The entry's own words, else the first heading, else what the file calls the page."""
    if segment.title and not (segment.listed and _FILE_LIKE.fullmatch(segment.title.strip())):
        return tidy(_unpaged(segment.title, blocks))
    heads = [b.text for b in blocks if b.role is Role.HEADING]
    if heads:
        known = headings.recognise(heads[0])
        return (
            headings.join(*heads[:2])
            if known and known.bare and len(heads) > 1 and blocks[1].text == heads[1]
            else heads[0]
        )
    return segment.title or _nameless(draft, blocks)


def _unpaged(title: str, blocks: list[Block]) -> str:
    """An entry that is a page number only gives way to the heading it points to."""
    heads = [b.text for b in blocks[:3] if b.role is Role.HEADING]
    return heads[0] if heads and title.strip().isdigit() and title.strip() not in heads else title


_PAGES = {
    "titlepage": "Title page", "halftitlepage": "Half title", "cover": "Cover", "copyright-page": "Copyright", "dedication": "Dedication", "epigraph": "Epigraph",
    "imprint": "Imprint", "colophon": "Colophon", "frontispiece": "Frontispiece", "endnotes": "Notes", "footnotes": "Notes", "toc": "Contents",
}  # fmt: skip


def _nameless(draft: Draft, blocks: list[Block]) -> str:
    words = frozenset(w for b in blocks for w in b.hint)
    known = next((title for word, title in _PAGES.items() if word in words), "")
    if known:
        return known
    if blocks and draft.blocks and blocks[0] is draft.blocks[0] and len(blocks) < len(draft.blocks) and _few(blocks):
        return "Title page"
    place = next((a.partition("#")[0] for b in blocks for a in b.anchors), "")
    stem = re.sub(r"[\W_]+", " ", PurePath(place).stem).strip() if place else ""
    return stem.capitalize() if stem and draft.format == "epub" else draft.title


def _few(blocks: list[Block]) -> bool:
    return _words(blocks) < 250


def _words(blocks: list[Block]) -> int:
    return sum(len(b.text.split()) for b in blocks if b.role in NARRATED)


def _numbered(title: str) -> bool:
    head = headings.recognise(title)
    return head is not None and head.number is not None


def _kinds(draft: Draft, pieces: list[_Piece]) -> list[Kind]:
    hints = []
    opened = not draft.body_starts
    listed = any(p.segment.listed or p.segment.title for p in pieces)
    leading = sum(_numbered(p.title) for p in pieces) > 1  # until the first chapter that is one beyond doubt
    for number, piece in enumerate(pieces):
        blocks = draft.blocks[piece.start : piece.end]
        opened = opened or any(draft.body_starts in b.anchors for b in blocks)
        hint = _hint(draft, piece, blocks)
        leading = leading and not _numbered(piece.title) and hint is not Kind.BODY and _words(blocks) < 250
        if (
            hint is None
            and (leading or (number == 0 and len(pieces) > 1))
            and _words(blocks) < (100 if leading else 30)
        ):
            hint = None if _numbered(piece.title) else Kind.FRONT
        if hint is None and (not opened or (listed and not piece.segment.title and number == 0 and len(pieces) > 1)):
            hint = Kind.FRONT if _few(blocks) or not opened else None
        if (
            hint is None
            and piece.segment.listed is False
            and not piece.segment.title
            and _few(blocks)
            and any(p.segment.listed for p in pieces[number:])
        ):
            hint = Kind.FRONT
        hints.append(hint)
    if not any(h in (None, Kind.BODY) for h in hints):
        hints = [None if h is not None else h for h in hints]
    return kinds.settle(hints)


def _hint(draft: Draft, piece: _Piece, blocks: list[Block]) -> Kind | str | None:
    """What a chapter's words or title say of its kind; a chapter named as the book, and short, is a title page."""
    own = next((b for b in blocks if b.hint), None)
    words = kinds.by_words(own.hint) if own else None
    title = kinds.by_title(piece.title)
    if words is not None and not (
        words is Kind.BODY and title in (Kind.FRONT, Kind.BACK) and "bodymatter" not in (own.hint if own else ())
    ):
        return words
    if title is None and headings.key(piece.title) == headings.key(draft.title) and _few(blocks):
        return Kind.FRONT
    return title


def _contents(blocks: list[Block]) -> tuple[tuple[Paragraph, ...], tuple[Picture, ...]]:
    paragraphs: list[Paragraph] = []
    pictures: list[Picture] = []
    for block in blocks:
        if block.picture:
            shown = block.picture
            pictures.append(Picture(shown.name, shown.data, shown.media_type, shown.alt, before=len(paragraphs)))
        elif block.text:
            paragraphs.append(Paragraph(block.text, block.role, block.speaker, block.notes, block.note_id))
    return tuple(paragraphs), tuple(pictures)


def _first_title(draft: Draft) -> str:
    """The first heading that is no chapter's, else the file's name."""
    first = next((b.text for b in draft.blocks[:12] if b.role is Role.HEADING), "")
    if (first and headings.recognise(first) is None) or (first and headings.recognise(first).family == "caps"):  # type: ignore[union-attr]
        return first
    return tidy(re.sub(r"[_-]+", " ", PurePath(draft.name).stem)) or "Untitled"
