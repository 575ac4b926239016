"""The rules on two real books, when they lie beside the project: what a listener would notice if it were wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.language.characters import Cast, find_cast
from pipeline.language.scenes import break_scenes
from pipeline.language.script import make_script
from pipeline.language.text import ChapterText

BOOKS = Path(os.environ.get("BOOKS_DIR") or Path(__file__).resolve().parents[3] / "shared" / "books")
needs_books = pytest.mark.skipif(not (BOOKS / "alice.txt").exists(), reason="set BOOKS_DIR to a folder with alice.txt")
pytestmark = needs_books


def chapters_of(name: str, *wanted: int) -> list[ChapterText]:
    from projects.readers import read

    body = [c for c in read(BOOKS / name).chapters if c.kind == "body"]
    return [ChapterText.of(c.number, c.title, c.paragraphs) for c in (body[k - 1] for k in wanted)]


@pytest.fixture(scope="module")
def alice() -> tuple[list[ChapterText], Cast]:
    chapters = chapters_of("alice.txt", 1, 7)
    return chapters, find_cast(chapters)


@pytest.fixture(scope="module")
def machine() -> tuple[list[ChapterText], Cast]:
    chapters = chapters_of("time-machine.epub", 1, 3)
    return chapters, find_cast(chapters)


def speaker_of(chapters: list[ChapterText], cast: Cast, words: str) -> str:
    for c in chapters:
        for s in cast.speeches[c.number]:
            if words in c.text[s.start : s.end]:
                return s.speaker
    return "nobody"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("I shall be late", "White Rabbit"),
        ("Oh my ears and whiskers", "White Rabbit"),
        ("Do cats eat bats", "Alice"),
        ("Have some wine", "March Hare"),
        ("Why is a raven", "Hatter"),
        ("It was the BEST butter", "March Hare"),
        ("Of course, of course", "Dormouse"),
        ("What day of the month", "Hatter"),
        ("I heard every word", "Dormouse"),
    ],
)
def test_who_says_what_in_alice(alice, words, speaker):
    assert speaker_of(*alice, words) == speaker


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("There I object", "Filby"),
        ("Can an instantaneous cube exist", "Time Traveller"),
        ("any real body must have extension", "Time Traveller"),
        ("Not exactly", "Medical Man"),
        ("To travel through Time!", "Very Young Man"),
    ],
)
def test_who_says_what_in_the_time_machine(machine, words, speaker):
    assert speaker_of(*machine, words) == speaker


def test_people_of_alice(alice):
    people = {c.name: c for c in alice[1].characters}
    assert list(people)[0] == "Alice" and people["Alice"].look.sex == "female"
    assert people["White Rabbit"].look.noun == "rabbit" and "pink eyes" in people["White Rabbit"].look.traits
    assert "Latitude" not in people and "Longitude" not in people


def test_the_teller_of_the_time_machine_is_known(machine):
    chapters, cast = machine
    scenes = break_scenes(make_script(chapters[1:], cast=cast), chapters[1:], cast)
    assert sum("Time Traveller" in s.characters for s in scenes) > len(scenes) / 2


def test_three_minutes_of_alice(alice):
    chapters, cast = alice
    script = make_script(chapters[:1], "abridged", 3, cast=cast)
    assert script.seconds == pytest.approx(180, rel=0.07)
    assert script.lines[0].text.startswith("Alice was beginning")
    assert script.lines[-1].text.startswith("So she set to work")
    assert all(chapters[0].text[x.start : x.end] == x.text for x in script.lines)


def test_places_of_the_first_chapter(alice):
    chapters, cast = alice
    scenes = break_scenes(make_script(chapters[:1], cast=cast), chapters[:1], cast)
    places = list(dict.fromkeys(s.brief.place for s in scenes))
    assert places == ["river bank", "meadow", "well", "hall"]
    assert all(s.seconds <= 20 for s in scenes)
