"""Verbatim and abridged scripts: spans exact, sentences the author's own, length as asked."""

from __future__ import annotations

import pytest

from pipeline.language.script import cut_line, join_lines, make_script
from pipeline.language.text import ChapterText

EVENTS = [
    "Mira climbed the hill before sunrise, because the keeper had promised her a lantern of blue glass.",
    "She knocked at the green door. Nobody answered. The wind pulled at the shutters all the same.",
    "“Who is there?” asked the Keeper. “It is late for visitors.”",
    "“It is early,” said Mira. “I came for the lantern.”",
    "But the Keeper would not open. He was afraid of the storm, and of the gulls that sat on the wall.",
    "Mira sat down on a stone and opened her basket. She ate an apple and read a letter from her uncle.",
    "It said nothing of lanterns. This made her sad, and she folded it again.",
    "At noon the Keeper came out with a bucket of oil. He carried it to the tower without a word.",
    "Mira followed him up the stairs. The lamp stood in the middle of the round room like a sleeping animal.",
    "“Hold the ladder,” said the Keeper. “And do not look down.”",
    "Mira held the ladder with both hands. The Keeper lit the lamp, and the sea turned golden.",
    "He gave her the lantern at last. She carried it home through the forest, and nobody was ever afraid there again.",
]


def book(chapters: int) -> list[ChapterText]:
    return [
        ChapterText.of(n, f"Part {n}", [{"text": f"Part {n}", "role": "heading"}, *EVENTS * 2])
        for n in range(1, chapters + 1)
    ]


def test_every_line_is_the_chapters_own_text():
    [chapter] = book(1)
    for line in make_script([chapter]).lines:
        assert chapter.text[line.start : line.end] == line.text
        for s in line.segments:
            assert chapter.text[s.start : s.end] == s.text


def test_verbatim_covers_all_but_the_heading():
    script = make_script(book(1))
    assert (script.coverage, script.paragraph_coverage, script.left_out) == (100, 100, ())
    assert "Part 1" not in {line.text for line in script.lines}


def test_a_line_is_parted_by_voice():
    script = make_script(book(1))
    line = next(x for x in script.lines if x.text.startswith("“Who is there?”"))
    assert [(s.text, s.speaker) for s in line.segments] == [("“Who is there?”", "Keeper"), ("asked the Keeper.", "")]


@pytest.mark.parametrize(("chapters", "minutes"), [(1, 0.6), (1, 1.5), (3, 2.0), (3, 4.0)])
def test_abridged_fits_the_minutes(chapters, minutes):
    script = make_script(book(chapters), "abridged", minutes)
    assert script.seconds == pytest.approx(minutes * 60, rel=0.07)


def test_abridged_keeps_order_and_every_chapter():
    script = make_script(book(3), "abridged", 2.5)
    places = [(line.chapter, line.start) for line in script.lines]
    assert places == sorted(places) and {c for c, _ in places} == {1, 2, 3}


def test_kept_and_left_out_make_the_whole():
    [chapter] = book(1)
    script = make_script([chapter], "abridged", 1.0)
    told = "".join(line.text for line in script.lines) + "".join(chapter.text[a:b] for _, a, b in script.left_out)
    whole = "".join(p.text for p in chapter.paragraphs if p.narrated)
    assert sorted(told.replace(" ", "")) == sorted(whole.replace(" ", ""))


def test_nothing_dangles_after_a_gap():
    for minutes in (0.6, 0.8, 1.0, 1.3, 1.6):
        for line in make_script(book(1), "abridged", minutes).lines:
            assert not (line.gap and line.text.startswith(("But ", "It ", "This ", "“And ")))


def test_enough_minutes_keep_everything():
    assert make_script(book(1), "abridged", 60).coverage == 100


def test_an_empty_chapter_gives_an_empty_script():
    script = make_script([ChapterText.of(1, "", [])])
    assert (script.lines, script.coverage, script.seconds) == ((), 0.0, 0.0)


def test_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="verbatim, abridged"):
        make_script(book(1), "haiku")


def test_a_parted_line_joins_again():
    [chapter] = book(1)
    line = next(x for x in make_script([chapter]).lines if ", and " in x.text)
    head, tail = cut_line(line, line.start + line.text.index("and "))
    assert head.part and not tail.part
    assert join_lines(head, tail, chapter.text) == line


def test_a_chapter_that_uses_up_the_time_leaves_the_next_ones_out():
    """The first can't be told shorter than its one long sentence."""
    endless = "The road went on and on past the mill, " * 40 + "and then it stopped."
    chapters = [ChapterText.of(1, "", [endless]), *(ChapterText.of(n, "", EVENTS) for n in (2, 3))]
    script = make_script(chapters, "abridged", 0.2)
    assert {line.chapter for line in script.lines} == {1}


def test_a_last_chapter_of_signs_alone_takes_no_time():
    chapters = [ChapterText.of(1, "", EVENTS), ChapterText.of(2, "", ["* * *", "…"])]
    assert 1 in {line.chapter for line in make_script(chapters, "abridged", 0.3).lines}
