"""Plain text: Project Gutenberg's frame, encodings, verse, notes, captions."""

from __future__ import annotations

import pytest

from projects.readers import read_here
from projects.readers.book import Role
from tests.readers import writers
from tests.readers.conftest import body_titles, work
from tests.readers.shapes import PROSE, book


def test_gutenberg_gives_facts_and_no_licence(tmp_path):
    found = read_here(writers.txt(work("Chapter 1", "Chapter 2"), tmp_path / "pg.txt", gutenberg=True))
    assert (found.title, found.authors, found.language) == ("A Tale of Rain", ("Some Body",), "en")
    everything = " ".join(c.text for c in found.chapters)
    assert "Gutenberg" not in everything
    assert "Produced by" not in everything


def test_small_print_of_old_files_goes(read_text):
    old = "Welcome to Project Gutenberg\n\nTitle: Rain\n\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nwords of law\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04*END*\n\n"
    found = read_text(old + book("CHAPTER 1", "CHAPTER 2") + "\n\nEnd of Project Gutenberg’s Rain\n")
    assert not any("law" in c.text or "Gutenberg" in c.text for c in found.chapters)
    assert body_titles(found) == ["CHAPTER 1", "CHAPTER 2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_western_text(encoding, read_text):
    found = read_text(
        "CHAPTER 1\n\nÀ l’œuvre, “naïve” Zoë — €5…\n\nCHAPTER 2\n\nFin de l’été, déjà.\n".encode(encoding)
    )
    assert found.chapters[0].narration == "À l’œuvre, “naïve” Zoë — €5…"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Дождь шёл с самого четверга, и никто в доме уже не верил, что он кончится. " * 20),
        ("shift_jis", "雨は木曜日から降り続いていて、家の誰もがもう止むとは信じていなかった。" * 20),
        ("euc_jp", "雨は木曜日から降り続いていて、家の誰もがもう止むとは信じていなかった。" * 20),
        ("cp1250", "Pršelo už od čtvrtka a nikdo v domě nevěřil, že to přestane; ale jak by se to stalo? " * 20),
        ("gb18030", "雨从星期四起就没有停过，屋里再也没有人相信它会停。" * 20),
        ("utf-8", "لم يتوقف المطر منذ يوم الخميس ولم يعد أحد في البيت يصدق أنه سيتوقف. " * 5),
    ],
)
def test_other_scripts_survive_their_encodings(encoding, text, read_text):
    assert read_text(text.encode(encoding)).chapters[0].narration == text.strip()


def test_lines_of_verse_stay_lines(read_text):
    song = "    Turn, my lantern, turn about,\n    The sun is in,\n    The stars are out:\n    One for the herring.\n"
    found = read_text(book(f"CHAPTER 1\n\n{PROSE}\n{song}", "CHAPTER 2"))
    verse = next(p for p in found.chapters[1].paragraphs if p.role is Role.VERSE)
    assert verse.text.split("\n") == [line.strip() for line in song.strip().split("\n")]


def test_wrapped_lines_are_joined(read_text):
    text = read_text(book("CHAPTER 1", "CHAPTER 2")).chapters[1].narration
    assert "Water stood in the lane" in text
    assert "\n" not in text.replace("\n\n", "")


def test_notes_are_linked_and_not_narrated(read_text):
    found = read_text(
        book(
            "CHAPTER 1\n\nThe light’s character,[1] as Oda knew.\n\n[1] Every light has a rhythm of its own.",
            "CHAPTER 2",
        )
    )
    told, note = found.chapters[1].paragraphs[1:3]
    assert told.text == "The light’s character, as Oda knew."
    assert note.role is Role.FOOTNOTE
    assert told.notes == (note.note_id,) == ("n1",)
    assert "rhythm" not in found.chapters[1].narration


def test_footnote_of_gutenberg_style(read_text):
    found = read_text(book("CHAPTER 1\n\nA word[A] here.\n\n[Footnote A: It is meant so.]", "CHAPTER 2"))
    note = next(p for p in found.chapters[1].paragraphs if p.role is Role.FOOTNOTE)
    assert note.text == "It is meant so."


def test_text_around_an_illustration_is_kept(read_text):
    found = read_text(
        book("CHAPTER 1\n\nBefore it.\n[Illustration: The boat]\nAfter it.\n\n[Illustration]", "CHAPTER 2")
    )
    kept = [(p.text, p.role) for p in found.chapters[1].paragraphs[1:4]]
    assert kept == [("Before it.", Role.NARRATION), ("The boat", Role.CAPTION), ("After it.", Role.NARRATION)]


def test_underscores_of_italics_go_and_others_stay(read_text):
    found = read_text("He was _very_ wet in snake_case, __init__ and all.\n\nAnd _so_, she said, _it is_.\n")
    assert found.chapters[0].narration == "He was very wet in snake_case, __init__ and all.\n\nAnd so, she said, it is."


def test_a_damaged_byte_is_told_not_fatal(read_text):
    found = read_text("Été après été, à la plage. ".encode() * 20 + b"\xff" + "Voilà l’été.".encode())
    assert found.warnings == ("1 damaged characters could not be read.",)


def test_language_is_guessed_from_small_words(read_text):
    assert (
        read_text("Il était une fois une petite fille qui ne voulait pas sortir dans la rue et les champs.").language
        == "fr"
    )
