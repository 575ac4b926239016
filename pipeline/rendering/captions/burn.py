"""Captions onto the picture: one overlay a state (a cue, or a cue with another word said), never one a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .. import text
from ..overlay import Overlay, make
from .cues import Cue
from .styles import STYLES, Colour, Style


@dataclass(frozen=True, slots=True)
class State:
    """What stands on the picture in frames `start` to `end` (excluded): words with line and space; `said`: which
    one is being said (-1: none is told apart)."""

    start: int
    end: int
    words: tuple[tuple[str, int, bool], ...]
    said: int


@dataclass(frozen=True, slots=True)
class Placing:
    """Where captions stand: `top` or bottom, frame size, the film's language."""

    size: tuple[int, int]
    language: str = "en"
    top: bool = False


def states(cues: Sequence[Cue], style: str) -> tuple[State, ...]:
    """Cues cut at each change of the said word; styles that tell no word apart keep one state a cue."""
    made: list[State] = []
    for cue in cues:
        words = tuple((word.text, word.line, word.space) for word in cue.words)
        if not STYLES[style].by_word:
            made.append(State(cue.start, cue.end, words, -1))
            continue
        starts = [cue.start, *(min(max(word.start, cue.start), cue.end) for word in cue.words[1:]), cue.end]
        made += [State(a, b, words, i) for i, (a, b) in enumerate(pairwise(starts)) if b > a]
    return tuple(made)


def type_for(size: tuple[int, int], language: str, style: Style) -> text.Type:
    """The caption type of a frame: 42 characters across a wide frame, fewer and larger across a tall one."""
    width, height = size
    pixels = height * 0.05 if width > height * 1.3 else width * (0.043 if width > height * 0.8 else 0.056)
    return text.Type(style.role, round(pixels, 2), style.weight, language)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the states of one cue share: plate, shadow and outline; each word's letters as a mask with its place."""

    base: Image.Image
    words: tuple[tuple[text.Set, Image.Image, tuple[int, int], float], ...]
    type: text.Type
    at: tuple[int, int]


def draw(state: State, style_name: str, placing: Placing) -> Overlay:
    """The state as an overlay just large enough."""
    style, sheet = STYLES[style_name], _sheet(state.words, style_name, placing)
    image = sheet.base.copy()
    for word, _, corner, baseline in sheet.words:
        if style.box and word.index == state.said:
            _box(image, corner[0] + _margin(sheet.type), baseline, word.width, sheet.type, style.box)
    for word, mask, corner, _ in sheet.words:
        image.alpha_composite(_tinted(mask, _colour(word.index, state.said, style)), corner)
    return make(np.asarray(image), *sheet.at)


def _colour(index: int, said: int, style: Style) -> Colour:
    if said < 0 or index < said:
        return style.text
    return style.spoken if index == said else style.coming


def _margin(type: text.Type) -> int:
    """Room round a word's mask for letters that lean out of their advance."""
    return round(type.size * 0.3)


@lru_cache(maxsize=2)
def _sheet(words: tuple[tuple[str, int, bool], ...], style_name: str, placing: Placing) -> _Sheet:
    style = STYLES[style_name]
    type = _fitting(words, type_for(placing.size, placing.language, style), placing.size[0] * 0.9)
    lines, widths = _set(words, type)
    pad = round(type.size * 0.5) // 2 * 2
    size = (
        (round(max(widths)) + 2 * pad + 3) // 2 * 2,
        (round(type.line * (len(lines) - 1) + type.size * 1.35) + 2 * pad + 1) // 2 * 2,
    )
    base = Image.new("RGBA", size)
    if style.plate:
        ImageDraw.Draw(base).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), type.size * 0.3, style.plate)
    places = [
        (word, (size[0] - widths[i]) / 2 + word.x, pad + type.size * 1.02 + i * type.line)
        for i, line in enumerate(lines)
        for word in line
    ]
    if style.outline_width:
        _halo(base, places, type, style)
    x = max((placing.size[0] - size[0]) // 4 * 2, 0)
    return _Sheet(base, tuple(_letters(place, type) for place in places), type, (x, _top(placing, size[1], pad)))


_Placed = tuple[text.Set, float, float]


def _letters(place: _Placed, type: text.Type) -> tuple[text.Set, Image.Image, tuple[int, int], float]:
    """A word's own mask, the corner where it goes on the sheet, and its baseline there."""
    word, x, baseline = place
    margin = _margin(type)
    corner = (max(int(x) - margin, 0), max(int(baseline - type.size * 1.1), 0))
    mask = Image.new("L", (round(word.width) + 2 * margin + 2, round(type.size * 1.6)))
    text.draw_word(ImageDraw.Draw(mask), word, (x - corner[0], baseline - corner[1]), type)
    return word, mask, corner, baseline


def _top(placing: Placing, height: int, pad: int) -> int:
    """First row: clear of the edge, and of a phone's own buttons in a tall frame."""
    frame = placing.size[1]
    edge = 0.055 if placing.size[0] > frame else 0.075 if placing.size[0] == frame else 0.16
    row = frame * edge - pad if placing.top else frame * (1 - edge) - height + pad
    return int(min(max(row, 0), frame - height)) // 2 * 2


_Words = tuple[tuple[str, int, bool], ...]


def _fitting(words: _Words, type: text.Type, room: float) -> text.Type:
    """The type, smaller when a line would be wider than `room`."""
    longest = max(_set(words, type)[1])
    return type if longest <= room else text.Type(type.role, type.size * room / longest, type.weight, type.language)


def _set(words: _Words, type: text.Type) -> tuple[list[list[text.Set]], list[float]]:
    """Each line's words placed; `index` counts over the whole cue."""
    lines, widths = [], []
    rtl = _rtl([word[0] for word in words], type.language)
    first = 0
    for number in range(words[-1][1] + 1):
        own = [word for word in words if word[1] == number]
        placed, width = text.set_line([word[0] for word in own], type, rtl, [word[2] for word in own])
        lines.append([text.Set(s.text, s.x, s.width, s.index + first, s.rtl) for s in placed])
        widths.append(width)
        first += len(own)
    return lines, widths


def _rtl(words: Sequence[str], language: str) -> bool:
    """By the text's first strong letter, else by the film's language."""
    kinds = [kind for word in words if (kind := text.direction(word)) != "N"]
    return kinds[0] == "R" if kinds else text.is_rtl(language)


def _halo(image: Image.Image, places: list[_Placed], type: text.Type, style: Style) -> None:
    """A soft shadow and a firm outline: white letters read on white snow."""
    outline = Image.new("L", image.size)
    pen = ImageDraw.Draw(outline)
    for word, x, baseline in places:
        text.draw_word(pen, word, (x, baseline), type, type.size * style.outline_width)
    soft = outline.filter(ImageFilter.GaussianBlur(type.size * style.shadow))
    image.alpha_composite(_tinted(soft, style.outline))
    image.alpha_composite(_tinted(outline, style.outline))


def _box(image: Image.Image, x: float, baseline: float, width: float, type: text.Type, colour: Colour) -> None:
    side = type.size * 0.14
    box = (x - side, baseline - type.size * 0.94, x + width + side, baseline + type.size * 0.3)
    ImageDraw.Draw(image).rounded_rectangle(box, type.size * 0.18, colour)


def _tinted(mask: Image.Image, colour: Colour) -> Image.Image:
    layer = Image.new("RGBA", mask.size, (*colour[:3], 0))
    layer.putalpha(mask if colour[3] == 255 else mask.point([value * colour[3] // 255 for value in range(256)]))
    return layer
