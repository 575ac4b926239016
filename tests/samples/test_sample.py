"""The bundled tale: what it promises, and that its EPUB is what its Markdown and drawings give."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat

from projects.samples import BOOK, FOLDER, SOURCE, epub, tale

SMALL = 96  # pixels: the drawings' filters are slow


@pytest.fixture(scope="module")
def built() -> bytes:
    return epub.build(picture_width=SMALL)


@pytest.fixture(scope="module")
def files(built) -> dict[str, bytes]:
    return _files(io.BytesIO(built))


def _files(source) -> dict[str, bytes]:
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _words(xhtml: bytes) -> list[str]:
    return " ".join(etree.fromstring(xhtml).itertext()).split()


def test_two_builds_are_the_same_bytes(built):
    assert epub.build(picture_width=SMALL) == built


def test_the_bundled_file_has_the_same_words_and_names(files):
    bundled = _files(BOOK)
    assert list(bundled) == list(files)
    for name in files:
        if not name.endswith(".jpg"):
            assert bundled[name] == files[name], f"{name} differs: say `make sample`"


def test_the_bundled_pictures_are_the_drawings(files):
    bundled = _files(BOOK)
    for name in (name for name in files if name.endswith(".jpg")):
        drawn = Image.open(io.BytesIO(files[name]))
        shipped = Image.open(io.BytesIO(bundled[name])).resize(drawn.size)
        assert max(ImageStat.Stat(ImageChops.difference(drawn, shipped)).mean) < 8, f"{name} differs: say `make sample`"


def test_it_is_an_epub_that_begins_with_its_type(built):
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"


def test_every_page_is_well_formed_and_every_picture_has_words(files):
    for name in (name for name in files if name.endswith((".xhtml", ".opf", ".ncx"))):
        for picture in etree.fromstring(files[name]).iter("{*}img"):
            assert picture.get("alt"), name
            assert f"EPUB/{picture.get('src')}" in files


def test_length_and_chapters_are_what_the_tale_promises(files):
    chapters = [files[name] for name in files if "chapter-" in name]
    assert len(chapters) == 3
    assert 1500 <= sum(len(_words(chapter)) for chapter in chapters) <= 2500


def test_it_has_verse_a_footnote_and_two_pictures(files):
    text = b"".join(files[name] for name in files if "chapter-" in name).decode()
    assert text.count('class="verse"') == 1
    assert text.count('epub:type="footnote"') == text.count('epub:type="noteref"') == 1
    assert len(re.findall(r"<img ", text)) == 2


def test_five_speak_with_a_cue():
    text = SOURCE.read_text(encoding="utf-8")
    speakers = set(re.findall(r"\b(?:said|asked) (?:the )?([A-Z]\w+)", text))
    assert speakers >= {"Wren", "Grandfather", "Admiral", "Fog"}
    assert '"I saw nothing," she said' in text  # Captain Oda


def test_drawings_have_no_words_in_them():
    for drawing in sorted((FOLDER / "pictures").glob("*.svg")):
        assert "<text" not in drawing.read_text(encoding="utf-8")


def test_front_matter_is_read():
    about = tale.read(SOURCE).about
    assert about["title"] == "The Girl Who Sang to the Fog"
    assert about["licence"] == "CC0-1.0"
