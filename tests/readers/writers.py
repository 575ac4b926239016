"""Writes one work in every format with real writers (ebooklib, python-docx, fpdf2), for tests and bench/readers.py."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from projects.readers.book import Book, Kind, Role

FONT = next(Path(__import__("fontpkg_noto_serif").__file__).parent.rglob("NotoSerif[[]wdth,wght].ttf"))


@dataclass(frozen=True)
class Work:
    """A title, an author, and chapters: a title and paragraphs each (lines of verse parted by newlines)."""

    title: str
    author: str
    chapters: tuple[tuple[str, tuple[str, ...]], ...]
    language: str = "en"

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.chapters]

    @property
    def words(self) -> list[str]:
        return [w for _, paragraphs in self.chapters for p in paragraphs for w in p.split()]


def of(book: Book) -> Work:
    """The body of a book that was read, to be written again in other formats."""
    told = (Role.NARRATION, Role.QUOTE, Role.VERSE)
    chapters = tuple(
        (c.title, tuple(p.text for p in c.paragraphs if p.role in told)) for c in book.chapters if c.kind is Kind.BODY
    )
    return Work(book.title, " and ".join(book.authors) or "Nobody", chapters, book.language)


def txt(work: Work, path: Path, *, gutenberg: bool = False, width: int = 72) -> Path:
    parts = [work.title.upper(), "", f"by {work.author}", "", "", ""]
    for title, paragraphs in work.chapters:
        parts += ["", "", title, "", ""]
        for paragraph in paragraphs:
            lines = paragraph.split("\n")
            parts += (
                [f"    {line}" for line in lines]
                if len(lines) > 1
                else textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
            )
            parts.append("")
    text = "\n".join(parts) + "\n"
    path.write_text(_licensed(work, text) if gutenberg else text, encoding="utf-8")
    return path


def _licensed(work: Work, text: str) -> str:
    name = work.title.upper()
    return (
        f"The Project Gutenberg eBook of {work.title}\n\nThis ebook is for the use of anyone anywhere.\n\nTitle: {work.title}\n\nAuthor: {work.author}\n\n"
        f"Language: English\n\n*** START OF THE PROJECT GUTENBERG EBOOK {name} ***\n\n\nProduced by Somebody Kind\n\n\n{text}\n\n"
        f"End of the Project Gutenberg EBook of {work.title}\n\n*** END OF THE PROJECT GUTENBERG EBOOK {name} ***\n\nUpdated editions will replace the previous one.\n"
    )  # fmt: skip


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text).replace(chr(10), '<br/>')}</p>"


def page(work: Work, path: Path) -> Path:
    """HTML with a heading of level 2 a chapter and a contents list of links."""
    links = "".join(f'<li><a href="#c{n}">{html.escape(t)}</a></li>' for n, t in enumerate(work.titles, 1))
    body = "".join(
        f'<h2 id="c{n}">{html.escape(t)}</h2>{"".join(map(_paragraph, ps))}'
        for n, (t, ps) in enumerate(work.chapters, 1)
    )
    path.write_text(
        f'<!DOCTYPE html><html lang="{work.language}"><head><meta charset="utf-8"><title>{html.escape(work.title)}</title>'
        f'<meta name="author" content="{html.escape(work.author)}"></head><body><h1>{html.escape(work.title)}</h1><ol>{links}</ol>{body}</body></html>',
        encoding="utf-8",
    )
    return path


def markdown(work: Work, path: Path) -> Path:
    parts = [f"---\ntitle: {work.title}\nauthor: {work.author}\nlanguage: {work.language}\n---\n"]
    for title, paragraphs in work.chapters:
        parts += [f"# {_literal(title)}", *(_literal(p).replace("\n", "\\\n") for p in paragraphs)]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def _literal(text: str) -> str:
    """Markdown's own signs in a text, escaped."""
    text = "".join(f"\\{c}" if c in "\\*_[]<>`&" else c for c in text)
    return "\n".join(f"\\{line}" if line[:1] in "#+-=~" else _unlisted(line) for line in text.split("\n"))


def _unlisted(line: str) -> str:
    head, dot, rest = line.partition(".")
    return f"{head}\\.{rest}" if dot and head.isdigit() else line


