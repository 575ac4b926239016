"""EPUB: contents, nested parts, notes, pictures, and the oddities of real files."""

from __future__ import annotations

import pytest

from projects.readers import read_here
from projects.readers.book import Kind, Role
from tests.readers import shapes, writers
from tests.readers.conftest import PNG, body_titles, prose, work


def entry(href: str, title: str, inside: str = "") -> str:
    return f'<li><a href="{href}">{title}</a>{f"<ol>{inside}</ol>" if inside else ""}</li>'


def point(href: str, title: str, inside: str = "") -> str:
    return f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{href}"/>{inside}</navPoint>'


def test_titles_come_from_the_contents_first(make_epub):
    path = make_epub(
        {"a.xhtml": f"<h2>One</h2>{prose(1)}", "b.xhtml": f"<h2>Two</h2>{prose(2)}"},
        nav=entry("a.xhtml", "The Lane") + entry("b.xhtml", "A Boat"),
    )
    assert body_titles(read_here(path)) == ["The Lane", "A Boat"]


def test_ncx_of_epub_2(make_epub):
    path = make_epub(
        {"a.xhtml": prose(1), "b.xhtml": prose(2)}, ncx=point("a.xhtml", "The Lane") + point("b.xhtml", "A Boat")
    )
    assert body_titles(read_here(path)) == ["The Lane", "A Boat"]


def test_headings_when_there_are_no_contents(tmp_path):
    path = writers.epub(work("I", "II", "III"), tmp_path / "a.epub", contents=False)
    assert body_titles(read_here(path)) == ["I", "II", "III"]


def test_file_names_when_there_is_nothing_else(make_epub):
    found = read_here(make_epub({"the-lane.xhtml": prose(1)}))
    assert [c.title for c in found.chapters] == ["The lane"]


def test_one_file_with_many_chapters(make_epub):
    body = "".join(f'<section id="c{n}"><h2>{n}</h2>{prose(n)}</section>' for n in range(1, 6))
    nav = "".join(entry(f"all.xhtml#c{n}", f"Chapter {n}") for n in range(1, 6))
    found = read_here(make_epub({"all.xhtml": body}, nav=nav))
    assert body_titles(found) == [f"Chapter {n}" for n in range(1, 6)]
    assert all("13th" not in c.narration for c in found.chapters)


def test_nested_parts_name_their_chapters(make_epub):
    pages = {
        "p1.xhtml": "<h1>Book I</h1>",
        "a.xhtml": prose(1),
        "b.xhtml": prose(2),
        "p2.xhtml": "<h1>Book II</h1>",
        "c.xhtml": prose(3),
    }
    nav = entry("p1.xhtml", "Book I", entry("a.xhtml", "1") + entry("b.xhtml", "2")) + entry(
        "p2.xhtml", "Book II", entry("c.xhtml", "1")
    )
    found = read_here(make_epub(pages, nav=nav))
    assert [(c.part, c.title) for c in found.chapters] == [("Book I", "1"), ("Book I", "2"), ("Book II", "1")]
    assert found.chapters[2].paragraphs[0].text == "Book II"


def test_flat_parts_name_their_chapters(make_epub):
    pages = {
        "p.xhtml": "<h1>Part One</h1>",
        "a.xhtml": f"<h2>Chapter 1</h2>{prose(1)}",
        "b.xhtml": f"<h2>Chapter 2</h2>{prose(2)}",
    }
    nav = entry("p.xhtml", "Part One") + entry("a.xhtml", "Chapter 1") + entry("b.xhtml", "Chapter 2")
    assert [c.part for c in read_here(make_epub(pages, nav=nav)).chapters] == ["Part One", "Part One"]


def test_sections_of_a_chapter_are_no_chapters(make_epub):
    body = f'<h1 id="c">Chapter 1</h1>{prose(1)}<h2 id="s">A Section</h2>{prose(2)}'
    nav = entry("a.xhtml#c", "Chapter 1", entry("a.xhtml#s", "A Section")) + entry("b.xhtml", "Chapter 2")
    found = read_here(make_epub({"a.xhtml": body, "b.xhtml": prose(3)}, nav=nav))
    assert body_titles(found) == ["Chapter 1", "Chapter 2"]


