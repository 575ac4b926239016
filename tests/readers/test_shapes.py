"""Headings of plain texts, in the shapes that books have."""

from __future__ import annotations

import pytest

from projects.readers.book import Kind
from projects.readers.headings import key, recognise
from tests.readers.conftest import body_titles
from tests.readers.shapes import SHAPES, book


@pytest.mark.parametrize("shape", SHAPES)
def test_chapters_of_a_shape(shape, read_text):
    text, titles = SHAPES[shape]
    assert [key(t) for t in body_titles(read_text(text))] == [key(t) for t in titles]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_of_a_shape_is_lost(shape, read_text):
    text, _ = SHAPES[shape]
    found = read_text(text)
    read = " ".join(p.text for c in found.chapters for p in c.paragraphs)
    assert key(read).replace("continued", "") == key(text).replace("continued", "")


def test_parts_group_their_chapters(read_text):
    found = read_text(SHAPES["parts-and-chapters"][0])
    assert [(c.part, c.title) for c in found.chapters if c.kind is Kind.BODY][1:3] == [
        ("PART ONE", "CHAPTER 2"),
        ("PART TWO", "CHAPTER 1"),
    ]


def test_prefaces_are_front_and_notes_back(read_text):
    found = read_text(book("PREFACE", "CHAPTER 1", "CHAPTER 2", "APPENDIX", "NOTES"))
    kinds = {c.title: c.kind for c in found.chapters}
    assert kinds["PREFACE"] is Kind.FRONT
    assert kinds["CHAPTER 1"] is kinds["CHAPTER 2"] is Kind.BODY
    assert kinds["APPENDIX"] is kinds["NOTES"] is Kind.BACK


def test_a_contents_list_is_not_narrated(read_text):
    found = read_text(SHAPES["contents-then-chapters"][0])
    assert "Lane" not in found.chapters[0].narration
    assert found.chapters[0].kind is Kind.FRONT


def test_a_text_without_headings_is_one_chapter(read_text):
    found = read_text("It rained.\n\nNobody minded.\n", "a-wet_day.txt")
    assert [(c.title, c.words) for c in found.chapters] == [("a wet day", 4)]


@pytest.mark.parametrize(
    ("line", "number"),
    [("CHAPTER XLII.", 42), ("Chapter the Last", 999), ("BOOK THE FIRST", 1), ("Twenty-first Chapter", 21), ("第十二章", 12), ("الفصل الثالث", 3), ("12.", 12)],
)  # fmt: skip
def test_numbers_of_headings(line, number):
    assert recognise(line).number == number


@pytest.mark.parametrize(
    "line",
    [
        "I went home",
        "Part of the reason was",
        "Chapter one of my life was wet",
        "mix",
        "Civil",
        "1984 was a year",
        "He said no.",
    ],
)
def test_prose_is_no_heading(line):
    assert recognise(line) is None
