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
from projects.readers.headings import LONGEST, join, recognise

Fetch = Callable[[str], "tuple[bytes, str] | None"]  # a picture's place -> its bytes and media type

_BLOCK = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "ul",
}
_SKIP = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "rt",
    "rp",
    "rtc",
    "iframe",
    "object",
    "audio",
    "video",
    "button",
    "input",
    "select",
    "textarea",
    "title",
    "link",
    "meta",
}
_HEADS = {f"h{n}": n for n in range(1, 7)}
_PAGE = re.compile(
    r"page-?break|page-?num(?:ber)?|pageno|pgno|folio|pagenum\w*|x-ebookmaker-pageno|doc-pagebreak|ebookmaker-pageno",
    re.I,
)
_MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,4}[a-z]?|[*†‡§¶‖#]{1,4}|[a-z]|[ivx]{1,5}|note\s*\d*|↩︎?|↑|\^|\[?back\]?|return)\s*[\])]?\.?|",
    re.I,
)
_NOTE_WORDS = {
    "footnote",
    "footnotes",
    "endnote",
    "endnotes",
    "rearnote",
    "rearnotes",
    "doc-footnote",
    "doc-endnote",
    "doc-endnotes",
    "fn",
}
_MARK_WORDS = {
    "noteref",
    "doc-noteref",
    "fnanchor",
    "footnote-ref",
    "footnoteref",
    "footnote-reference",
    "endnote-ref",
    "fnref",
    "fn-ref",
}
_BACK_WORDS = {"backlink", "doc-backlink", "footnote-backref", "footnote-back", "reversefootnote"}
_POEM = re.compile(r"(?:z3998:)?(?:poem|verse|poetry|song|hymn|lyrics?|poetry-container)", re.I)
_STANZA = re.compile(r"(?:stanza|linegroup|line-group|lg|strophe)\d*", re.I)
_LINE = re.compile(r"(?:line|verse|l|i\d+|poem-?line|indent-?\d*)", re.I)
_TITLED = re.compile(r"(?:chap(?:ter)?|part|book|section|h)[-_ ]?(?:num(?:ber)?|no|titles?|tit|head(?:ing|er)?|name|label|opener)\w*|chaptertitle|heading\d*|calibre_?h\d|titlechap\w*|ct|cn|h[1-6]\w?", re.I)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
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
        body = next((e for e in root.iter() if isinstance(e.tag, str) and _name(e) == "body"), root)
        self._enter(body)
        self._flush()
        return self.blocks

    @property
    def left(self) -> list[str]:
        """Anchors after the last block: they belong to whatever comes next."""
        return self._anchors

    # -- walking -----------------------------------------------------------------------------
    def _enter(self, element: etree._Element) -> None:
        name, words = _name(element), _words(element)
        if name in _BLOCK and not self._place.lines:
            self._flush()
        anchor = element.get("id") or (element.get("name") if name == "a" else None)
        if anchor:
            self._anchors.append(f"{self.file}#{anchor}")
        if name in _SKIP or _hidden(element, name, words):
            return
        if name == "br":
            self._text.append("\n")
        elif name in ("img", "image"):
            self._picture(element, words)
        elif name == "a":
            self._link(element, words)
        elif name == "math":
            self._text.append(element.get("alttext") or "".join(element.itertext()))
        elif name == "table" and any("z3998:persona" in _words(e) for e in element.iter() if isinstance(e.tag, str)):
            self._play(element)
        elif name == "table" and (rows := _rows(element)):
            self._table(element, rows)
        elif name in _BLOCK or words & {"z3998:verse-line"}:
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
        level = _level(element, name, words)
        if level:
            return replace(place, role=Role.HEADING, level=level, lines=name == "hgroup", hint=place.hint | words)
        place = replace(place, hint=place.hint | words, apart=name in ("p", "div") and _stands_out(element, words))
        if words & _NOTE_WORDS and name != "a":
            return self._note(element, place, name, words)
        if place.note == "*" and name in ("li", "p", "div", "dd") and element.get("id"):
            return replace(place, note=f"{self.file}#{element.get('id')}")
        if any(_STANZA.fullmatch(w) for w in words):
            return replace(place, role=Role.VERSE, verse=True, lines=True)
        if any(_POEM.fullmatch(w) for w in words):
            return replace(place, role=Role.VERSE, verse=True)
        if place.verse:
            return place
        if name == "pre":
            code = any(_name(c) == "code" for c in element.iter() if isinstance(c.tag, str))
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
        marked = bool(words & _MARK_WORDS)
        if words & _BACK_WORDS or (inner and (marked or _MARK.fullmatch(text)) and (text or marked)):
            for e in element.iter():
                if isinstance(e.tag, str) and e.get("id") and e is not element:
                    self._anchors.append(f"{self.file}#{e.get('id')}")
            if not words & _BACK_WORDS:
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
            if _name(e) == "a" and e.get("href"):
                self.links.append((self.place(e.get("href") or ""), tidy("".join(e.itertext())), len(self.blocks)))
            elif _name(e) in ("img", "image"):
                self._picture(e, _words(e))
        self._emit("\n".join(rows), Role.TABLE)

    def _play(self, table: etree._Element) -> None:
        """Rows of a play: who speaks in the first cell, what is said in the next; a row without speaker is action."""
        self._flush()
        for row in (e for e in table.iter() if _name(e) == "tr"):
            cells = [c for c in row if _name(c) in ("td", "th")]
            who = next((tidy("".join(c.itertext())) for c in cells if "z3998:persona" in _words(c)), "")
            for cell in cells:
                spoken = "z3998:persona" not in _words(cell)
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
            self._emit(_heading(lines), Role.HEADING)
        elif place.role in (Role.CODE,):
            self._emit(raw.strip("\n"), Role.CODE)
        elif place.role is Role.VERSE or (place.role in (Role.NARRATION, Role.QUOTE) and _versed(lines)):
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


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _words(element: etree._Element) -> frozenset[str]:
    if not element.attrib:
        return frozenset()
    values = (
        element.get("class"),
        element.get("{http://www.idpf.org/2007/ops}type"),
        element.get("epub:type"),
        element.get("role"),
    )
    return frozenset(w.lower() for value in values if value for w in value.split())


