"""Books of every kind become one Book. `read` is the door for uploads; a new format is one file and one line here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from projects.readers import docx, epub, fdx, fountain, html, markdown, pdf, text
from projects.readers.book import Book
from projects.readers.choose import choose
from projects.readers.faults import faults

# In the order in which they are asked whether a file is theirs; plain text takes what is left.
READERS: tuple[Any, ...] = (epub, docx, pdf, fdx, html, fountain, markdown, text)


def read_here(path: Path, *, name: str = "") -> Book:
    """Reads in this process, without limits: for tests and measures, and inside the bounded child."""
    path = Path(path)
    reader, warnings = choose(path, name, READERS)
    with faults(reader.NAME.upper()):
        book = reader.read(path, name)
    return replace(book, warnings=book.warnings + tuple(warnings)) if warnings else book


def read(path: Path, *, name: str = "") -> Book:
    """Reads an upload in a child process bounded in time and memory; raises BadInput of the catalogue.

    `name` is the file's original name, when `path` is a temporary one.
    """
    from projects.readers.bounded import read as bounded

    return bounded(Path(path), name=name)