def test_kinds_by_the_files_own_words(make_epub):
    pages = {
        "t.xhtml": '<section epub:type="titlepage"><h1>A Tale of Rain</h1><p>By Some Body</p></section>',
        "d.xhtml": '<section epub:type="dedication"><p>For the dog, with love.</p></section>',
        "a.xhtml": f'<section epub:type="bodymatter chapter"><h2>Introduction</h2>{prose(1)}</section>',
        "b.xhtml": f'<section epub:type="chapter"><h2>Of Tides</h2>{prose(2)}</section>',
        "n.xhtml": '<section epub:type="backmatter colophon"><p>Set in a fine old type.</p></section>',
    }
    nav = "".join(
        entry(p, t) for p, t in zip(pages, ["Titlepage", "To the Dog", "Introduction", "Of Tides", "Type"], strict=True)
    )
    kinds = [c.kind for c in read_here(make_epub(pages, nav=nav)).chapters]
    assert kinds == [Kind.FRONT, Kind.FRONT, Kind.BODY, Kind.BODY, Kind.BACK]


def test_pages_that_no_entry_lists_are_kept(make_epub):
    pages = {
        "cover.xhtml": '<img src="c.png" alt="A boat"/>',
        "a.xhtml": prose(1),
        "a2.xhtml": prose(2),
        "b.xhtml": prose(3),
    }
    found = read_here(make_epub(pages, nav=entry("a.xhtml", "One") + entry("b.xhtml", "Two"), extra={"c.png": PNG}))
    assert [(c.title, c.words) for c in found.chapters if c.kind is Kind.BODY] == [("One", 250), ("Two", 125)]
    assert [p.alt for c in found.chapters for p in c.pictures] == ["A boat"]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a epub:type="noteref" href="n.xhtml#n1">1</a>', '<aside epub:type="footnote" id="n1"><p>It was wet.</p></aside>'),
        ('<a href="n.xhtml#n1" id="r1"><sup>1</sup></a>', '<p id="n1"><a href="a.xhtml#r1">1</a> It was wet.</p>'),
        ('<a href="n.xhtml#n1" id="r1">[1]</a>', '<p><a id="n1" href="a.xhtml#r1">[1]</a> It was wet.</p>'),
        ('<sup><a id="r1" href="n.xhtml#n1">*</a></sup>', '<div class="footnote" id="n1"><p>It was wet. <a href="a.xhtml#r1">↩</a></p></div>'),
        ('<a id="r1" epub:type="noteref" href="n.xhtml#n1">1</a>', '<section epub:type="endnotes"><ol><li id="n1"><p>It was wet. <a href="a.xhtml#r1" epub:type="backlink">↩</a></p></li></ol></section>'),
    ],
)  # fmt: skip
def test_notes_are_linked_and_leave_the_text(mark, note, make_epub):
    pages = {"a.xhtml": f"<h2>One</h2><p>It rained{mark} all day.</p>{prose(1)}", "b.xhtml": prose(2), "n.xhtml": note}
    found = read_here(
        make_epub(pages, nav=entry("a.xhtml", "One") + entry("b.xhtml", "Two") + entry("n.xhtml", "Notes"))
    )
    told, kept = found.chapters[0].paragraphs[1], found.chapters[-1].paragraphs[-1]
    assert (told.text, told.notes) == ("It rained all day.", ("n1",))
    assert (kept.text, kept.role, kept.note_id) == ("It was wet.", Role.FOOTNOTE, "n1")


def test_links_that_are_no_notes_keep_their_text(make_epub):
    pages = {
        "a.xhtml": f'<h2>One</h2><p>See page <a href="b.xhtml#x">12</a> and <a href="b.xhtml#x">the boat</a>.</p>{prose(1)}',
        "b.xhtml": f'{prose(2)}<p id="x">Far below.</p>',
    }
    found = read_here(make_epub(pages, nav=entry("a.xhtml", "One") + entry("b.xhtml", "Two")))
    assert found.chapters[0].paragraphs[1].text == "See page 12 and the boat."


def test_pictures_with_alt_and_place(make_epub):
    body = f'<h2>One</h2>{prose(1)}<figure><img src="p/boat.png" alt="The boat, half full"/><figcaption>Our boat</figcaption></figure>{prose(2)}'
    chapter = read_here(make_epub({"a.xhtml": body}, extra={"p/boat.png": PNG})).chapters[0]
    (picture,) = chapter.pictures
    assert (picture.name, picture.alt, picture.before, picture.data) == ("boat.png", "The boat, half full", 4, PNG)
    assert (chapter.paragraphs[4].text, chapter.paragraphs[4].role) == ("Our boat", Role.CAPTION)


