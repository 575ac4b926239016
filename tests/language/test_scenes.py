"""Scenes: every line once, 6 to 20 seconds, with a brief of what stands in the passage."""

from __future__ import annotations

import itertools

import pytest

from pipeline.language.characters import find_cast
from pipeline.language.scenes import SceneDraft, break_scenes
from pipeline.language.script import make_script
from pipeline.language.text import ChapterText

WALK = [
    "Mira sat in the kitchen and read a letter. The kettle sang on the stove, and the cat slept under the table.",
    "She put on her red coat and walked into the forest. The trees stood black, and an owl cried above her.",
    "In the forest there was a cottage of stone. Mira knocked at the door with her lantern and waited a long time.",
    "“Who is there?” asked the Hermit. “It is only Mira,” said Mira. “I have brought you bread and honey.”",
    "That night a storm came. Rain beat on the roof, and thunder rolled over the valley, and Mira sat by the fire.",
    "In the morning they went down to the beach. A ship with white sails lay in the bay, and gulls screamed.",
]


@pytest.fixture(scope="module")
def scenes() -> list[SceneDraft]:
    chapters = [ChapterText.of(n, f"Part {n}", WALK) for n in (1, 2)]
    cast = find_cast(chapters)
    return break_scenes(make_script(chapters, cast=cast), chapters, cast)


def test_every_line_lies_in_one_scene(scenes):
    told = " ".join(s.text for s in scenes)
    assert told == " ".join(WALK * 2)
    assert [s.number for s in scenes] == list(range(1, len(scenes) + 1))


def test_scenes_last_six_to_twenty_seconds(scenes):
    assert all(6 <= s.seconds <= 20 for s in scenes)


def test_a_chapter_opens_with_a_scene_of_its_own(scenes):
    assert [s.opens for s in scenes if s.opens] == ["Part 1", "Part 2"]
    assert all(line.chapter == s.chapter for s in scenes for line in s.lines)


def test_places_follow_the_tale(scenes):
    places = [place for place, _ in itertools.groupby(s.brief.place for s in scenes if s.chapter == 1)]
    assert places[0] == "kitchen" and "forest" in places and places[-1] == "beach"
    assert scenes[0].brief.indoors and not scenes[-1].brief.indoors


def test_time_and_weather_are_seen(scenes):
    storm = next(s for s in scenes if "storm" in s.text)
    assert (storm.brief.time, storm.brief.weather) == ("night", "storm")
    assert scenes[-1].brief.time == "day"


def test_briefs_show_things_of_the_passage(scenes):
    assert {"kettle", "cat", "table"} & set(scenes[0].brief.what)
    assert "ship" in scenes[-1].brief.what or "sail" in scenes[-1].brief.what
    assert all(w == w.lower() for s in scenes for w in s.brief.what)


def test_who_is_there_and_who_speaks(scenes):
    talk = next(s for s in scenes if "Who is there?" in s.text)
    assert {"Mira", "Hermit"} <= set(talk.characters)
    assert {s.speaker for s in talk.segments if s.quoted} == {"Mira", "Hermit"}


def test_neighbours_are_framed_differently(scenes):
    assert all(a.brief.framing != b.brief.framing for a, b in itertools.pairwise(scenes))


def test_titles_say_what_one_sees(scenes):
    assert all(s.title and len(s.title.split()) <= 16 for s in scenes)
    assert any(s.title.startswith("Mira") for s in scenes)


def test_another_language_has_scenes_too():
    text = "太郎は山へ行った。とても寒い日だった。「誰だ」と次郎は言った。太郎は黙っていた。" * 6
    chapters = [ChapterText.of(1, "山", [text])]
    cast = find_cast(chapters, "ja")
    scenes = break_scenes(make_script(chapters, language="ja", cast=cast), chapters, cast)
    assert "".join(s.text for s in scenes).replace(" ", "") == text
    assert all(s.seconds <= 20 for s in scenes)


@pytest.mark.parametrize(
    ("before", "place"),
    [("Mira lived in the lighthouse on the rock.", "lighthouse"), ("Mira lived alone.", "tower")],
)
def test_a_tower_is_the_lighthouse_where_one_was_named(before, place):
    told = [before, "She climbed the tower and looked out until the sun went down."]
    chapters = [ChapterText.of(1, "", told)]
    cast = find_cast(chapters)
    assert break_scenes(make_script(chapters, cast=cast), chapters, cast)[-1].brief.place == place
