"""DOCX: paragraphs with their styles as blocks, footnotes, tables, pictures. Read as XML, which is fast and safe."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from projects.readers import guard
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, speakable, tidy, tidy_lines
from projects.readers.book import Book, Picture, Role
from projects.readers.messages import bad
from projects.readers.pictures import MEDIA
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED = "docx", (".docx", ".docm"), "a Word document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок)\s*(\d)", re.I)
_ROLES = (
    (re.compile(r"quote|zitat|citation", re.I), Role.QUOTE),
    (re.compile(r"verse|poem|poetry|lyric|stanza", re.I), Role.VERSE),
    (re.compile(r"caption|legende|beschriftung", re.I), Role.CAPTION),
    (re.compile(r"^(?:html )?code|preformatted|source code", re.I), Role.CODE),
)


def claims(sample: Sample) -> bool:
    return "word/document.xml" in sample.members or (
        "[Content_Types].xml" in sample.members and any(m.startswith("word/") for m in sample.members)
    )


def read(path: Path, name: str = "") -> Book:
    """The Book of a Word document; raises BadInput of the catalogue."""
    archive = guard.Archive(path, "DOCX")
    try:
        return bind(_Document(archive).draft(name or path.name))
    finally:
        archive.close()


class _Document:
    """One document: its parts, its styles, and the blocks collected so far."""

    def __init__(self, archive: guard.Archive) -> None:
        self.archive = archive
        self.body = self._part("word/document.xml")
        if self.body is None:
            raise bad("broken", format="DOCX")
        self.relations = self._relations()
        self.styles = self._styles()
        self.blocks: list[Block] = []
        self.title = ""

    def _part(self, name: str) -> etree._Element | None:
        found = self.archive.find(name)
        if not found:
            return None
        data = self.archive.read(found)
        return guard.xml(data.replace(_STRICT.encode(), _W.strip("{}").encode()), "DOCX")

    def _relations(self) -> dict[str, str]:
        root = self._part("word/_rels/document.xml.rels")
        return {e.get("Id", ""): e.get("Target", "") for e in root} if root is not None else {}

    def _styles(self) -> dict[str, tuple[str, int]]:
        """Style id -> its name and heading level (its own, or that of the style it is based on)."""
        root = self._part("word/styles.xml")
        raw = {e.get(f"{_W}styleId", ""): e for e in root.iter(f"{_W}style")} if root is not None else {}
        return {id: (_value(e.find(f"{_W}name")), _style_level(e, raw)) for id, e in raw.items()}

    def draft(self, name: str) -> Draft:
        assert self.body is not None
        for element in _content(self.body):
            if element.tag == f"{_W}p":
                self._paragraph(element)
            else:
                self._table(element)
        self._notes()
        draft = Draft("docx", self.blocks, name=name)
        self._facts(draft)
        return draft

    def _facts(self, draft: Draft) -> None:
        core = self._part("docProps/core.xml")
        said = (
            {e.tag.rpartition("}")[2]: tidy(e.text or "") for e in core if isinstance(e.tag, str)}
            if core is not None
            else {}
        )
        draft.title = said.get("title", "") or self.title
        if draft.title.lower() in ("word document", "document", "untitled"):
            draft.title = self.title
        author = said.get("creator", "")
        draft.authors = (
            (author,) if author and author.lower() not in ("python-docx", "user", "author", "unknown") else ()
        )
        draft.language = said.get("language", "")

    # -- paragraphs --------------------------------------------------------------------------
    def _paragraph(self, element: etree._Element) -> None:
        style, level = self._style(element)
        before = len(self.blocks)
        text, marks = self._text(element)
        if style.lower() in ("title", "titel", "titre") and not self.title:
            self.title, level = tidy(text), level or 1
        if (
            style.lower().startswith(("toc ", "inhaltsverzeichnis", "table of contents"))
            or style.lower() == "toc heading"
        ):
            self._add(text, Role.TABLE, marks)
            return
        apart = not level and _stands_out(element)
        role = Role.HEADING if level else next((r for pattern, r in _ROLES if pattern.search(style)), Role.NARRATION)
        self._add(text, role, marks, level)
        if apart and len(self.blocks) > before:
            self.blocks[-1].gap = 4
        if len(self.blocks) > before + 1 and not self.blocks[before].text and level:
            self.blocks.insert(before, self.blocks.pop())  # a heading stays above the picture in it

    def _add(self, text: str, role: Role, marks: tuple[tuple[str, str, bool], ...] = (), level: int = 0) -> None:
        lines = tidy_lines(text)
        parts = lines.split("\n")
        verse = role is Role.VERSE or (
            role in (Role.NARRATION, Role.QUOTE) and len(parts) > 2 and max(map(len, parts)) <= 64
        )
        joined = lines if verse else lines.replace("\n", " ")
        if not speakable(joined) and not marks:
            return
        last = self.blocks[-1] if self.blocks else None
        if role is Role.VERSE and last and last.role is Role.VERSE and not last.gap and len(parts) == 1:
            last.text += "\n" + joined  # a style of verse has a paragraph for each line
            return
        self.blocks.append(Block(joined, Role.VERSE if verse else role, level, marks=marks))

    def _style(self, element: etree._Element) -> tuple[str, int]:
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        name, level = self.styles.get(_value(properties.find(f"{_W}pStyle")), ("", 0))
        outline = _value(properties.find(f"{_W}outlineLvl"))
        return name, int(outline) + 1 if outline.isdigit() and int(outline) < 6 else level

    def _text(self, element: etree._Element) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
        """The paragraph's text with tokens for its note marks; its pictures become blocks."""
        parts: list[str] = []
        marks: list[tuple[str, str, bool]] = []
        for e in _runs(element):
            tag = e.tag.rpartition("}")[2]
            if tag == "t":
                parts.append(e.text or "")
            elif tag in ("br", "cr"):
                parts.append("\n")
            elif tag == "tab":
                parts.append(" ")
            elif tag == "noBreakHyphen":
                parts.append("-")
            elif tag in ("footnoteReference", "endnoteReference"):
                parts.append(f"\x02{len(marks)}\x03")
                marks.append((f"#{tag[:-9]}-{e.get(f'{_W}id', '')}", "", True))
            elif tag in ("blip", "imagedata"):
                self._picture(e)
        return "".join(parts), tuple(marks)

    def _picture(self, element: etree._Element) -> None:
        target = self.relations.get(element.get(f"{_R}embed") or element.get(f"{_R}id") or "", "")
        place = self.archive.find(posixpath.normpath(posixpath.join("word", target)).lstrip("/")) if target else ""
        media = MEDIA.get(Path(place).suffix.lower()) if place else None
        if media:
            drawing = next((a for a in element.iterancestors() if a.tag == f"{_W}drawing"), None)
            alt = (
                next((e.get("descr") or "" for e in drawing.iter() if str(e.tag).endswith("}docPr")), "")
                if drawing is not None
                else ""
            )
            self.blocks.append(Block(picture=Picture(Path(place).name, self.archive.read(place), media, tidy(alt))))

    def _table(self, element: etree._Element) -> None:
        rows = [
            [tidy(" ".join(self._text(p)[0] for p in c.iter(f"{_W}p"))) for c in r.iter(f"{_W}tc")]
            for r in element.iter(f"{_W}tr")
        ]
        full = [[c for c in row if c] for row in rows]
        if any(len(row) > 1 for row in full):
            self._add_table("\n".join(" | ".join(row) for row in full if row))
        else:
            for paragraph in element.iter(f"{_W}p"):
                self._paragraph(paragraph)

    def _add_table(self, text: str) -> None:
        if speakable(text):
            self.blocks.append(Block(text, Role.TABLE))

    # -- notes -------------------------------------------------------------------------------
    def _notes(self) -> None:
        """Footnotes and endnotes stand below the paragraph that first names them."""
        texts: dict[str, list[str]] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"word/{kind}s.xml")
            for note in root.iter(f"{_W}{kind}") if root is not None else ():
                if note.get(f"{_W}type") in (None, "normal"):
                    lines = [
                        tidy(self._text(p)[0].replace("\x02", "").replace("\x03", "")) for p in note.iter(f"{_W}p")
                    ]
                    texts[f"#{kind}-{note.get(f'{_W}id', '')}"] = [line for line in lines if line]
        placed: list[Block] = []
        for block in self.blocks:
            placed.append(block)
            for target, _, _ in block.marks:
                for text in texts.pop(target, []):
                    placed.append(Block(text, Role.FOOTNOTE, anchors=(target,), note=target))
        self.blocks = placed


