"""A tree of HTML or XHTML becomes blocks: paragraphs with their role, headings, pictures, note marks, anchors.

Serves EPUB, HTML and Markdown. What is hidden (scripts, page numbers, ruby readings, navigation) is left out;
every other character stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urldefrag, urljoin

from lxml import etree

from projects.readers.blocks import Block, speakable, tidy, tidy_lines
from projects.readers.book import Picture, Role
from projects.readers.elements import (
    BACK_WORDS,
    BLOCK,
    MARK,
    MARK_WORDS,
    NOTE_WORDS,
    POEM,
    SKIP,
    STANZA,
    heading,
    hidden,
    level_of,
    name_of,
    rows_of,
    stands_out,
    versed,
    words_of,
)

Fetch = Callable[[str], "tuple[bytes, str] | None"]  # a picture's place -> its bytes and media type

TOKEN = re.compile("\x02(\\d+)\x03")  # stands in a text for a note mark until notes are linked


@dataclass(frozen=True, slots=True)
class _Place:
    """What encloses the text being collected."""

    role: Role = Role.NARRATION
    level: int = 0
    note: str = ""
    hint: frozenset[str] = frozenset()
    lines: bool = False  # nested blocks are lines of one paragraph
    verse: bool = False
    pre: bool = False
    apart: bool = False  # centred or all bold: how headings look that are no headings


@dataclass
class Walker:
    """Collects the blocks of one page. `file` is its place in the book; `fetch` gives pictures by place."""

    file: str = ""
    fetch: Fetch | None = None
    blocks: list[Block] = field(default_factory=list)
    links: list[tuple[str, str, int]] = field(default_factory=list)  # target, text, number of the block it stands in
    _place: _Place = _Place()
    _text: list[str] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _marks: list[tuple[str, str, bool]] = field(default_factory=list)
    _linked: int = 0

    def read(self, root: etree._Element) -> list[Block]:
        """All blocks under `root`; the first one also carries the page's own place as an anchor."""
        self._anchors.append(self.file)
        body = next((e for e in root.iter() if isinstance(e.tag, str) and name_of(e) == "body"), root)
        self._enter(body)
        self._flush()
        return self.blocks

    @property
    def left(self) -> list[str]:
        """Anchors after the last block: they belong to whatever comes next."""
        return self._anchors

    # -- walking -----------------------------------------------------------------------------
    def _enter(self, element: etree._Element) -> None:
        name, words = name_of(element), words_of(element)
        if name in BLOCK and not self._place.lines:
            self._flush()
        anchor = element.get("id") or (element.get("name") if name == "a" else None)
        if anchor:
            self._anchors.append(f"{self.file}#{anchor}")
        if name in SKIP or hidden(element, name, words):
            return
        if name == "br":
            self._text.append("\n")
        elif name in ("img", "image"):
            self._picture(element, words)
        elif name == "a":
            self._link(element, words)
        elif name == "math":
            self._text.append(element.get("alttext") or "".join(element.itertext()))
        elif name == "table" and any("z3998:persona" in words_of(e) for e in element.iter() if isinstance(e.tag, str)):
            self._play(element)
        elif name == "table" and (rows := rows_of(element)):
            self._table(element, rows)
        elif name in BLOCK or words & {"z3998:verse-line"}:
            self._block(element, name, words)
        else:
            self._inside(element)

    def _inside(self, element: etree._Element) -> None:
        if element.text:
            self._add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._enter(child)
            if child.tail:
                self._add(child.tail)

    def _add(self, text: str) -> None:
        text = text.replace("\x02", "").replace("\x03", "")
        self._text.append(text if self._place.pre else text.replace("\n", " ").replace("\r", " "))

    def _block(self, element: etree._Element, name: str, words: frozenset[str]) -> None:
        before = self._place
        if before.lines:
            self._text.append("\n")
            self._inside(element)
            self._text.append("\n")
            return
        self._flush()
        self._place = self._inner(element, before, name, words)
        self._inside(element)
        self._flush()
        self._place = before

    def _inner(self, element: etree._Element, place: _Place, name: str, words: frozenset[str]) -> _Place:
        level = level_of(element, name, words)
        if level:
            return replace(place, role=Role.HEADING, level=level, lines=name == "hgroup", hint=place.hint | words)
        place = replace(place, hint=place.hint | words, apart=name in ("p", "div") and stands_out(element, words))
        if words & NOTE_WORDS and name != "a":
            return self._note(element, place, name, words)
        if place.note == "*" and name in ("li", "p", "div", "dd") and element.get("id"):
            return replace(place, note=f"{self.file}#{element.get('id')}")
        if any(STANZA.fullmatch(w) for w in words):
            return replace(place, role=Role.VERSE, verse=True, lines=True)
        if any(POEM.fullmatch(w) for w in words):
            return replace(place, role=Role.VERSE, verse=True)
        if place.verse:
            return place
        if name == "pre":
            code = any(name_of(c) == "code" for c in element.iter() if isinstance(c.tag, str))
            return replace(place, role=Role.CODE if code or "code" in words else Role.VERSE, pre=True)
        if name in ("figcaption", "caption") or words & {"caption", "figcaption", "illustration-caption"}:
            return replace(place, role=Role.CAPTION)
        if name == "blockquote" and place.role is Role.NARRATION:
            return replace(place, role=Role.QUOTE)
        return place

    def _note(self, element: etree._Element, place: _Place, name: str, words: frozenset[str]) -> _Place:
        """A container of one note takes its id; a container of many waits for its items ("*")."""
        many = words & {"footnotes", "endnotes", "rearnotes", "doc-endnotes"} or name in ("section", "ol", "ul")
        own = element.get("id") or next(
            (e.get("id") for e in element.iter() if isinstance(e.tag, str) and e.get("id")), ""
        )
        return replace(place, role=Role.FOOTNOTE, note="*" if many else f"{self.file}#{own}")

    # -- parts of a paragraph ----------------------------------------------------------------
    def _link(self, element: etree._Element, words: frozenset[str]) -> None:
        href = element.get("href") or ""
        text = tidy("".join(element.itertext()))
        inner = "#" in href and ":" not in href.split("#")[0]
        marked = bool(words & MARK_WORDS)
        if words & BACK_WORDS or (inner and (marked or MARK.fullmatch(text)) and (text or marked)):
            for e in element.iter():
                if isinstance(e.tag, str) and e.get("id") and e is not element:
                    self._anchors.append(f"{self.file}#{e.get('id')}")
            if not words & BACK_WORDS:
                self._text.append(f"\x02{len(self._marks)}\x03")
                self._marks.append((self.place(href), text, marked))
            return
        if href and ":" not in href.split("#")[0]:
            self.links.append((self.place(href), text, len(self.blocks)))
            self._linked += len(text)
        self._inside(element)

    def place(self, href: str) -> str:
        """Where a relative link leads, in the same form as anchors."""
        try:
            path, fragment = urldefrag(href.strip())
            path = unquote(urljoin(self.file, path)) if path else self.file
        except ValueError:
            return href
        return f"{path}#{unquote(fragment)}" if fragment else path

    def _picture(self, element: etree._Element, words: frozenset[str]) -> None:
        source = element.get("src") or element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        alt = tidy(element.get("alt") or "")
        if len(alt) == 1 and alt.isalpha():  # a drop cap drawn as a picture: its letter belongs to the word
            self._text.append(alt)
            return
        found = self.fetch(self.place(source)) if self.fetch and source else None
        if found:
            name = (
                unquote(source.split("#")[0].rsplit("/", 1)[-1])[:120] if not source.startswith("data:") else "picture"
            )
            picture = Picture(name=name, data=found[0], media_type=found[1], alt=alt)
            self.blocks.append(Block(picture=picture, anchors=tuple(self._anchors), hint=self._place.hint | words))
            self._anchors = []

    def _table(self, element: etree._Element, rows: list[str]) -> None:
        self._flush()
        for e in element.iter():
            if not isinstance(e.tag, str):
                continue
            if e.get("id"):
                self._anchors.append(f"{self.file}#{e.get('id')}")
            if name_of(e) == "a" and e.get("href"):
                self.links.append((self.place(e.get("href") or ""), tidy("".join(e.itertext())), len(self.blocks)))
            elif name_of(e) in ("img", "image"):
                self._picture(e, words_of(e))
        self._emit("\n".join(rows), Role.TABLE)

    def _play(self, table: etree._Element) -> None:
        """Rows of a play: who speaks in the first cell, what is said in the next; a row without speaker is action."""
        self._flush()
        for row in (e for e in table.iter() if name_of(e) == "tr"):
            cells = [c for c in row if name_of(c) in ("td", "th")]
            who = next((tidy("".join(c.itertext())) for c in cells if "z3998:persona" in words_of(c)), "")
            for cell in cells:
                spoken = "z3998:persona" not in words_of(cell)
                before = self._place
                self._place = replace(
                    before, role=Role.CUE if not spoken else Role.DIALOGUE if who else Role.NARRATION, lines=True
                )
                first = len(self.blocks)
                self._inside(cell)
                self._flush()
                for block in self.blocks[first:]:
                    block.speaker = who
                self._place = before

    # -- paragraphs --------------------------------------------------------------------------
    def _flush(self) -> None:
        raw, self._text = "".join(self._text), []
        if not raw or not (raw.strip() or self._marks):
            return
        place = self._place
        if place.pre and place.role is Role.VERSE and len(raw) > 1000:
            self._plain_text(raw)
            return
        lines = tidy_lines(raw)
        if place.level:
            self._emit(heading(lines), Role.HEADING)
        elif place.role in (Role.CODE,):
            self._emit(raw.strip("\n"), Role.CODE)
        elif place.role is Role.VERSE or (place.role in (Role.NARRATION, Role.QUOTE) and versed(lines)):
            self._emit(lines, Role.VERSE)
        else:
            self._emit(lines.replace("\n", " "), place.role)

    def _plain_text(self, raw: str) -> None:
        """A whole text set as one preformatted piece is read as a plain text is."""
        from projects.readers.text import blocks_of

        blocks = blocks_of(raw.split("\n"))
        if blocks:
            blocks[0].anchors += tuple(self._anchors)
            self._anchors = []
        self.blocks += blocks

    def _emit(self, text: str, role: Role) -> None:
        bare = TOKEN.sub("", text)
        if role not in (Role.HEADING, Role.TABLE, Role.FOOTNOTE) and self._linked > 0.8 * len(bare) and len(bare) > 3:
            role = Role.TABLE  # a line of links is a list of places, not a tale
        self._linked = 0
        if speakable(bare) or self._marks or role is Role.CODE:
            place = self._place
            note = place.note if place.note != "*" else ""
            level = place.level if role is Role.HEADING else 0
            self.blocks.append(
                Block(
                    text,
                    role,
                    level,
                    tuple(self._anchors),
                    tuple(self._marks),
                    note,
                    hint=place.hint,
                    gap=4 * place.apart,
                )
            )
            self._anchors, self._marks = [], []
