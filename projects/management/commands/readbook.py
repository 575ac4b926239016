"""`manage.py readbook FILE [--json] [--text N]`: what the readers make of a file, without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from projects.errors import BadInput
from projects.readers import read
from projects.readers.book import Book
from projects.readers.messages import bad


class Command(BaseCommand):
    help = "Read a book or script and show its chapters; a file that can't be used ends with exit code 2 and one line."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="EPUB, PDF, DOCX, TXT, Markdown, HTML, Fountain or FDX")
        parser.add_argument("--json", action="store_true", help="the book's facts as one JSON object")
        parser.add_argument("--text", type=int, metavar="N", help="chapter N as it would be narrated")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            book = read(options["file"])
            if options["text"] is not None:
                self.stdout.write(_narration(book, options["text"]))
                return
        except BadInput as error:
            self.stderr.write(f"{error.id}: {error.message}")
            sys.exit(2)
        self.stdout.write(json.dumps(facts(book), ensure_ascii=False, indent=2) if options["json"] else _table(book))


def facts(book: Book) -> dict[str, Any]:
    """The book without its text: what `--json` prints."""
    return {
        "title": book.title,
        "authors": list(book.authors),
        "language": book.language,
        "format": book.format,
        "chapters": [
            {
                "number": c.number, "title": c.title, "part": c.part, "kind": c.kind.value, "words": c.words,
                "characters": len(c.narration), "images": len(c.pictures),
            }
            for c in book.chapters
        ],
        "warnings": list(book.warnings),
    }  # fmt: skip


def _narration(book: Book, number: int) -> str:
    chapter = next((c for c in book.chapters if c.number == number), None)
    if chapter is None:
        raise bad("no_such_chapter", last=len(book.chapters))
    return chapter.narration


def _table(book: Book) -> str:
    by = f", by {' and '.join(book.authors)}" if book.authors else ""
    lines = [f"{book.title}{by} ({book.format}, {book.language})"]
    for c in book.chapters:
        part = f"{c.part} / " if c.part else ""
        pictures = f", {len(c.pictures)} pictures" if c.pictures else ""
        lines.append(f"{c.number:4}  {c.kind.value:5}  {part}{c.title}  ({c.words} words{pictures})")
    return "\n".join([*lines, *(f"Note: {w}" for w in book.warnings)])
