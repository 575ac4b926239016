"""Which reader reads a file: by its content; its name only decides between kinds of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from projects.readers.book import Book
from projects.readers.messages import bad
from projects.readers.sniff import Sample, foreign, sample

LARGEST = {"txt": 40, "markdown": 40, "html": 60, "fountain": 10, "fdx": 40}  # MB; others:
LARGEST_OTHER = 300


class Reader(Protocol):
    """A module of this package. `CALLED` is its format in a sentence ("an EPUB")."""

    NAME: str
    SUFFIXES: tuple[str, ...]
    CALLED: str

    @staticmethod
    def claims(sample: Sample) -> bool: ...
    @staticmethod
    def read(path: Path, name: str) -> Book: ...


def choose(path: Path, name: str, readers: Sequence[Reader]) -> tuple[Reader, list[str]]:
    """The reader for a file, and warnings; raises BadInput for files that are no book."""
    check_path(path)
    seen = sample(path, name)
    named = next((r for r in readers if seen.suffix and seen.suffix in r.SUFFIXES), None)
    found = next(r for r in readers if r.claims(seen))
    strange = foreign(seen)
    if found is readers[-1] and strange:
        _refuse(seen, named, readers, strange)
    if named is not None and named is not found:
        found = _settle(seen, named, found, readers)
    check_size(path, found)
    return found, []


def _refuse(seen: Sample, named: Reader | None, readers: Sequence[Reader], strange: str) -> None:
    """A file of another kind: renamed, damaged, or of a format that nobody here reads."""
    if seen.is_zip and not seen.members and named is not None:
        raise bad("truncated", format=named.NAME.upper())
    if seen.head.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in seen.path.read_bytes():
        raise bad("password", format="DOCX")
    if named is not None:
        raise bad("wrong_extension", extension=seen.suffix.lstrip("."), found=strange)
    raise bad("unsupported", found=strange)


def _settle(seen: Sample, named: Reader, found: Reader, readers: Sequence[Reader]) -> Reader:
    """Name and content disagree: between kinds of text the name decides, otherwise it is wrong."""
    if found is readers[-1] and getattr(named, "TEXTUAL", False):
        return named
    if getattr(found, "TEXTUAL", False) and (getattr(named, "TEXTUAL", False) or named is readers[-1]):
        return found
    if found is readers[-1] and _binary(seen.head):
        raise bad("truncated", format=named.NAME.upper())
    raise bad("wrong_extension", extension=seen.suffix.lstrip("."), found=found.CALLED)


def _binary(head: bytes) -> bool:
    return b"\x00" in head or sum(b > 127 or b < 9 for b in head) > 0.2 * max(len(head), 1)


def check_path(path: Path) -> None:
    if not path.exists():
        raise bad("missing")
    if not path.is_file():
        raise bad("not_a_file")
    if path.stat().st_size == 0:
        raise bad("empty")


def check_size(path: Path, reader: Reader) -> None:
    limit, size = LARGEST.get(reader.NAME, LARGEST_OTHER), path.stat().st_size
    if size > limit << 20:
        raise bad("too_large", size=size >> 20, format=reader.NAME.upper(), limit=limit)
