"""Works, zips and the folder of real books for the readers' tests."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from projects.readers import read_here
from projects.readers.book import Book, Kind
from tests.readers import shapes
from tests.readers.writers import Work

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{opf}"/></rootfiles></container>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def paragraphs(number: int, times: int = 3) -> tuple[str, ...]:
    return tuple(" ".join(p.split("\n")) for p in shapes.body(number).strip().split("\n\n")) * times


def work(*titles: str) -> Work:
    return Work("A Tale of Rain", "Some Body", tuple((t, paragraphs(n)) for n, t in enumerate(titles, 1)))


def body_titles(book: Book) -> list[str]:
    return [c.title for c in book.chapters if c.kind is Kind.BODY]


@pytest.fixture
def read_text(tmp_path):
    """Reads a text under a name, as if it lay in a folder."""

    def read(text: str | bytes, name: str = "book.txt") -> Book:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_here(path)

    return read


@pytest.fixture
def make_epub(tmp_path):
    """Writes an EPUB of given pages: name -> body of the page; `toc` is an NCX's or nav's inside."""

    def make(
        pages: dict[str, str],
        *,
        nav: str = "",
        ncx: str = "",
        meta: str = "",
        extra: dict[str, bytes] | None = None,
        name: str = "made.epub",
    ) -> Path:
        path = tmp_path / name
        items = "".join(f'<item id="i{n}" href="{p}" media-type="application/xhtml+xml"/>' for n, p in enumerate(pages))
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' if nav else ""
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if ncx else ""
        items += "".join(
            f'<item id="x{n}" href="{p}" media-type="image/png"/>'
            for n, p in enumerate(extra or {})
            if p.endswith(".png")
        )
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/epub+zip")
            archive.writestr("META-INF/container.xml", CONTAINER.format(opf="OEBPS/content.opf"))
            archive.writestr(
                "OEBPS/content.opf",
                '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:title>A Tale of Rain</dc:title><dc:creator>Some Body</dc:creator><dc:language>en</dc:language>{meta}</metadata>"
                f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            )
            for place, content in pages.items():
                archive.writestr(f"OEBPS/{place}", content if content.lstrip().startswith("<?xml") else page(content))
            if nav:
                archive.writestr("OEBPS/nav.xhtml", page(f'<nav epub:type="toc"><ol>{nav}</ol></nav>'))
            if ncx:
                archive.writestr(
                    "OEBPS/toc.ncx", f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
                )
            for place, data in (extra or {}).items():
                archive.writestr(place if place.startswith("META-INF") else f"OEBPS/{place}", data)
        return path

    return make


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title></head><body>{body}</body></html>"
    )


def prose(number: int) -> str:
    return "".join(f"<p>{p}</p>" for p in paragraphs(number, 1))


def books_dir() -> Path:
    return Path(os.environ.get("BOOKS_DIR", Path(__file__).resolve().parents[3] / "shared" / "books"))


@pytest.fixture
def real_book():
    """A book of BOOKS_DIR by name; says plainly when it is not there."""

    def find(name: str) -> Path:
        path = books_dir() / name
        if not path.is_file():
            pytest.skip(f"{name} is not in BOOKS_DIR ({books_dir()}): real books are never committed")
        return path

    return find
