"""Every script: order, shaping, fonts, and never a box."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.rendering import fonts
from pipeline.rendering.captions import breaks, burn
from pipeline.rendering.captions.styles import STYLES
from pipeline.rendering.cards import CARDS, chapter
from pipeline.rendering.text import Type, draw_word, set_line, visual_order
from pipeline.rendering.timeline import Card

SCRIPTS = {
    "en": "Curiouser and curiouser!", "ar": "بدأت أليس تشعر", "he": "אליס התחילה להתעייף", "hi": "ऐलिस नदी के किनारे",
    "th": "อลิซเริ่มรู้สึก", "ta": "ஆலிஸ் ஆற்றங்கரையில்", "ru": "Алиса в Стране", "el": "Η Αλίκη στη",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "rtl", "order"),
    [
        ("one two three", False, [0, 1, 2]),
        ("שלום לכולם", True, [1, 0]),
        ("he said שלום לכולם loudly", False, [0, 1, 3, 2, 4]),
        ("على Thames River الضفة", True, [3, 1, 2, 0]),
        ("في 1865 على", True, [2, 1, 0]),
    ],
)
def test_mixed_directions_stand_in_reading_order(words, rtl, order):
    assert visual_order(words.split(), rtl) == order


def test_arabic_letters_join():
    type = Type("caption", 40)
    joined, _ = set_line(["بدأت"], type, True, [False])
    apart = sum(set_line([letter], type, True, [False])[1] for letter in "بدأت")
    assert joined[0].width < apart * 0.95


def test_punctuation_ends_a_right_to_left_line_on_the_left():
    (word,), _ = set_line(["שלום."], Type("caption", 60), True, [False])
    image = Image.new("L", (300, 100))
    draw_word(ImageDraw.Draw(image), word, (20, 70), Type("caption", 60))
    columns = np.flatnonzero(np.asarray(image)[:50].max(0) > 128)  # above the full stop: letters only
    assert columns.min() > np.flatnonzero(np.asarray(image)[60:72].max(0) > 128).min()


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_packaged_script_has_its_font(language):
    assert fonts.missing_fonts(SCRIPTS[language], language) == []


def test_what_no_font_has_is_said_and_never_drawn():
    assert fonts.missing_fonts("a\U0001e900b\U0001e900") == ["\U0001e900"]
    with pytest.raises(LookupError, match="ADLAM"):
        fonts.runs("\U0001e900", "caption")


def test_an_emoji_of_several_parts_stays_one():
    assert len(fonts.runs("\U0001f469\u200d\U0001f680", "caption")) == 1


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_style_draws_inside_the_frame(style, language):
    words = tuple((word, 0, i > 0) for i, word in enumerate(SCRIPTS[language].split()))
    for size in ((640, 360), (360, 640), (360, 360)):
        overlay = burn.draw(burn.State(0, 9, words, 1), style, burn.Placing(size, language))
        height, width = overlay.add[0].shape
        assert 0 <= overlay.x <= size[0] - width
        assert size[1] / 2 < overlay.y <= size[1] - height
        assert overlay.keep[0].min() < 60


def test_the_said_word_moves_right_to_left():
    words = tuple((word, 0, i > 0) for i, word in enumerate(SCRIPTS["ar"].split()))
    placing = burn.Placing((640, 360), "ar")
    reds = []
    for said in range(3):
        overlay = burn.draw(burn.State(0, 9, words, said), "boxed", placing)
        red = overlay.add[2].astype(int) - 128 * (255 - overlay.keep[1].astype(int)) // 255
        reds.append(np.flatnonzero(red.max(0) > 40).mean())
    assert reds == sorted(reds, reverse=True)


def test_top_when_asked():
    words = (("Hello", 0, False),)
    assert burn.draw(burn.State(0, 9, words, -1), "plain", burn.Placing((640, 360), top=True)).y < 60


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("size", [(320, 180), (180, 320)])
def test_cards_fill_the_frame_and_keep_their_margins(kind, size):
    title = "A very long title of a book that nobody would ever print on a single line of a single page"
    page = np.asarray(CARDS[kind](Card(kind, title, "Somebody", "A credit line"), size)).astype(int)
    assert page.shape == (size[1], size[0], 3)
    dark = np.argwhere(page.sum(2) < 330)
    assert len(dark) > 50
    assert dark[:, 1].min() > size[0] * 0.05
    assert dark[:, 1].max() < size[0] * 0.95


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Chapter I. Down the Rabbit-Hole", ("Chapter I", "Down the Rabbit-Hole")),
        ("2: The Pool of Tears", ("2", "The Pool of Tears")),
        ("The Mock Turtle", ("", "The Mock Turtle")),
        ("I am born", ("", "I am born")),
    ],
)
def test_chapter_numbers_stand_apart(title, parts):
    assert chapter.split(title) == parts


def test_japanese_breaks_where_kana_give_way():
    assert breaks.phrases("不思議の国のアリスは姉さんのそば") == ["不思議の", "国の", "アリスは", "姉さんのそば"]
