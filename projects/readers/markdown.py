"""Markdown: front matter for the facts, then CommonMark as a tree; footnotes ([^1]) linked."""

from __future__ import annotations

import html
import re
from pathlib import Path

from projects.readers import encoding, guard
from projects.readers.assemble import bind
from projects.readers.book import Book
from projects.readers.html import draft_of
from projects.readers.messages import bad
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED, TEXTUAL = "markdown", (".md", ".markdown", ".mdown", ".mkd"), "Markdown", True
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
_FIELD = re.compile(r"^(\w[\w -]*):[ \t]*(.*?)[ \t]*$", re.M)
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M)
_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def claims(sample: Sample) -> bool:
    return False  # its marks are too common in other texts: the name decides


def read(path: Path, name: str = "") -> Book:
    """The Book of a Markdown file; raises BadInput of the catalogue."""
    text, warnings = encoding.decode(path.read_bytes())
    facts, text = _front_matter(text)
    root = guard.page(_rendered(text))
    if root is None:
        raise bad("no_text")
    draft = draft_of(root, "markdown", path, name)
    draft.title = facts.get("title", "")
    draft.language = facts.get("language", facts.get("lang", ""))
    author = facts.get("author", facts.get("authors", "")).strip("[]")
    draft.authors = tuple(a.strip().strip("\"'") for a in re.split(r",\s*|\s+and\s+", author) if a.strip())
    draft.warnings = warnings + draft.warnings
    return bind(draft)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT.match(text.lstrip("\ufeff"))
    if not match:
        return {}, text
    return {k.lower(): v.strip("\"'") for k, v in _FIELD.findall(match.group(1))}, text[match.end() :]


def _rendered(text: str) -> str:
    """CommonMark as HTML, with footnotes in the form that the tree knows."""
    from markdown_it import MarkdownIt

    notes: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        notes[match.group(1)] = " ".join(line.strip() for line in match.group(2).split("\n"))
        return f'\n\n<aside role="doc-footnote" id="fn-{html.escape(match.group(1))}">\n\n{notes[match.group(1)]}\n\n</aside>\n\n'

    text = _NOTE.sub(take, text)
    text = _MARK.sub(lambda m: _reference(m, notes), text)
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return f"<html><body>{rendered}</body></html>"


def _reference(match: re.Match[str], notes: dict[str, str]) -> str:
    if match.group(1) not in notes:
        return match.group(0)
    id = html.escape(match.group(1))
    return f'<a role="doc-noteref" href="#fn-{id}">{id}</a>'