def epub(work: Work, path: Path, *, contents: bool = True) -> Path:
    from ebooklib import epub as lib

    book = lib.EpubBook()
    book.set_identifier("urn:test")
    book.set_title(work.title)
    book.set_language(work.language)
    book.add_author(work.author)
    pages = []
    for number, (title, paragraphs) in enumerate(work.chapters, 1):
        item = lib.EpubHtml(title=title, file_name=f"c{number}.xhtml", lang=work.language)
        item.content = f"<h2>{html.escape(title)}</h2>{''.join(map(_paragraph, paragraphs))}"
        book.add_item(item)
        pages.append(item)
    book.toc = pages if contents else []
    book.add_item(lib.EpubNcx())
    book.add_item(lib.EpubNav())
    book.spine = pages
    lib.write_epub(str(path), book)
    return path


def docx(work: Work, path: Path) -> Path:
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = work.title, work.author
    document.core_properties.language = work.language
    for title, paragraphs in work.chapters:
        document.add_heading(title, 1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def pdf(
    work: Work, path: Path, *, outline: bool = True, columns: int = 1, heads: bool = True, size: float = 11, hyphens: bool = False,
    chapters_on_new_pages: bool = True, big: float = 17, alone: bool = False,
) -> Path:  # fmt: skip
    """A typeset book: running heads and page numbers, justified lines, verse line by line, soft hyphens when asked."""
    from fpdf import FPDF

    class Sheets(FPDF):
        chapter = ""

        def header(self) -> None:
            if heads and self.page_no() > 1:
                self.set_font("serif", size=8)
                self.cell(0, 6, work.title if self.page_no() % 2 else self.chapter, align="C")
                self.ln(10)

        def footer(self) -> None:
            if heads:
                self.set_y(-15)
                self.set_font("serif", size=8)
                self.cell(0, 8, str(self.page_no()), align="C")

    sheets = Sheets(format=(148, 210))
    sheets.set_creation_date(__import__("datetime").datetime(2026, 1, 1, tzinfo=__import__("datetime").timezone.utc))
    sheets.add_font("serif", fname=str(FONT))
    sheets.set_title(work.title)
    sheets.set_author(work.author)
    sheets.set_lang(work.language)
    if not alone:
        sheets.add_page()
        sheets.set_font("serif", size=24)
        sheets.ln(40)
        sheets.multi_cell(0, 12, work.title, align="C", new_x="LMARGIN", new_y="NEXT")
        sheets.set_font("serif", size=13)
        sheets.multi_cell(0, 12, work.author, align="C", new_x="LMARGIN", new_y="NEXT")
    for number, (title, paragraphs) in enumerate(work.chapters):
        sheets.chapter = title
        if chapters_on_new_pages or number == 0:
            sheets.add_page()
        if outline:
            sheets.start_section(title)
        sheets.set_font("serif", size=big)
        sheets.ln(8)
        sheets.multi_cell(0, big * 0.55, title, align="C", new_x="LMARGIN", new_y="NEXT")
        sheets.ln(6)
        sheets.set_font("serif", size=size)
        _flow(sheets, paragraphs, size, columns, hyphens)
    sheets.output(str(path))
    return path


def _flow(sheets: object, paragraphs: Iterable[str], size: float, columns: int, hyphens: bool) -> None:
    """Paragraphs with an indented first line; a poem's lines one by one between wider gaps."""
    with sheets.text_columns(
        ncols=columns, gutter=8, text_align="J" if columns == 1 else "L", line_height=1.25
    ) as text:
        for paragraph in paragraphs:
            lines = paragraph.split("\n")
            verse = len(lines) > 1
            for number, line in enumerate(lines):
                last = verse and number == len(lines) - 1
                with text.paragraph(
                    first_line_indent=0 if verse else 5, indent=10 if verse else 0, text_align="L" if verse else "J",
                    top_margin=3 if verse and not number else 0, bottom_margin=3 if last else 0,
                ) as part:  # fmt: skip
                    part.write(_hyphenated(line) if hyphens and not verse else line)


def _hyphenated(text: str) -> str:
    """Soft hyphens where a word may break: after every fourth letter of long words."""
    return " ".join("\u00ad".join(textwrap.wrap(w, 4)) if len(w) > 7 and w.isalpha() else w for w in text.split(" "))
