"""HTML and XHTML pages, Project Gutenberg's included: the tree's blocks, a contents page of links, data: pictures."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from projects.readers import encoding, guard
from projects.readers.assemble import bind
from projects.readers.blocks import Draft, tidy
from projects.readers.book import Book
from projects.readers.linked import from_links
from projects.readers.messages import bad
from projects.readers.pictures import beside
from projects.readers.sniff import Sample
from projects.readers.tree import Walker

NAME, SUFFIXES, CALLED, TEXTUAL = "html", (".html", ".htm", ".xhtml", ".xht"), "a web page", True
_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CHARSET = re.compile(rb"""<meta[^>]{0,80}charset\s*=\s*["']?\s*([\w-]+)""", re.I)


def claims(sample: Sample) -> bool:
    return bool(_START.match(sample.text))


def read(path: Path, name: str = "") -> Book:
    """The Book of a page; raises BadInput of the catalogue."""
    text, warnings = decode(path.read_bytes())
    root = guard.page(text)
    if root is None:
        raise bad("no_text")
    draft = draft_of(root, "html", path, name)
    draft.warnings = warnings + draft.warnings
    return bind(draft)


def decode(data: bytes) -> tuple[str, list[str]]:
    """As the page says of itself, when that fits; else as any text."""
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = said.group(1).decode("ascii").lower()
        charset = "cp1252" if charset in ("iso-8859-1", "latin1", "us-ascii") else charset
        try:
            return data.decode(charset).replace("\x00", ""), []
        except (UnicodeDecodeError, LookupError):
            pass
    return encoding.decode(data)


def draft_of(root: etree._Element, format: str, path: Path, name: str) -> Draft:
    """Blocks, facts and linked contents of a page."""
    missing: list[str] = []
    walker = Walker("", beside(None if name else path, missing))
    draft = Draft(format, walker.read(root), name=name or path.name)
    draft.contents = from_links(draft.blocks, walker.links)
    draft.title, draft.authors, draft.language = _about(root)
    if missing:
        draft.warnings.append(f"{len(set(missing))} pictures lie outside of the file and were left out.")
    return draft


def _about(root: etree._Element) -> tuple[str, tuple[str, ...], str]:
    """Title, authors and language of the head."""
    title, authors, language = "", [], root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name == "title" and not title:
            title = tidy("".join(element.itertext()))
        if name == "meta" and (element.get("name") or element.get("property") or "").lower() in (
            "author",
            "dc.creator",
            "dcterms.creator",
        ):
            authors.append(tidy(element.get("content") or ""))
        if (
            name == "meta"
            and (element.get("name") or "").lower() in ("dc.language", "dcterms.language")
            and not language
        ):
            language = element.get("content") or ""
        if name == "body":
            break
    return _book_title(title), tuple(dict.fromkeys(_name(a) for a in authors if a)), language


def _book_title(title: str) -> str:
    """Without Gutenberg's frame: "The Project Gutenberg eBook of Emma, by Jane Austen"."""
    title = re.sub(r"^(?:the )?project gutenberg(?:'s|’s)?(?: e-?(?:book|text)(?: of)?)?[\s:,]+", "", title, flags=re.I)
    title = re.sub(r"\s*[|—-]\s*Project Gutenberg\s*$", "", title)
    return re.sub(r",? by [A-Z][^,]{2,60}\.?$", "", title).strip(" .")


def _name(author: str) -> str:
    """ "Austen, Jane, 1775-1817" as "Jane Austen"."""
    parts = [p.strip() for p in author.split(",")]
    parts = [p for p in parts if not re.match(r"\d{3,4}", p)]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 else ", ".join(parts)
