"""HTML, Markdown and DOCX beyond what every format shares."""

from __future__ import annotations

import base64
import io

from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Inches
from PIL import Image

from projects.readers import read_here
from projects.readers.book import Kind, Role
from tests.readers import writers
from tests.readers.conftest import PNG, body_titles, paragraphs, prose, work
from tests.readers.test_text import PROSE


def test_html_contents_of_links_name_the_chapters(tmp_path):
    page = writers.page(work("The Lane", "A Boat", "Of Tides"), tmp_path / "a.html")
    page.write_text(page.read_text().replace("<h2", "<p class='heading'").replace("</h2", "</p"))
    assert body_titles(read_here(page)) == ["The Lane", "A Boat", "Of Tides"]


def test_html_of_gutenberg(read_text):
    text = (
        "<html><head><title>The Project Gutenberg eBook of A Tale of Rain, by Some Body</title></head><body>"
        "<section class='pg-boilerplate pgheader' id='pg-header'><h2>The Project Gutenberg eBook of A Tale</h2><p>*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***</p></section>"
        f"<h1>A TALE OF RAIN</h1><h2>by Some Body</h2><h2>Contents</h2><table><tr><td><a href='#c1'>CHAPTER I.</a></td><td>The Lane</td></tr></table>"
        f"<h2><a id='c1'></a>CHAPTER I.<br>The Lane</h2>{prose(1)}<h2>CHAPTER II.<br>A Boat</h2>{prose(2)}"
        "<section class='pg-boilerplate pgfooter' id='pg-footer'><p>*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***</p><p>Updated editions</p></section></body></html>"
    )
    found = read_text(text, "pg.html")
    assert (found.title, body_titles(found)) == ("A Tale of Rain", ["CHAPTER I. The Lane", "CHAPTER II. A Boat"])
    assert not any("GUTENBERG" in c.text or "Updated" in c.text for c in found.chapters)


def test_html_in_another_encoding(read_text):
    data = f"<html><head><meta charset='iso-8859-1'></head><body><h2>Été</h2>{prose(1)}</body></html>".encode("cp1252")
    assert read_text(data, "a.htm").chapters[0].paragraphs[0].text == "Été"


def test_html_pictures_inside_and_beside(tmp_path):
    (tmp_path / "boat.png").write_bytes(PNG)
    inline = base64.b64encode(PNG).decode()
    page = tmp_path / "a.html"
    page.write_text(
        f"<html><body><h2>One</h2>{prose(1)}<img src='boat.png' alt='A boat'><img src='data:image/png;base64,{inline}'><img src='../x.png'></body></html>"
    )
    found = read_here(page)
    assert [p.name for p in found.chapters[0].pictures] == ["boat.png", "picture"]
    assert found.warnings == ("1 pictures lie outside of the file and were left out.",)


def test_an_upload_has_no_neighbours(tmp_path):
    (tmp_path / "secret.png").write_bytes(PNG)
    page = tmp_path / "upload-1234.html"
    page.write_text(f"<html><body><h2>One</h2>{prose(1)}<img src='secret.png'></body></html>")
    assert read_here(page, name="a.html").chapters[0].pictures == ()


def test_markdown_facts_notes_verse_and_tables(read_text):
    text = (
        "---\ntitle: A Tale\nauthor: Some Body\nlanguage: en-GB\n---\n\n# One\n\nOf *its* character,[^1] as **Oda** knew.\n\n"
        "> Turn, my lantern,\\\n> turn about,\\\n> turn again.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Every light\n    has a rhythm.\n\n# Two\n\nNo [^9] note.\n"
    )
    found = read_text(text, "a.md")
    one = found.chapters[0]
    assert (found.title, found.authors, found.language) == ("A Tale", ("Some Body",), "en-GB")
    assert one.narration == "Of its character, as Oda knew.\n\nTurn, my lantern,\nturn about,\nturn again."
    assert [p.text for p in one.paragraphs if p.role is Role.FOOTNOTE] == ["Every light has a rhythm."]
    assert found.chapters[1].narration == "No [^9] note."


def test_markdown_with_title_above_chapters(read_text):
    found = read_text(f"# A Tale of Rain\n\n## Chapter 1\n\n{PROSE}\n\n## Chapter 2\n\n{PROSE}\n", "a.md")
    assert (found.title, body_titles(found)) == ("A Tale of Rain", ["Chapter 1", "Chapter 2"])


def document(tmp_path, build) -> object:
    made = Document()
    build(made)
    made.save(str(tmp_path / "a.docx"))
    return read_here(tmp_path / "a.docx")


def test_docx_pictures_tables_and_verse(tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")

    def build(made):
        made.add_heading("One", 1)
        made.add_paragraph("It rained.")
        made.add_picture(picture, width=Inches(1))
        table = made.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Low", "4:10"
        song = made.add_paragraph("Turn, my lantern,")
        for line in ("turn about,", "turn again."):
            song.add_run().add_break(WD_BREAK.LINE)
            song.add_run(line)
        made.add_heading("Two", 1)
        made.add_paragraph("It stopped.")

    one = document(tmp_path, build).chapters[0]
    assert [p.before for p in one.pictures] == [2]
    assert [(p.text, p.role) for p in one.paragraphs[2:]] == [
        ("Low | 4:10", Role.TABLE),
        ("Turn, my lantern,\nturn about,\nturn again.", Role.VERSE),
    ]


def test_docx_with_bold_lines_for_headings(tmp_path):
    def build(made):
        for number, title in enumerate(["The Lane", "A Boat", "What the Dog Knew"]):
            made.add_paragraph().add_run(title).bold = True
            for text in paragraphs(number):
                made.add_paragraph(text)

    assert body_titles(document(tmp_path, build)) == ["The Lane", "A Boat", "What the Dog Knew"]


def test_docx_title_style_and_levels(tmp_path):
    def build(made):
        made.add_heading("A Tale of Rain", 0)
        for part in ("Part One", "Part Two"):
            made.add_heading(part, 1)
            for chapter in ("Chapter 1", "Chapter 2"):
                made.add_heading(chapter, 2)
                made.add_paragraph(paragraphs(1)[0])

    found = document(tmp_path, build)
    assert found.title == "A Tale of Rain"
    assert [(c.part, c.title) for c in found.chapters if c.kind is Kind.BODY][1:3] == [
        ("Part One", "Chapter 2"),
        ("Part Two", "Chapter 1"),
    ]


def test_docx_footnotes_are_linked(tmp_path):
    """python-docx writes no footnotes, so their part is added as Word writes it."""
    import zipfile

    made = Document()
    made.add_heading("One", 1)
    made.add_paragraph("Its characterMARK as Oda knew.")
    made.save(str(tmp_path / "plain.docx"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(tmp_path / "a.docx", "w") as out:
        for name in plain.namelist():
            data = plain.read(name)
            out.writestr(
                name,
                data.replace(
                    b"MARK", b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve">'
                ),
            )
        out.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>A rhythm of its own.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
    told, note = read_here(tmp_path / "a.docx").chapters[0].paragraphs[1:]
    assert (told.text, told.notes) == ("Its character as Oda knew.", ("n1",))
    assert (note.text, note.role, note.note_id) == ("A rhythm of its own.", Role.FOOTNOTE, "n1")
