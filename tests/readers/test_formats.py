"""One work in every format gives the same chapters and the same words."""

from __future__ import annotations

import pytest

from projects.readers import read_here
from projects.readers.book import Kind
from projects.readers.headings import key
from tests.readers import writers
from tests.readers.conftest import body_titles, work

WRITERS = {
    "txt": writers.txt,
    "html": writers.page,
    "md": writers.markdown,
    "docx": writers.docx,
    "epub": writers.epub,
    "pdf": writers.pdf,
}
TITLES = {
    "romans": ["I", "II", "III", "IV"],
    "years": ["1914", "1916", "1919", "1984"],
    "numbered": ["CHAPTER I. The Lane", "CHAPTER II. A Boat", "CHAPTER III. Of Tides"],
    "digits": ["1", "2", "3", "4"],
    "plain": ["The Lane", "A Boat", "What the Dog Knew", "Of Tides"],
    "single": ["Chapter One: Rain"],
}


@pytest.mark.parametrize("titles", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("suffix", WRITERS)
def test_chapters_and_words(suffix, titles, tmp_path):
    tale = work(*titles)
    found = read_here(WRITERS[suffix](tale, tmp_path / f"tale.{suffix}"))
    assert [key(t) for t in body_titles(found)] == [key(t) for t in titles]
    read = [w for c in found.chapters if c.kind is Kind.BODY for w in c.narration.split()]
    assert read == tale.words


@pytest.mark.parametrize("suffix", WRITERS)
def test_title_and_author(suffix, tmp_path):
    found = read_here(WRITERS[suffix](work("Chapter 1", "Chapter 2"), tmp_path / f"tale.{suffix}"))
    assert (found.title.casefold(), found.authors) == ("a tale of rain", ("Some Body",))


@pytest.mark.parametrize("suffix", WRITERS)
def test_front_and_back_matter(suffix, tmp_path):
    tale = work("Preface", "Prologue", "Chapter 1", "Chapter 2", "Epilogue", "Acknowledgements")
    found = read_here(WRITERS[suffix](tale, tmp_path / f"tale.{suffix}"))
    kinds = {c.title: c.kind for c in found.chapters}
    assert kinds["Preface"] is Kind.FRONT
    assert kinds["Acknowledgements"] is Kind.BACK
    assert body_titles(found) == ["Prologue", "Chapter 1", "Chapter 2", "Epilogue"]


@pytest.mark.parametrize("suffix", WRITERS)
def test_parts(suffix, tmp_path):
    tale = work("Part One: Rain", "Chapter 1", "Chapter 2", "Part Two: Sun", "Chapter 3")
    hollow = tuple((t, () if t.startswith("Part") else ps) for t, ps in tale.chapters)
    found = read_here(WRITERS[suffix](writers.Work(tale.title, tale.author, hollow), tmp_path / f"tale.{suffix}"))
    body = [(c.part, c.title) for c in found.chapters if c.kind is Kind.BODY]
    assert body == [("Part One: Rain", "Chapter 1"), ("Part One: Rain", "Chapter 2"), ("Part Two: Sun", "Chapter 3")]


SCRIPTS = {
    "accents": "Zoë naïvely ate crème brûlée at Łódź; Ærøskøbing’s œuvre was Ångström’s. ÉTÉ, straße, ﬁn.",
    "cjk": "雨从星期四起就没有停过。屋里再也没有人相信它会停。",
    "japanese": "雨は木曜日から降り続いていて、家の誰もがもう止むとは信じていなかった。",
    "arabic": "لم يتوقف المطر منذ يوم الخميس، ولم يعد أحد يصدق.",
    "hebrew": "הגשם לא פסק מאז יום חמישי, ואיש לא האמין שיפסק.",
    "hindi": "बारिश गुरुवार से रुकी नहीं थी, और घर में किसी को विश्वास नहीं था।",
    "acronyms": "NASA and the U.N. met at 5 p.m.; “R.U.R.” won, 3–2 — or 1½ to ¼? Yes… 50% at £9.99 & co.",
    "emoji": "She wrote 🐇🕳️ and 👩‍👩‍👧 on the wall.",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("suffix", [s for s in WRITERS if s != "pdf"])
def test_no_character_is_altered(suffix, text, tmp_path):
    tale = writers.Work("A Tale", "Some Body", (("Chapter 1", (text, text)), ("Chapter 2", (text,))))
    found = read_here(WRITERS[suffix](tale, tmp_path / f"tale.{suffix}"))
    assert [c.narration for c in found.chapters if c.kind is Kind.BODY] == [f"{text}\n\n{text}", text]
