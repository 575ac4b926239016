"""Real books of BOOKS_DIR (default ../shared/books), in every format, against their own EPUB."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from projects import samples
from projects.readers import read_here
from projects.readers.book import Kind, Role
from projects.readers.headings import key
from tests.readers import writers
from tests.readers.conftest import body_titles
from tests.readers.measure import agreement, chapter_f1, words

SAMPLES = Path(samples.__file__).parent
ALICE = [
    "Down the Rabbit-Hole", "The Pool of Tears", "A Caucus-Race and a Long Tale", "The Rabbit Sends in a Little Bill", "Advice from a Caterpillar", "Pig and Pepper",
    "A Mad Tea-Party", "The Queen’s Croquet-Ground", "The Mock Turtle’s Story", "The Lobster Quadrille", "Who Stole the Tarts?", "Alice’s Evidence",
]  # fmt: skip


def bare(titles: list[str]) -> list[str]:
    return [re.sub(r"^(?:CHAPTER )?[IVX]+[.:] ", "", t) for t in titles]


@pytest.mark.parametrize("name", ["alice.epub", "alice.txt"])
def test_alice_has_her_twelve_chapters(name, real_book):
    found = read_here(real_book(name))
    assert bare(body_titles(found)) == ALICE
    assert (found.title, found.authors) == ("Alice’s Adventures in Wonderland", ("Lewis Carroll",))


def test_alice_has_her_pictures(real_book):
    found = read_here(real_book("alice.epub"))
    alts = [p.alt for c in found.chapters if c.kind is Kind.BODY for p in c.pictures]
    assert len(alts) == 11
    assert all(alts)
    assert found.cover is not None


def test_alice_agrees_with_her_plain_text(real_book):
    assert agreement(words(read_here(real_book("alice.epub"))), words(read_here(real_book("alice.txt")))) > 0.98


def test_the_time_machine(real_book):
    found = read_here(real_book("time-machine.epub"))
    assert body_titles(found) == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "Epilogue"]
    told = next(p for c in found.chapters for p in c.paragraphs if p.notes)
    note = next(p for c in found.chapters for p in c.paragraphs if p.note_id in told.notes)
    assert note.text.startswith("It may be, of course, that the floor did not slope")


def test_an_anthology_with_nested_parts(real_book):
    found = read_here(real_book("childrens-literature.epub"))
    clover = next(c for c in found.chapters if c.title == "II. Friendship")
    assert clover.part.endswith("Abram S. Isaacs / 190 A FOUR-LEAVED CLOVER")
    assert [c.kind for c in found.chapters[:3]] == [Kind.FRONT] * 3
    assert sum(c.kind is Kind.BODY for c in found.chapters) == 19


FORMATS = {
    "txt": writers.txt,
    "html": writers.page,
    "md": writers.markdown,
    "docx": writers.docx,
    "epub": writers.epub,
    "pdf": writers.pdf,
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["alice.epub", "time-machine.epub"])
def test_the_same_book_in_every_format(name, suffix, real_book, tmp_path):
    work = writers.of(read_here(real_book(name)))
    found = read_here(FORMATS[suffix](work, tmp_path / f"book.{suffix}"))
    assert chapter_f1(work.titles, body_titles(found)) == 1.0
    assert agreement(words(read_here(real_book(name))), words(found)) > 0.99


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sample_in_every_format(suffix, tmp_path):
    tale = read_here(SAMPLES / "the-fog.epub")
    found = read_here(FORMATS[suffix](writers.of(tale), tmp_path / f"tale.{suffix}"))
    assert list(map(key, body_titles(found))) == list(map(key, body_titles(tale)))
    assert agreement(words(tale), words(found)) > 0.99


def test_the_samples_source_and_epub_agree():
    one, two = read_here(SAMPLES / "the-fog.md"), read_here(SAMPLES / "the-fog.epub")
    assert body_titles(one) == body_titles(two)
    assert words(one) == words(two)
    notes = [
        [p.text for c in book.chapters for p in c.paragraphs if p.note_id and p.role is Role.FOOTNOTE]
        for book in (one, two)
    ]
    assert len(notes[0]) == len(notes[1]) == 1
    places = [
        [(c.title, p.before, p.alt) for c in book.chapters for p in c.pictures if c.kind is Kind.BODY]
        for book in (one, two)
    ]
    assert places[0] == places[1]