def _stands_out(element: etree._Element) -> bool:
    """Centred, all bold, or on a page of its own: how headings look that have no style."""
    properties = element.find(f"{_W}pPr")
    if properties is not None and (
        _value(properties.find(f"{_W}jc")) == "center" or properties.find(f"{_W}pageBreakBefore") is not None
    ):
        return True
    runs = [r for r in element.iter(f"{_W}r") if any((t.text or "").strip() for t in r.iter(f"{_W}t"))]
    return bool(runs) and all(r.find(f"{_W}rPr/{_W}b") is not None for r in runs)


def _value(element: etree._Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _style_level(style: etree._Element, styles: dict[str, etree._Element]) -> int:
    for _ in range(8):
        name = _value(style.find(f"{_W}name"))
        match = _HEADING.match(name)
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if match or (outline.isdigit() and int(outline) < 6):
            return min(int(match.group(1)) if match else int(outline) + 1, 6)
        base = styles.get(_value(style.find(f"{_W}basedOn")))
        if base is None:
            return 0
        style = base
    return 0


def _content(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls; what is deleted by a revision stays out."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}body", f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _content(element)


_SKIPPED = {f"{_W}{n}" for n in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """What a paragraph consists of, in order; nested paragraphs (text boxes) included."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        hidden = child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None
        if not hidden:
            yield child
            yield from _runs(child)