def test_cover_by_either_way(make_epub):
    old = make_epub({"a.xhtml": prose(1)}, meta='<meta name="cover" content="x0"/>', extra={"front.png": PNG})
    assert read_here(old).cover.name == "front.png"


ODD = {
    '<p><span class="dropcap">T</span>he rain.</p>': "The rain.",
    '<p><img class="dropcap" src="t.png" alt="T"/>he rain.</p>': "The rain.",
    '<p>The <span class="smcap">Rain</span>, A<small>ND</small> more.</p>': "The Rain, AND more.",
    '<p>The r<span epub:type="pagebreak" id="p9" title="9">9</span>ain.</p>': "The rain.",
    '<p>The <span class="pagenum">[Pg 9]</span>rain.</p>': "The rain.",
    "<p>The&nbsp;rain&mdash;it f&eacute;ll&hellip; &amp; fell.</p>": "The rain—it féll… & fell.",
    "<p>The\n  rain\t fell.</p>": "The rain fell.",
    '<p>The <a id="x"/>rain <b/>fell.</p>': "The rain fell.",
    "<p>The <ruby>雨<rt>あめ</rt></ruby> fell.</p>": "The 雨 fell.",
    "<p>The rain<!-- not this --> fell.</p>": "The rain fell.",
    "<p>The rain<br/>fell.</p>": "The rain fell.",
    "<p>H<sub>2</sub>O fell.</p>": "H2O fell.",
    '<p>The rain <span style="display: none">unseen</span>fell.</p>': "The rain fell.",
    "<div>The rain <i>fell</i>.</div>": "The rain fell.",
}


@pytest.mark.parametrize("markup", ODD)
def test_text_of_odd_markup(markup, make_epub):
    chapter = read_here(make_epub({"a.xhtml": f"<h2>One</h2>{markup}"})).chapters[0]
    assert chapter.narration == ODD[markup]


VERSE = [
    "<blockquote epub:type='z3998:poem'><p><span>Turn, my lantern,</span><br/><span>turn about,</span></p></blockquote>",
    "<div class='poem'><div class='stanza'><span class='i0'>Turn, my lantern,<br/></span><span class='i2'>turn about,</span></div></div>",
    "<div class='poetry'><div class='stanza'><div class='verse indent0'>Turn, my lantern,</div><div class='verse indent2'>turn about,</div></div></div>",
    "<p class='poem'>Turn, my lantern,<br/>turn about,</p>",
    "<pre>Turn, my lantern,\n   turn about,</pre>",
]


@pytest.mark.parametrize("markup", VERSE)
def test_verse_keeps_its_lines(markup, make_epub):
    paragraph = read_here(make_epub({"a.xhtml": f"<h2>One</h2>{markup}{prose(1)}"})).chapters[0].paragraphs[1]
    assert (paragraph.role, paragraph.text) == (Role.VERSE, "Turn, my lantern,\nturn about,")


def test_tables_quotes_and_code_have_their_roles(make_epub):
    body = "<h2>One</h2><table><tr><td>Low</td><td>4:10</td></tr></table><blockquote><p>So it is.</p></blockquote><pre><code>x = 1</code></pre>"
    roles = [(p.text, p.role) for p in read_here(make_epub({"a.xhtml": body + prose(1)})).chapters[0].paragraphs[1:4]]
    assert roles == [("Low | 4:10", Role.TABLE), ("So it is.", Role.QUOTE), ("x = 1", Role.CODE)]


def test_a_play_in_a_table_has_speakers(make_epub):
    row = '<tr><td epub:type="z3998:persona">Anna</td><td>You will want <i epub:type="z3998:stage-direction">holding it</i> your coat.</td></tr><tr><td/><td><i>She goes.</i></td></tr>'
    found = read_here(
        make_epub({"a.xhtml": f"<h2>Act I</h2><table>{row}</table>", "b.xhtml": f"<h2>Act II</h2><table>{row}</table>"})
    ).chapters[0]
    assert [(p.text, p.role, p.speaker) for p in found.paragraphs[1:]] == [
        ("Anna", Role.CUE, "Anna"), ("You will want holding it your coat.", Role.DIALOGUE, "Anna"), ("She goes.", Role.NARRATION, ""),
    ]  # fmt: skip


