"""Sentences with exact spans in many hands and scripts."""

from __future__ import annotations

import itertools

import pytest

from pipeline.language.sentences import sentences, verse_lines

CASES = {
    "plain": ["She ran. He slept!", ["She ran.", "He slept!"]],
    "titles": ["Mr. Bell met Dr. Fox. They spoke.", ["Mr. Bell met Dr. Fox.", "They spoke."]],
    "initials": ["J. R. Hartley wrote it. I read it.", ["J. R. Hartley wrote it.", "I read it."]],
    "number": ["See No. 7 today. It cost 3.50 in all.", ["See No. 7 today.", "It cost 3.50 in all."]],
    "inverted cue": ["‘Stop!’ cried the King. ‘Now.’", ["‘Stop!’ cried the King.", "‘Now.’"]],
    "straight cue": ["“Who?” Alice asked. “Me?”", ["“Who?” Alice asked.", "“Me?”"]],
    "ellipsis": ["Well... perhaps not. Yes… No.", ["Well... perhaps not.", "Yes…", "No."]],
    "aside": ["He came (was it he? Yes!) and sat. Good.", ["He came (was it he? Yes!) and sat.", "Good."]],
    "japanese": [
        "雨が降った。「行こう。」と彼は言った。寒い！",
        ["雨が降った。", "「行こう。」と彼は言った。", "寒い！"],
    ],
    "chinese": ["天黑了。他走了吗？是的。", ["天黑了。", "他走了吗？", "是的。"]],
    "arabic": ["هل أنت هنا؟ نعم. حسنا!", ["هل أنت هنا؟", "نعم.", "حسنا!"]],
    "hindi": ["वह आया। वह गया।", ["वह आया।", "वह गया।"]],
    "spanish": ["¿Quién es? ¡Ana! Sí.", ["¿Quién es?", "¡Ana!", "Sí."]],
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_sentences(name):
    text, expected = CASES[name]
    assert [text[a:b] for a, b in sentences(text)] == expected


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_character_is_lost(name):
    text = "  " + CASES[name][0] + " …and (an open end"
    spans = sentences(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert all(a < b for a, b in spans) and all(x[1] <= y[0] for x, y in itertools.pairwise(spans))


def test_verse_is_kept_line_by_line():
    text = "How doth the little crocodile\n  Improve his shining tail,\n\nAnd pour"
    assert [text[a:b] for a, b in verse_lines(text)] == [
        "How doth the little crocodile", "Improve his shining tail,", "And pour",
    ]  # fmt: skip


def test_nothing_gives_nothing():
    assert sentences("") == sentences("  \n ") == []
