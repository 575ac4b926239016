"""Word errors count what was misheard, not how it was spelt."""

from __future__ import annotations

import pytest

from pipeline.language.spoken_errors import plain, word_errors


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("Mr. Smith paid $5 in 1865.", "mister smith paid five dollars in eighteen sixty five"),
        ("To-day the colour was grey.", "today the color was gray"),
        ("Has any one a daisy-chain?", "has anyone a daisy chain"),
        ("He saw Dinah there.", "He saw Dina there."),
        ("At 3:05 p.m., naïve!", "At 3:05 PM naive"),
    ],
)
def test_spelling_is_no_error(written: str, heard: str) -> None:
    assert word_errors(written, heard)[0] == 0


def test_operations_stand_at_their_sentence() -> None:
    rate, (first, second) = word_errors("The cat sat down. It ran far away.", "The dog sat. It ran so very far away.")
    assert (first.substituted, first.deleted, first.inserted) == (1, 1, 0)
    assert (second.substituted, second.deleted, second.inserted) == (0, 0, 2)
    assert rate == 4 / 8 and second.rate == 0.5


def test_a_gap_is_the_most_words_lost_in_a_row() -> None:
    _, (row,) = word_errors("one two three four five six seven.", "one six seven")
    assert row.longest_gap == 4


def test_a_common_word_must_be_heard_itself() -> None:
    assert word_errors("the bat flew", "the bad flew")[0] > 0


def test_a_long_loss_is_still_aligned() -> None:
    lost = " ".join(f"word{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(200))
    rate, _ = word_errors(f"before {lost} after that", "before after that")
    assert rate == pytest.approx(200 / 203)


@pytest.mark.parametrize(("written", "heard", "rate"), [("", "", 0), ("", "x", 1), ("a b", "", 1)])
def test_silence(written: str, heard: str, rate: float) -> None:
    assert word_errors(written, heard)[0] == rate


def test_plain_words() -> None:
    assert plain("The Queen's 2nd favourite!") == ["the", "queens", "second", "favorite"]