def test_the_books_own_title_is_no_part(make_epub):
    pages = {"t.xhtml": "<h1>A TALE</h1>", "a.xhtml": prose(1), "b.xhtml": prose(2)}
    nav = entry("t.xhtml", "A TALE OF RAIN", entry("a.xhtml", "CHAPTER I") + entry("b.xhtml", "CHAPTER II"))
    assert [c.part for c in read_here(make_epub(pages, nav=nav)).chapters] == ["", ""]


def test_scraps_before_the_first_chapter_are_front_matter(make_epub):
    pages = {
        "t.xhtml": "<h1>A Tale</h1><p>by Some Body</p>",
        "e.xhtml": "<h2>Illustrated Edition</h2><p>London, 1905</p>",
        "a.xhtml": prose(1),
        "b.xhtml": prose(2),
    }
    nav = "".join(
        entry(p, t) for p, t in zip(pages, ["A Tale", "Illustrated Edition", "CHAPTER I", "CHAPTER II"], strict=True)
    )
    assert body_titles(read_here(make_epub(pages, nav=nav))) == ["CHAPTER I", "CHAPTER II"]


def test_a_whole_text_in_one_pre_is_read_as_text(make_epub):
    text = (
        "*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n"
        + shapes.book("CHAPTER I", "CHAPTER II", "CHAPTER III")
        + "*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\n"
    )
    found = read_here(make_epub({"a.xhtml": f"<pre>{text}</pre>"}))
    assert body_titles(found) == ["CHAPTER I", "CHAPTER II", "CHAPTER III"]


def test_a_heading_in_two_lines_is_one_title(make_epub):
    pages = {
        f"{n}.xhtml": f"<h2>CHAPTER {r}.<br/>{t}</h2>{prose(n)}"
        for n, (r, t) in enumerate([("I", "The Lane"), ("II", "A Boat"), ("III", "Of Tides")])
    }
    assert body_titles(read_here(make_epub(pages))) == [
        "CHAPTER I. The Lane",
        "CHAPTER II. A Boat",
        "CHAPTER III. Of Tides",
    ]


def test_number_and_title_in_two_headings(make_epub):
    pages = {
        f"{n}.xhtml": f"<h2>{r}</h2><h3>{t}</h3>{prose(n)}"
        for n, (r, t) in enumerate([("I", "The Lane"), ("II", "A Boat"), ("III", "Of Tides")])
    }
    assert body_titles(read_here(make_epub(pages))) == ["I: The Lane", "II: A Boat", "III: Of Tides"]


def test_file_like_entries_give_way_to_headings(make_epub):
    pages = {"a.xhtml": f"<h2>The Lane</h2>{prose(1)}", "b.xhtml": f"<h2>A Boat</h2>{prose(2)}"}
    assert body_titles(read_here(make_epub(pages, nav=entry("a.xhtml", "a.xhtml") + entry("b.xhtml", "part0002")))) == [
        "The Lane",
        "A Boat",
    ]


def test_contents_page_of_links_serves_when_nothing_is_declared(make_epub):
    pages = {
        "toc.xhtml": '<p><a href="a.xhtml">The Lane</a></p><p><a href="b.xhtml">A Boat</a></p><p><a href="c.xhtml">Of Tides</a></p>'
    }
    pages |= {
        f"{x}.xhtml": f'<p class="chapter-title">{t}</p>{prose(n)}'
        for n, (x, t) in enumerate(zip("abc", ["LANE", "BOAT", "TIDES"], strict=True))
    }
    assert body_titles(read_here(make_epub(pages))) == ["The Lane", "A Boat", "Of Tides"]


def test_poor_contents_give_way_to_headings(make_epub):
    pages = {"all.xhtml": "".join(f"<h2>Chapter {n}</h2>{prose(n)}" for n in range(1, 7))}
    assert len(body_titles(read_here(make_epub(pages, nav=entry("all.xhtml", "Start"))))) == 6


def test_wrong_case_and_escapes_in_places(make_epub):
    path = make_epub(
        {"The Lane.xhtml": prose(1), "b.xhtml": prose(2)},
        nav=entry("the%20lane.xhtml", "One") + entry("B.xhtml", "Two"),
    )
    assert body_titles(read_here(path)) == ["One", "Two"]


def test_authors_are_not_illustrators(make_epub):
    meta = '<dc:creator id="i">A Painter</dc:creator><meta refines="#i" property="role">ill</meta>'
    assert read_here(make_epub({"a.xhtml": prose(1)}, meta=meta)).authors == ("Some Body",)
