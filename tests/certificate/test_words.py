"""What was said against what was heard."""

from __future__ import annotations

import pytest

from pipeline.rendering.certificate.alignment import Token, align
from pipeline.rendering.certificate.plain import plain_for


def tokens(text: str) -> list[Token]:
    return [Token(word.lower(), i, word[0].isupper()) for i, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("down the rabbit hole", "down the rabbit hole", 0),
        ("down the rabbit hole", "down the rabbithole", 0),
        ("down the rabbithole", "down the rabbit hole", 0),
        ("down the rabbit hole", "down a rabbit hole", 1),
        ("down the rabbit hole", "the rabbit", 2),
        ("down", "down down down", 2),
        ("said Dodgson", "said dodson", 0),
        ("said dodgson", "said dodson", 1),
        ("", "word", 1),
    ],
)
def test_errors_are_counted(said, heard, errors):
    steps = align(tokens(said), tokens(heard))
    assert sum(not step.right for step in steps) == errors


def test_matched_words_know_each_other():
    steps = align(tokens("one two three"), tokens("one three"))
    assert [(step.said, step.heard) for step in steps if step.right] == [(0, 0), (2, 1)]


def test_numbers_titles_and_spellings_are_the_same_words():
    plain = plain_for("en")
    assert plain("42,") == plain("forty-two")
    assert plain("Mr.") == plain("Mister")
    assert plain("grey") == plain("gray")
    assert plain("Don’t!") == plain("don't")


def test_other_scripts_keep_their_letters_and_marks():
    assert plain_for("hi")("हिन्दी।") == ("हिन्दी",)
    assert plain_for("ar")("سارت،") == ("سارت",)