def _hidden(element: etree._Element, name: str, words: frozenset[str]) -> bool:
    if not element.attrib:
        return False
    if name == "nav" and words & {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}:
        return True
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if words and any(_PAGE.fullmatch(w) for w in words):
        return len("".join(element.itertext()).strip()) <= 24
    return False


def _level(element: etree._Element, name: str, words: frozenset[str]) -> int:
    if name in _HEADS:
        return _HEADS[name]
    if name == "hgroup":
        return next((_HEADS[_name(c)] for c in element if _name(c) in _HEADS), 0)
    if element.get("role") == "heading":
        return int(element.get("aria-level") or 2) if (element.get("aria-level") or "2").isdigit() else 2
    if name in ("p", "div") and words and any(_TITLED.fullmatch(w) for w in words):
        text = tidy("".join(element.itertext()))
        has_block = any(_name(c) in _BLOCK for c in element)
        return 3 if text and len(text) <= LONGEST and not has_block else 0
    return 0


def _stands_out(element: etree._Element, words: frozenset[str]) -> bool:
    if (
        words & {"center", "centre", "centered", "centred", "c", "tac", "aligncenter"}
        or element.get("align") == "center"
    ):
        return True
    children = list(element)
    bold = len(children) == 1 and _name(children[0]) in ("b", "strong") and not (children[0].tail or "").strip()
    return bold and not (element.text or "").strip()


def _rows(table: etree._Element) -> list[str]:
    """Rows as lines of "cell | cell"; none when the table only lays out a page (one cell a row)."""
    rows, real = [], False
    for row in (e for e in table.iter() if _name(e) == "tr"):
        cells = [tidy(" ".join(cell.itertext())) for cell in row if _name(cell) in ("td", "th")]
        cells = [c for c in cells if c]
        real = real or len(cells) > 1
        if cells:
            rows.append(" | ".join(cells))
        if any(len(c) > 400 for c in cells):
            return []  # prose set in a table
    return rows if real else []


def _heading(lines: str) -> str:
    """A heading's lines as one title: its number, then its name."""
    first, _, rest = lines.partition("\n")
    rest = " ".join(rest.split("\n"))
    found = recognise(first) if rest else None
    return join(first, rest) if found and found.bare else f"{first} {rest}".strip()


def _versed(lines: str) -> bool:
    """Whether line breaks inside a plain paragraph are those of a poem: two or more, all lines short."""
    parts = lines.split("\n")
    return len(parts) > 2 and max(map(len, parts)) <= 64 and sum(map(len, parts)) / len(parts) > 12
