"""Read the tale's Markdown: flat YAML front matter, `#` chapters, verse as quotes, `[^1]` footnotes, own pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

NOTE = re.compile(r"^\[\^(\w+)\]:[ \t]*(.+)$", re.MULTILINE)
NOTE_MARK = re.compile(r"\[\^(\w+)\]")
PICTURE = re.compile(r'<p><img src="([^"]+)" alt="([^"]*)" /></p>')


@dataclass(frozen=True, slots=True)
class TaleChapter:
    """`body` is XHTML; `pictures` are the file names that it shows."""

    title: str
    body: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tale:
    """`about` is the front matter: title, author, language, date, identifier, licence, description, cover(-alt)."""

    about: dict[str, str]
    chapters: tuple[TaleChapter, ...]


def read(path: Path) -> Tale:
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    about = dict(line.split(": ", 1) for line in head.strip().splitlines())
    parts = re.split(r"^# (.+)$", text, flags=re.MULTILINE)[1:]
    return Tale(about, tuple(_chapter(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)))


def _chapter(title: str, text: str) -> TaleChapter:
    markdown = MarkdownIt("commonmark", {"typographer": True, "xhtmlOut": True}).enable(["replacements", "smartquotes"])
    notes = dict(NOTE.findall(text))
    body = markdown.render(NOTE.sub("", text))
    body = body.replace("<blockquote>", '<blockquote class="verse" epub:type="z3998:verse">')
    pictures = tuple(PICTURE.findall(body))
    body = PICTURE.sub(_figure, body)
    body = NOTE_MARK.sub(_note_mark, body)
    body += "".join(_note(name, markdown.renderInline(note)) for name, note in notes.items())
    return TaleChapter(title, f"<h1>{escape(title)}</h1>\n{body}", tuple(name for name, _ in pictures))


def _figure(found: re.Match[str]) -> str:
    return f'<figure><img src="{picture_name(found[1])}" alt="{found[2]}"/></figure>'


def _note_mark(found: re.Match[str]) -> str:
    return f'<a epub:type="noteref" role="doc-noteref" id="mark-{found[1]}" href="#note-{found[1]}">{found[1]}</a>'


def _note(name: str, text: str) -> str:
    back = f'<a href="#mark-{name}" role="doc-backlink">{name}</a>'
    return f'<aside epub:type="footnote" role="doc-footnote" id="note-{name}"><p>{back} {text}</p></aside>\n'


def picture_name(source: str) -> str:
    """A picture drawn as SVG goes into the book as JPEG."""
    return str(Path(source).with_suffix(".jpg"))
