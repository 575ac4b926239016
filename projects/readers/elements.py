"""What an element of a page is: by its name, its classes and roles, and how it stands in print."""

from __future__ import annotations

import re

from lxml import etree

from projects.readers.blocks import tidy
from projects.readers.headings import LONGEST, join, recognise

BLOCK = frozenset(
    [
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
    ]
)
SKIP = frozenset(
    [
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
    ]
)
_HEADS = {f"h{n}": n for n in range(1, 7)}
_PAGE = re.compile(
    r"page-?break|page-?num(?:ber)?|pageno|pgno|folio|pagenum\w*|x-ebookmaker-pageno|doc-pagebreak|ebookmaker-pageno",
    re.I,
)
MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,4}[a-z]?|[*†‡§¶‖#]{1,4}|[a-z]|[ivx]{1,5}|note\s*\d*|↩︎?|↑|\^|\[?back\]?|return)\s*[\])]?\.?|",
    re.I,
)
NOTE_WORDS = frozenset(
    [
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
    ]
)
MARK_WORDS = frozenset(
    [
        "noteref",
        "doc-noteref",
        "fnanchor",
        "footnote-ref",
        "footnoteref",
        "footnote-reference",
        "endnote-ref",
        "fnref",
        "fn-ref",
    ]
)
BACK_WORDS = frozenset(["backlink", "doc-backlink", "footnote-backref", "footnote-back", "reversefootnote"])
POEM = re.compile(r"(?:z3998:)?(?:poem|verse|poetry|song|hymn|lyrics?|poetry-container)", re.I)
STANZA = re.compile(r"(?:stanza|linegroup|line-group|lg|strophe)\d*", re.I)
_TITLED = re.compile(r"(?:chap(?:ter)?|part|book|section|h)[-_ ]?(?:num(?:ber)?|no|titles?|tit|head(?:ing|er)?|name|label|opener)\w*|chaptertitle|heading\d*|calibre_?h\d|titlechap\w*|ct|cn|h[1-6]\w?", re.I)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def name_of(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def words_of(element: etree._Element) -> frozenset[str]:
    if not element.attrib:
        return frozenset()
    values = (
        element.get("class"),
        element.get("{http://www.idpf.org/2007/ops}type"),
        element.get("epub:type"),
        element.get("role"),
    )
    return frozenset(w.lower() for value in values if value for w in value.split())


def hidden(element: etree._Element, name: str, words: frozenset[str]) -> bool:
    if not element.attrib:
        return False
    if name == "nav" and words & {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}:
        return True
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if words and any(_PAGE.fullmatch(w) for w in words):
        return len("".join(element.itertext()).strip()) <= 24
    return False


def level_of(element: etree._Element, name: str, words: frozenset[str]) -> int:
    if name in _HEADS:
        return _HEADS[name]
    if name == "hgroup":
        return next((_HEADS[name_of(c)] for c in element if name_of(c) in _HEADS), 0)
    if element.get("role") == "heading":
        return int(element.get("aria-level") or 2) if (element.get("aria-level") or "2").isdigit() else 2
    if name in ("p", "div") and words and any(_TITLED.fullmatch(w) for w in words):
        text = tidy("".join(element.itertext()))
        has_block = any(name_of(c) in BLOCK for c in element)
        return 3 if text and len(text) <= LONGEST and not has_block else 0
    return 0


def stands_out(element: etree._Element, words: frozenset[str]) -> bool:
    if (
        words & {"center", "centre", "centered", "centred", "c", "tac", "aligncenter"}
        or element.get("align") == "center"
    ):
        return True
    children = list(element)
    bold = len(children) == 1 and name_of(children[0]) in ("b", "strong") and not (children[0].tail or "").strip()
    return bold and not (element.text or "").strip()


def rows_of(table: etree._Element) -> list[str]:
    """Rows as lines of "cell | cell"; none when the table only lays out a page (one cell a row)."""
    rows, real = [], False
    for row in (e for e in table.iter() if name_of(e) == "tr"):
        cells = [tidy(" ".join(cell.itertext())) for cell in row if name_of(cell) in ("td", "th")]
        cells = [c for c in cells if c]
        real = real or len(cells) > 1
        if cells:
            rows.append(" | ".join(cells))
        if any(len(c) > 400 for c in cells):
            return []  # prose set in a table
    return rows if real else []


def heading(lines: str) -> str:
    """A heading's lines as one title: its number, then its name."""
    first, _, rest = lines.partition("\n")
    rest = " ".join(rest.split("\n"))
    found = recognise(first) if rest else None
    return join(first, rest) if found and found.bare else f"{first} {rest}".strip()


def versed(lines: str) -> bool:
    """Whether line breaks inside a plain paragraph are those of a poem: two or more, all lines short."""
    parts = lines.split("\n")
    return len(parts) > 2 and max(map(len, parts)) <= 64 and sum(map(len, parts)) / len(parts) > 12
