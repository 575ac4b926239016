"""Quotations found in the marks of many countries, and given to those who say them."""

from __future__ import annotations

import pytest

from pipeline.language.characters import find_cast
from pipeline.language.quotes import find_quotes
from pipeline.language.text import ChapterText


def said(*paragraphs: object, language: str = "en") -> list[tuple[str, str]]:
    chapter = ChapterText.of(1, "", paragraphs)
    return [(s.speaker, chapter.text[s.start : s.end]) for s in find_cast([chapter], language).speeches[1]]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“Yes,” he said, “now.”", ["“Yes,”", "“now.”"]),
        ("‘It’s the boys’ hat,’ said Tom. ‘Isn’t it?’", ["‘It’s the boys’ hat,’", "‘Isn’t it?’"]),
        ("'Tis late,' she said. 'Go!'", ["'Go!'"]),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ("« Bonjour », dit-il.", ["« Bonjour »"]),
        ("»Guten Tag«, sagte er.", ["»Guten Tag«"]),
        ("„Guten Tag“, sagte er.", ["„Guten Tag“"]),
        ("「行こう」と彼は言った。", ["「行こう」"]),
        ("—Hola —dijo Juan—. ¿Qué tal?", ["—Hola", "¿Qué tal?"]),
    ],
)
def test_marks_of_many_countries(text, quotes):
    chapter = ChapterText.of(1, "", [text])
    assert [text[q.start : q.end].strip() for q in find_quotes(chapter.paragraphs)] == quotes


def test_cues_before_and_after_inverted_and_straight():
    assert said(
        "“Come in,” said Mira. Anton stayed outside.", "Anton shook his head and said, “Never.”", "“Why?” Mira asked."
    ) == [("Mira", "“Come in,”"), ("Anton", "“Never.”"), ("Mira", "“Why?”")]


def test_pronouns_are_resolved_by_sex_and_nearness():
    talk = said(
        "Mr. Bell met Mrs. Fox at the gate. Mrs. Fox smiled. Mr. Bell bowed to Mrs. Fox.",
        "“Good day,” she said.", "“Good day,” he replied.", "Mr. Bell and Mrs. Fox went in.",
    )  # fmt: skip
    assert [speaker for speaker, _ in talk] == ["Mrs. Fox", "Mr. Bell"]


def test_two_people_talk_in_turns_without_cues():
    talk = said("“One,” said Mira.", "“Two,” said Anton.", "“Three.”", "“Four.”", "“Five.”", "Mira left Anton.")
    assert [speaker for speaker, _ in talk] == ["Mira", "Anton", "Mira", "Anton", "Mira"]


def test_words_on_a_label_are_nobodys_speech():
    assert said("The jar was labelled “MARMALADE”, but Mira found it empty. Mira sighed.") == []


def test_a_speech_of_a_screenplay_has_its_speaker():
    talk = said({"text": "We leave at dawn.", "role": "dialogue", "speaker": "ANTON (O.S.)"}, "ANTON closes the door.")
    assert talk == [("Anton", "We leave at dawn.")]


def test_confidence_falls_from_a_cue_to_a_turn():
    chapter = ChapterText.of(1, "", ["“One,” said Mira.", "“Two,” said Anton.", "“Three.”", "Mira saw Anton."])
    sure = [s.confidence for s in find_cast([chapter]).speeches[1]]
    assert sure[0] == sure[1] > sure[2] > 0


def test_french_cues_name_the_speaker():
    talk = said("« Viens », dit Jeanne.", "« Non », répondit Paul.", language="fr")
    assert [speaker for speaker, _ in talk] == ["Jeanne", "Paul"]
