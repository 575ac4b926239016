"""Every kind of bad file ends with its message of the catalogue; nothing ends with a traceback."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from projects.errors import BadInput
from projects.readers import bounded, read, read_here
from projects.readers.messages import CATALOGUE
from tests.readers import writers
from tests.readers.conftest import CONTAINER, PNG, page, prose, work
from tests.readers.test_screenplays import FDX

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&b;</p></body></html>'


def zipped(path: Path, members: dict[str, bytes], *, deflate: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def epub_members(text: bytes = b"") -> dict[str, bytes]:
    opf = '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    return {
        "mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.format(opf="c.opf").encode(),
        "c.opf": opf.encode(), "a.xhtml": text or page(prose(1)).encode(),
    }  # fmt: skip


def make(kind: str, folder: Path) -> Path:
    """A bad file of a kind."""
    return MAKERS[kind](folder)


def written(name: str, data: bytes):
    def to(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return to


def cut(writer, suffix: str, share: float = 0.6):
    def to(folder: Path) -> Path:
        path = writer(work("One", "Two"), folder / f"a{suffix}")
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
        return path

    return to


def renamed(writer, suffix: str, other: str):
    return lambda folder: writer(work("One", "Two"), folder / f"a{suffix}").rename(folder / f"b{other}")


def locked_pdf(folder: Path) -> Path:
    made = FPDF()
    made.add_page()
    made.set_font("helvetica")
    made.cell(text="secret")
    made.set_encryption(owner_password="o", user_password="u")
    made.output(str(folder / "a.pdf"))
    return folder / "a.pdf"


def many_pages(folder: Path) -> Path:
    document = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(100, 100).close()
    document.save(str(folder / "a.pdf"))
    document.close()
    return folder / "a.pdf"


def sparse(folder: Path) -> Path:
    """200 MB of text, without writing them."""
    with (folder / "a.txt").open("wb") as file:
        file.write(b"It rained. " * 800)
        file.truncate(200 << 20)
    return folder / "a.txt"


def locked_zip(folder: Path) -> Path:
    path = zipped(folder / "a.epub", epub_members())
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    path.write_bytes(bytes(data))
    return path


def drm(folder: Path) -> Path:
    encryption = b'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e:EncryptedData></encryption>'
    return zipped(
        folder / "a.epub", epub_members() | {"META-INF/encryption.xml": encryption, "META-INF/rights.xml": b"<r/>"}
    )


def bomb(folder: Path) -> Path:
    return zipped(folder / "a.epub", epub_members() | {"big.css": b"\0" * (60 << 20)}, deflate=True)


def odt(folder: Path) -> Path:
    return zipped(folder / "a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAKERS = {
    "missing": lambda folder: folder / "nothing.epub",
    "not_a_file": lambda folder: folder,
    "empty": written("a.epub", b""),
    "empty: only spaces": written("a.txt", b" \n\n\t\n"),
    "truncated: EPUB": cut(writers.epub, ".epub"),
    "truncated: DOCX": cut(writers.docx, ".docx"),
    "truncated: PDF": cut(writers.pdf, ".pdf"),
    "truncated: FDX": written("a.fdx", FDX.encode()[:-600]),
    "truncated: PDF head only": written("a.pdf", b"%PDF-1.4\n"),
    "truncated: an EPUB's first bytes": written("a.epub", b"PK\x03\x04" + bytes(40)),
    "truncated: noise named EPUB": written("a.epub", bytes(range(128, 256)) * 20),
    "wrong_extension: text named EPUB": renamed(writers.txt, ".txt", ".epub"),
    "wrong_extension: EPUB named PDF": renamed(writers.epub, ".epub", ".pdf"),
    "wrong_extension: PDF named DOCX": renamed(lambda w, p: writers.pdf(w, p), ".pdf", ".docx"),
    "wrong_extension: picture named EPUB": written("a.epub", PNG),
    "wrong_extension: old Word named DOCX": written("a.docx", OLE),
    "unsupported: picture": written("a.png", PNG),
    "unsupported: Kindle": written("a.mobi", bytes(60) + b"BOOKMOBI" + bytes(100)),
    "unsupported: ODT": odt,
    "unsupported: any ZIP": lambda folder: zipped(folder / "a.zip", {"a.txt": b"It rained."}),
    "password: PDF": locked_pdf,
    "password: DOCX": written("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    "password: EPUB": locked_zip,
    "drm: Adobe": drm,
    "drm: LCP": lambda folder: zipped(folder / "a.epub", epub_members() | {"META-INF/license.lcpl": b"{}"}),
    "zip_bomb": bomb,
    "zip_bomb: many members": lambda folder: zipped(
        folder / "a.epub", epub_members() | {f"{n}": b"" for n in range(20_001)}
    ),
    "path_traversal": lambda folder: zipped(folder / "a.epub", epub_members() | {"../../evil.txt": b"x"}),
    "path_traversal: absolute": lambda folder: zipped(
        folder / "a.docx", {"word/document.xml": b"<x/>", "/etc/passwd": b"x"}
    ),
    "entity_bomb: EPUB": lambda folder: zipped(folder / "a.epub", epub_members(BOMB)),
    "entity_bomb: FDX": written("a.fdx", BOMB.replace(b"html", b"FinalDraft")),
    "entity_bomb: DOCX": lambda folder: zipped(folder / "a.docx", {"word/document.xml": BOMB}),
    "too_many_pages": many_pages,
    "too_large": sparse,
    "binary_text": written("a.txt", bytes(range(256)) * 40),
    "binary_text: few zeros": written("a.txt", b"It rained.\x00\x01\x02" * 90),
    "unknown_encoding": written("a.txt", ("It r\x81\x8d\x8f\x90\x9dained " * 9).encode("latin-1")),
    "no_text: HTML": written("a.html", b"<html><body><img src='x.png'></body></html>"),
    "no_text: stars": written("a.txt", b"* * *\n\n* * *\n"),
    "no_text: PDF of an empty page": lambda folder: writers.pdf(
        writers.Work("", "", ()), folder / "a.pdf", heads=False
    ),
    "broken: no pages": lambda folder: zipped(
        folder / "a.epub", {k: v for k, v in epub_members().items() if k != "a.xhtml"}
    ),
    "broken: no package": lambda folder: zipped(folder / "a.epub", {"META-INF/container.xml": b"<container/>"}),
    "not_a_screenplay": written("a.fdx", b"<FinalDraft><Other/></FinalDraft>"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_bad_file_has_its_message(kind, tmp_path):
    with pytest.raises(BadInput) as error:
        read_here(make(kind, tmp_path))
    assert error.value.id == kind.split(":")[0]
    assert "\n" not in error.value.message
    assert "{" not in error.value.message


@pytest.mark.parametrize("kind", ["zip_bomb", "truncated: PDF head only", "missing", "binary_text"])
def test_the_bounded_door_says_the_same(kind, tmp_path):
    with pytest.raises(BadInput) as error:
        read(make(kind, tmp_path))
    assert error.value.id == kind.split(":")[0]


def test_the_bounded_door_reads_as_the_open_one(tmp_path):
    path = writers.epub(work("One", "Two"), tmp_path / "a.epub")
    assert read(path) == read_here(path)


def test_the_original_name_counts_for_a_temporary_file(tmp_path):
    path = writers.txt(work("One", "Two"), tmp_path / "upload")
    with pytest.raises(BadInput) as error:
        read(path, name="my book.epub")
    assert error.value.id == "wrong_extension"


FATES = {
    "too_heavy": "x = bytearray(3 << 30)",
    "too_slow": "import time; time.sleep(30)",
    "broken": "import os; os._exit(3)",
}


@pytest.mark.parametrize("fate", FATES)
def test_a_child_that_fails_is_told(fate, tmp_path, monkeypatch):
    """A reader that eats memory, hangs or dies, in place of the real one."""
    path = written("a.txt", b"It rained.")(tmp_path)
    trap = tmp_path / "trap.py"
    trap.write_text(
        "import projects.readers as readers, projects.readers.child as child\n"
        f"def trapped(path, name=''):\n    try:\n        {FATES[fate]}\n    except MemoryError:\n        from projects.readers.messages import bad\n        raise bad('too_heavy')\n"
        "child._read = lambda path, name: trapped(path)\nchild.main()\n"
    )
    monkeypatch.setattr(bounded, "COMMAND", [str(trap)])
    with pytest.raises(BadInput) as error:
        bounded.read(path, seconds=4)
    assert error.value.id == fate


def test_only_books_come_back_from_a_child():
    import pickle

    with pytest.raises(pickle.UnpicklingError):
        bounded._OnlyBooks(io.BytesIO(pickle.dumps(os.getcwd))).load()


def test_every_entry_of_the_catalogue_is_met_here():
    met = {kind.split(":")[0] for kind in MAKERS} | set(FATES)
    elsewhere = {"unreadable_scan", "scan_too_long", "no_such_chapter"}  # test_pdf.py, test_readbook.py
    assert set(CATALOGUE) == met | elsewhere
