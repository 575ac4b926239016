"""Who appears: names and their other names, kinds, sexes, ages and looks from the text alone."""

from __future__ import annotations

import json

import pytest

from pipeline.language.characters import find_cast
from pipeline.language.grammar import analyse
from pipeline.language.people import Character
from pipeline.language.text import ChapterText

TALE = [
    "Miss Clara Voss lived in a tower with an old owl. Clara was a little girl of seven, and she wore a blue dress.",
    "One evening the Grey Owl flew in. The Owl had round spectacles, it shook its wings. “Good evening,” said the Owl.",
    "“Good evening,” said Clara. She took the lamp in her hand, and her red hair shone.",
    "Clara looked at the Grey Owl. “Where is the old fisherman?” asked Clara. The Owl sighed.",
    "“Here,” said the old fisherman. The old fisherman had a white beard. Clara laughed. Clara ran to him.",
    "They spoke of Latitude all night. On Monday the Owl slept.",
]


@pytest.fixture(scope="module")
def people() -> dict[str, Character]:
    return {c.name: c for c in find_cast([ChapterText.of(1, "", TALE)]).characters}


def test_aliases_are_one_person(people):
    assert people["Clara"].aliases == ("Miss Clara Voss",)
    assert people["Clara"].count >= 6 and people["Clara"].look.sex == "female"
    assert "Owl" in people["Grey Owl"].aliases and people["Grey Owl"].article == "the"


def test_described_ones_are_found_by_their_speech(people):
    assert people["old fisherman"].speeches == 1
    assert people["old fisherman"].look.age == "old"


def test_looks_come_from_the_text(people):
    assert people["Clara"].look.age == "child" and people["Clara"].look.noun == "girl"
    assert {"red hair", "blue dress"} <= set(people["Clara"].look.traits)
    assert (people["Grey Owl"].look.kind, people["Grey Owl"].look.noun) == ("animal", "owl")
    assert "white beard" in people["old fisherman"].look.traits


def test_days_and_notions_are_nobody(people):
    assert not {"Monday", "Latitude", "They", "Good", "Where"} & set(people)


def test_a_character_survives_json(people):
    for person in people.values():
        assert Character.from_json(json.loads(json.dumps(person.to_json()))) == person


def test_without_grammar_capitals_and_cues_are_enough():
    def words_only(texts, language):
        return analyse(texts, "xx")

    people = {c.name for c in find_cast([ChapterText.of(1, "", TALE)], analyser=words_only).characters}
    assert {"Clara", "Grey Owl"} <= people


def test_a_first_person_tale_has_its_narrator():
    told = ["I walked to the sea. I saw my boat, and I pushed it out. Nobody saw me.", "I rowed till I was tired."]
    cast = find_cast([ChapterText.of(1, "", told)])
    assert [c.name for c in cast.characters] == ["Narrator"]


def test_the_same_text_gives_the_same_cast():
    chapter = ChapterText.of(1, "", TALE)
    assert find_cast([chapter]).characters == find_cast([ChapterText.of(1, "", TALE)]).characters


def test_a_title_makes_no_fox():
    text = ["Mr. Bell met Mrs. Fox at the gate. Mrs. Fox smiled. Mr. Bell bowed.", "“Good day,” said Mrs. Fox."]
    looks = {c.name: c.look for c in find_cast([ChapterText.of(1, "", text)]).characters}
    assert (looks["Mrs. Fox"].kind, looks["Mrs. Fox"].sex, looks["Mr. Bell"].sex) == ("person", "female", "male")


def cast(*paragraphs):
    return {c.name: c for c in find_cast([ChapterText.of(1, "", list(paragraphs))]).characters}


def test_who_speaks_once_and_is_never_named_breaks_nothing():
    people = cast(*TALE, "“Land ahead!” cried an old sailor.")
    assert "Clara" in people and "old sailor" not in people


@pytest.mark.parametrize(
    ("told", "kind", "noun"),
    [("The goat was called Admiral.", "animal", "goat"), ("They had a small dog named Admiral.", "animal", "dog"),
     ("There was a red-haired girl called Admiral.", "person", "girl"), ("A captain whose name was Admiral came.", "person", "captain")],
)  # fmt: skip
def test_what_somebody_is_called_tells_what_they_are(told, kind, noun):
    look = cast(told, "“Hm,” said Admiral.", "Admiral looked up. Admiral went on.", "“No,” said Admiral.")[
        "Admiral"
    ].look
    assert (look.kind, look.noun) == (kind, noun)


def test_an_animal_has_the_colour_that_it_is_said_to_be():
    told = (
        "The goat was called Admiral. He was white, with one black ear. The sea was black, and Wren was red with anger."
    )
    people = cast(
        told, "“Hm,” said Admiral. “Why?” asked Wren.", "Admiral looked up. Wren sang.", "“No,” said Admiral."
    )
    assert people["Admiral"].look.traits[0] == "white fur"
    assert not any("fur" in trait for trait in people["Wren"].look.traits)
