"""PDF: layout healed, outlines, pictures, notes, scans."""

from __future__ import annotations

import io
import re
import textwrap

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from projects.readers import read_here
from projects.readers.book import Kind, Role
from projects.readers.headings import key
from tests.readers import writers
from tests.readers.conftest import body_titles, paragraphs, work

LAYOUTS = {
    "outline": {},
    "no outline": {"outline": False},
    "two columns": {"outline": False, "columns": 2},
    "broken words": {"outline": False, "hyphens": True},
    "no heads, chapters run on": {"outline": False, "heads": False, "chapters_on_new_pages": False},
    "headings as small as the text": {"outline": False, "big": 11},
}


def words(book) -> list[str]:
    return [w for c in book.chapters if c.kind is Kind.BODY for w in re.findall(r"\w+", c.narration)]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_give_chapters_and_words(layout, tmp_path):
    tale = work("CHAPTER I. The Lane", "CHAPTER II. A Boat", "CHAPTER III. Of Tides")
    found = read_here(writers.pdf(tale, tmp_path / "a.pdf", **layout))
    assert [key(t) for t in body_titles(found)] == [key(t) for t in tale.titles]
    assert words(found) == re.findall(r"\w+", " ".join(tale.words))


def sheet(size: float = 11) -> FPDF:
    made = FPDF(format=(148, 210))
    made.add_font("serif", fname=str(writers.FONT))
    made.add_page()
    made.set_font("serif", size=size)
    return made


def test_columns_written_row_by_row_are_read_in_order(tmp_path):
    made, (left, right) = sheet(9), (textwrap.wrap(p * 4, 38) for p in paragraphs(1)[:2])
    for one, two in zip(left, [*right, *[""] * 30], strict=False):
        made.cell(66, 5, one)
        made.cell(60, 5, two)
        made.ln(5)
    made.output(str(tmp_path / "a.pdf"))
    read = read_here(tmp_path / "a.pdf").chapters[0].narration
    assert read.split()[: len(" ".join(left).split())] == " ".join(left).split()


def test_broken_words_are_healed_and_compounds_kept(tmp_path):
    made = sheet()
    for line in [
        "The well-known lighthouse stood there. A well-",
        "known goat saw the light-",
        "house, and a sis-",
        "ter of the goat did, too.",
    ]:
        made.cell(0, 6, line)
        made.ln(6)
    made.output(str(tmp_path / "a.pdf"))
    assert (
        read_here(tmp_path / "a.pdf").chapters[0].narration
        == "The well-known lighthouse stood there. A well-known goat saw the lighthouse, and a sister of the goat did, too."
    )


def test_ligatures_are_letters_again(tmp_path):
    made = sheet()
    made.multi_cell(0, 6, "The ﬁrst ﬂight was oﬃcial.")
    made.output(str(tmp_path / "a.pdf"))
    assert read_here(tmp_path / "a.pdf").chapters[0].narration == "The first flight was official."


def test_verse_in_a_pdf_keeps_its_lines(tmp_path):
    song = "Turn, my lantern, turn about,\nThe sun is in, the stars are out:\nOne for the herring."
    tale = writers.Work(
        "A Tale", "Some Body", (("Chapter 1", (*paragraphs(1), song, *paragraphs(2))), ("Chapter 2", paragraphs(3)))
    )
    found = read_here(writers.pdf(tale, tmp_path / "a.pdf"))
    assert [p.text for c in found.chapters for p in c.paragraphs if p.role is Role.VERSE] == [song]


def test_footnotes_at_the_foot_are_linked(tmp_path):
    made = sheet()
    made.write(6, "The light’s character,")
    made.char_vpos = "SUP"
    made.write(6, "1")
    made.char_vpos = "LINE"
    made.write(6, " as Oda knew. " + paragraphs(1)[0])
    made.set_y(-40)
    made.set_font("serif", size=8)
    made.cell(0, 5, "1 Every light has a rhythm of its own.")
    made.output(str(tmp_path / "a.pdf"))
    told, note = read_here(tmp_path / "a.pdf").chapters[0].paragraphs
    assert told.text.startswith("The light’s character, as Oda knew.")
    assert (note.role, note.text) == (Role.FOOTNOTE, "Every light has a rhythm of its own.")
    assert told.notes == (note.note_id,)


def test_pictures_stand_in_their_place(tmp_path):
    picture = io.BytesIO()
    Image.linear_gradient("L").save(picture, "JPEG")
    made = sheet()
    made.multi_cell(0, 6, "Before it, the rain.", new_x="LMARGIN", new_y="NEXT")
    made.image(picture, w=60)
    made.multi_cell(0, 6, "After it, the sun.")
    made.output(str(tmp_path / "a.pdf"))
    chapter = read_here(tmp_path / "a.pdf").chapters[0]
    assert [(p.media_type, p.before) for p in chapter.pictures] == [("image/jpeg", 1)]


def test_nested_outline_names_parts(tmp_path):
    made = sheet()
    for part in ("Part One", "Part Two"):
        for number, chapter in enumerate(("The Lane", "A Boat")):
            made.add_page()
            if number == 0:
                made.start_section(part)
            made.start_section(chapter, level=1)
            made.multi_cell(0, 6, f"{chapter}\n\n{paragraphs(number)[0]}")
    made.output(str(tmp_path / "a.pdf"))
    found = read_here(tmp_path / "a.pdf")
    assert [(c.part, c.title) for c in found.chapters][1:3] == [("Part One", "A Boat"), ("Part Two", "The Lane")]


def scan(pages: list[Image.Image], path) -> object:
    made = FPDF(format=(148, 210))
    for page in pages:
        made.add_page()
        made.image(page, 0, 0, 148, 210)
    made.output(str(path))
    return path


@pytest.mark.slow
def test_a_scan_is_recognised_and_told(tmp_path):
    tale = writers.Work("Rain", "Some Body", (("Chapter 1", paragraphs(1, 1)[:1]),))
    document = pypdfium2.PdfDocument(writers.pdf(tale, tmp_path / "typeset.pdf", heads=False, alone=True))
    found = read_here(scan([document[0].render(scale=2.2).to_pil()], tmp_path / "scan.pdf"))
    document.close()
    read = key(" ".join(c.narration for c in found.chapters))
    assert key("nobody in the house believed any longer that it would. Water stood in the lane") in read
    assert found.warnings[0].startswith("1 scanned pages were read by character recognition, with a confidence of 9")


@pytest.mark.slow
def test_a_scan_without_readable_text_is_refused(tmp_path):
    from projects.errors import BadInput

    noise = Image.new("L", (200, 280), 200)
    ImageDraw.Draw(noise).ellipse((30, 30, 160, 230), fill=120)
    with pytest.raises(BadInput) as error:
        read_here(scan([noise], tmp_path / "scan.pdf"))
    assert error.value.id == "unreadable_scan"
