"""Narration is normalised token by token, and captions keep the author's spelling."""

from __future__ import annotations

import pytest

from pipeline.language.spoken import align, spoken

SAID = {
    # titles and abbreviations
    "Mr. and Mrs. Smith met Dr. Jones.": "Mister and Missus Smith met Doctor Jones.",
    "Mr Darcy, M.D., came.": "Mister Darcy, M.D, came.",
    "St. Paul's stands on Baker St. in town.": "Saint Paul's stands on Baker Street in town.",
    "Cats, e.g. Dinah, mice, etc. And dogs.": "Cats, for example Dinah, mice, et cetera. And dogs.",
    "J. R. R. Tolkien left the U.S.A. in May.": "J R R Tolkien left the U.S.A in May.",
    "No. 10 has no. No. It has none.": "number ten has no. No. It has none.",
    # Roman numerals, and the pronoun
    "CHAPTER IV. The Rabbit": "Chapter four. The Rabbit",
    "King Henry VIII and Louis XIV": "King Henry the eighth and Louis the fourteenth",
    "World War II ended.": "World War two ended.",
    "Elizabeth I's ships": "Elizabeth the first's ships",
    "Chapter I. It was I. I, not you.": "Chapter one. It was I. I, not you.",
    "When I saw Charles I was glad.": "When I saw Charles I was glad.",
    "In the chapter I read, I slept.": "In the chapter I read, I slept.",
    # figures
    "In 1865 there were 2015 men.": "In eighteen sixty-five there were two thousand and fifteen men.",
    "It rose 3.5% to 1,234.": "It rose three point five per cent to one thousand two hundred and thirty-four.",
    "By 2015 she was 103.": "By twenty fifteen she was one hundred and three.",
    "On May 5, 1905, at 3:05 p.m. we met.": "On May fifth, nineteen oh-five, at three oh five P.M we met.",
    "The 1st and 22nd of the 1860s": "The first and twenty-second of the eighteen sixties",
    "It cost £5 million, $5.50 and £1.": "It cost five million pounds, five dollars and fifty cents and one pound.",
    "He paid £3 10s. 6d. for it.": "He paid three pounds ten shillings six pence for it.",
    "At 10:00 it was -5°C.": "At ten o'clock it was minus five degrees Celsius.",
    "2½ miles, 3/4 of 6 ft. 1 in. long": "two and a half miles, three quarters of six feet one inch long",
    "pages 10–12, 1914-18, agent 007": "pages ten to twelve, nineteen fourteen to eighteen, agent zero zero seven",
    # marks
    "“Well—I never!” said she (softly), and...": "Well— I never! said she, softly, and…",
    "‘Twas’ and ’tis": "'Twas and 'tis",
    "the rabbits’ house": "the rabbits house",
    "text[12] with notes† and — dashes": "text with notes and— dashes",
    # emphasis and letters
    "It was VERY odd: DRINK ME, it said.": "It was very odd: drink me, it said.",
    "NASA and the BBC asked WHY.": "NASA and the BBC asked why.",
    "I AM NOT A NUMBER!": "I am not a number!",
    "_Curiouser_ and *curiouser*": "Curiouser and curiouser",
    "Cæsar, Œdipus and the ﬁsh": "Caesar, Oedipus and the fish",
    "cats & dogs and/or R2D2": "cats and dogs and or R two D two",
}  # fmt: skip


@pytest.mark.parametrize("written", SAID)
def test_said_as_a_reader_would(written: str) -> None:
    assert spoken(written) == SAID[written]


@pytest.mark.parametrize("written", SAID)
def test_every_spoken_word_belongs_to_one_caption_word(written: str) -> None:
    said = spoken(written)
    rows = align(written, said)
    assert [word for word, _ in rows] == written.split()
    assert [place for _, own in rows for place in own] == list(range(len(said.split())))


def test_caption_words_know_their_own_words() -> None:
    said = spoken("In 1865, Mr. X said — no!")
    rows = {word: [said.split()[at] for at in own] for word, own in align("In 1865, Mr. X said — no!", said)}
    assert rows["1865,"] == ["eighteen", "sixty-five,"]
    assert (rows["Mr."], rows["—"], rows["no!"]) == (["Mister"], [], ["no!"])


def test_lines_stay_lines() -> None:
    assert spoken("How doth the little\nCrocodile\n\n\n Next") == "How doth the little\nCrocodile\n\nNext"


def test_lexicon_goes_before_every_rule() -> None:
    lexicon = (("Hermione", "her-MY-oh-nee"), ("Mr. X", "Mister Ten"), ("Cat", "/kæt/"))
    said = spoken("Hermione's Cat met Mr. X, HERMIONE.", lexicon=lexicon)
    assert said == "/her-MY-oh-nee/'s /kæt/ met Mister Ten, /her-MY-oh-nee/."


def test_lexicon_leaves_other_words_alone() -> None:
    assert spoken("Cats catch a cat.", lexicon=(("Cat", "kitty"),)) == "Cats catch a cat."


def test_spoken_text_written_by_hand_is_laid_along() -> None:
    rows = align("The cat sat here", "The big cat sat right here")
    assert [at for _, own in rows for at in own] == list(range(6))
    assert rows[0][1].start == 0 and 5 in rows[3][1]


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("fr", "M. Dupont a 21 ans.", "Monsieur Dupont a vingt et un ans."),
        ("es", "El Sr. Ruiz tiene 1.234 gatos.", "El Señor Ruiz tiene mil doscientos treinta y cuatro gatos."),
        ("de", "Er hat 2,5 Äpfel, z.B. rote.", "Er hat zwei Komma fünf Äpfel, zum Beispiel rote."),
        ("hi", "वह 5 बजे आया।", "वह 5 बजे आया."),
    ],
)
def test_other_languages(language: str, written: str, said: str) -> None:
    assert spoken(written, language) == said


def test_phrases_are_the_words_of_a_script_without_spaces() -> None:
    text = "「アリスは、白い。」そう言った"
    said = spoken(text, "ja")
    assert said == "アリスは, 白い. そう言った"
    assert [word for word, _ in align(text, said, "ja")] == ["「アリスは、", "白い。」", "そう言った"]
