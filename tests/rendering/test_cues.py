"""Captions that can be read, in time with the voice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rendering.captions import breaks
from pipeline.rendering.captions.cues import Rules, cues, reading_speed, rules_for, scene_cues
from pipeline.rendering.parts import SpokenWord
from pipeline.rendering.plan import plan, scene_frames

from .samples import SMALL, part

RULES = Rules()
vocabulary = st.sampled_from(
    [
        "Alice",
        "the",
        "a",
        "of",
        "rabbit,",
        "sister’s",
        "bank.",
        "“and”",
        "Queen",
        "Hearts",
        "conversations?",
        "—",
        "10",
        "Mr.",
    ]
)
texts = st.lists(vocabulary, min_size=1, max_size=90).map(" ".join)


def of(text, rules=RULES):
    scene = part(1, text)
    return scene_cues(scene, scene_frames(scene.samples), rules)


@given(texts)
@settings(max_examples=80, deadline=None)
def test_lines_speed_length_and_gaps_keep_the_rules(text):
    found = of(text)
    for cue in found:
        assert len(cue.lines) <= 2
        assert all(len(line) <= 42 for line in cue.lines)
        assert reading_speed(cue) <= 20
        assert cue.end - cue.start >= 30
    assert all(b.start - a.end >= 2 for a, b in zip(found, found[1:], strict=False))


@given(texts)
@settings(max_examples=50, deadline=None)
def test_no_word_is_lost_or_moved(text):
    scene = part(1, text)
    found = of(text)
    assert " ".join(line for cue in found for line in cue.lines).split() == text.split()
    starts = [word.start for cue in found for word in cue.words]
    assert starts == [9 + word.start // 1600 for word in scene.words]


@given(texts)
@settings(max_examples=30, deadline=None)
def test_captions_stay_out_of_transitions(text):
    scene = part(1, text)
    found = of(text)
    assert found[0].start >= 8
    assert found[-1].end <= scene_frames(scene.samples) - 8


def test_names_stay_together():
    text = "It was said in the garden that Mr. White Rabbit met the Queen of Hearts near the river Thames today."
    for cue in of(text):
        for line in cue.lines:
            assert not line.endswith(("Mr.", "White", "Queen", "Queen of"))


def test_a_sentence_ends_a_caption():
    text = "The rabbit was late for the party again today. She ran after it across the field and under the hedge."
    assert [cue.lines[-1][-1] for cue in of(text)] == [".", "."]


def test_speakers_are_not_mixed():
    said = list(part(1, "Where are you going so fast? I am late for the party tonight.").words)
    said = [replace(word, speaker="A" if i < 6 else "B") for i, word in enumerate(said)]
    scene = replace(part(1), words=tuple(said), samples=said[-1].end)
    found = scene_cues(scene, scene_frames(scene.samples), RULES)
    assert [{word.speaker for word in cue.words} for cue in found] == [{"A"}, {"B"}]


def test_chinese_breaks_at_its_commas_and_counts_double():
    scene = replace(
        part(1),
        words=(SpokenWord("爱丽丝开始觉得，坐在河岸上，在姐姐身边，没有事做，非常厌倦了。", 0, 336_000),),
        samples=336_000,
    )
    found = scene_cues(scene, scene_frames(scene.samples), RULES)
    lines = [line for cue in found for line in cue.lines]
    assert "".join(lines) == scene.words[0].text
    assert all(line[-1] in "，。" and breaks.cells(line) <= 42 for line in lines)


def test_arabic_keeps_reading_order():
    text = "بدأت أليس تشعر بالملل الشديد من الجلوس بجانب أختها على ضفة النهر، ولم يكن لديها ما تفعله."
    assert " ".join(line for cue in of(text) for line in cue.lines) == text


@pytest.mark.parametrize(("size", "cells"), [((1920, 1080), 42), ((1080, 1080), 32), ((1080, 1920), 24)])
def test_narrow_frames_get_shorter_lines(size, cells):
    assert rules_for(*size).cells == cells


def test_film_cues_are_scene_cues_moved():
    timeline = plan([part(1), part(2)], SMALL)
    second = [cue for cue in cues(timeline) if cue.scene == 2]
    own = scene_cues(timeline.scenes[1].part, timeline.scenes[1].frames, RULES)
    assert [cue.start for cue in second] == [cue.start + timeline.scenes[1].start for cue in own]


def test_silence_has_no_caption():
    assert scene_cues(replace(part(1), words=()), 100, RULES) == ()


def test_a_word_too_long_for_a_line_is_cut():
    found = of("a" * 90)
    assert all(len(line) <= 42 for cue in found for line in cue.lines)
    assert sum(len(line) for cue in found for line in cue.lines) == 90


def test_a_neighbour_with_time_to_spare_lends_a_few_frames():
    slow, quick = "a very quiet morning here. ", "and then suddenly, at last, "
    scene = part(1, slow + quick + slow)
    spoken, at = [], 0
    for i, word in enumerate(scene.words):
        length = 4000 if 5 <= i < 10 else 24000
        spoken.append(replace(word, start=at, end=at + length))
        at += length
    found = scene_cues(replace(scene, words=tuple(spoken), samples=at), scene_frames(at), Rules(cells=14))
    assert all(cue.end - cue.start >= 30 and reading_speed(cue) <= 20 for cue in found)
    late = [cue.start - cue.words[0].start for cue in found]
    assert 0 < max(map(abs, late)) <= 6
    assert all(b.start - a.end >= 2 for a, b in zip(found, found[1:], strict=False))
