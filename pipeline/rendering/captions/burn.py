"""Captions onto the picture: one overlay a state (a cue, or a cue with another word said), never one a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def draw(state: State, style_name: str, placing: Placing) -> Overlay:
    """The state as an overlay just large enough."""
    style = STYLES[style_name]
    type = _fitting(state, type_for(placing.size, placing.language, style), placing.size[0] * 0.9)
    lines, widths = _set(state, type, placing.language)
    pad = round(type.size * 0.5) // 2 * 2
    width = (round(max(widths)) + 2 * pad + 3) // 2 * 2
    height = (round(type.line * (len(lines) - 1) + type.size * 1.35) + 2 * pad + 1) // 2 * 2
    pixels = _compose(state, style, type, lines, widths, (width, height), pad)
    x = (placing.size[0] - width) // 4 * 2
    return make(pixels, max(x, 0), _top(placing, height, pad))


def _top(placing: Placing, height: int, pad: int) -> int:
    """First row: clear of the edge, and of a phone's own buttons in a tall frame."""
    frame = placing.size[1]
    edge = 0.055 if placing.size[0] > frame else 0.075 if placing.size[0] == frame else 0.16
    row = frame * edge - pad if placing.top else frame * (1 - edge) - height + pad
    return int(min(max(row, 0), frame - height)) // 2 * 2


def _fitting(state: State, type: text.Type, room: float) -> text.Type:
    """The type, smaller when a line would be wider than `room`."""
    _, widths = _set(state, type, type.language)
    longest = max(widths)
    return type if longest <= room else text.Type(type.role, type.size * room / longest, type.weight, type.language)


def _set(state: State, type: text.Type, language: str) -> tuple[list[list[text.Set]], list[float]]:
    """Each line's words placed; `index` counts over the whole state."""
    lines, widths = [], []
    first = 0
    for number in range(state.words[-1][1] + 1):
        words = [word for word in state.words if word[1] == number]
        rtl = _rtl([word[0] for word in state.words], language)
        placed, width = text.set_line([word[0] for word in words], type, rtl, [word[2] for word in words])
        lines.append([text.Set(s.text, s.x, s.width, s.index + first, s.rtl) for s in placed])
        widths.append(width)
        first += len(words)
    return lines, widths


def _rtl(words: Sequence[str], language: str) -> bool:
    """By the text's first strong letter, else by the film's language."""
    kinds = [kind for word in words if (kind := text.direction(word)) != "N"]
    return kinds[0] == "R" if kinds else text.is_rtl(language)


def _compose(
    state: State, style: Style, type: text.Type, lines: list[list[text.Set]], widths: list[float],
    size: tuple[int, int], pad: int,
) -> np.ndarray:  # fmt: skip
    """Plate, box, shadow, outline and letters, from the bottom up, as straight RGBA."""
    image = Image.new("RGBA", size)
    if style.plate:
        radius = type.size * 0.3
        ImageDraw.Draw(image).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, style.plate)
    places = [
        (word, (size[0] - widths[i]) / 2 + word.x, pad + type.size * 1.02 + i * type.line)
        for i, line in enumerate(lines)
        for word in line
    ]
    if style.box:
        _box(image, [place for place in places if place[0].index == state.said], type, style.box)
    if style.outline_width:
        _halo(image, places, type, style)
    for colour, chosen in _by_colour(places, state.said, style):
        image = _lay(image, _mask(size, chosen, type, 0), colour)
    return np.asarray(image)


_Placed = tuple[text.Set, float, float]


def _by_colour(places: list[_Placed], said: int, style: Style) -> list[tuple[Colour, list[_Placed]]]:
    if said < 0:
        return [(style.text, places)]
    groups = [
        (style.text, [p for p in places if p[0].index < said]),
        (style.spoken, [p for p in places if p[0].index == said]),
        (style.coming, [p for p in places if p[0].index > said]),
    ]
    return [group for group in groups if group[1]]


def _mask(size: tuple[int, int], places: list[_Placed], type: text.Type, stroke: float) -> Image.Image:
    mask = Image.new("L", size)
    pen = ImageDraw.Draw(mask)
    for word, x, baseline in places:
        text.draw_word(pen, x, baseline, word.text, type, stroke)
    return mask


def _halo(image: Image.Image, places: list[_Placed], type: text.Type, style: Style) -> None:
    """A soft shadow and a firm outline: white letters read on white snow."""
    outline = _mask(image.size, places, type, type.size * style.outline_width)
    soft = outline.filter(ImageFilter.GaussianBlur(type.size * style.shadow))
    image.alpha_composite(_tinted(soft, style.outline))
    image.alpha_composite(_tinted(outline, style.outline))


def _box(image: Image.Image, places: list[_Placed], type: text.Type, colour: Colour) -> None:
    pen = ImageDraw.Draw(image)
    for word, x, baseline in places:
        side = type.size * 0.14
        box = (x - side, baseline - type.size * 0.94, x + word.width + side, baseline + type.size * 0.3)
        pen.rounded_rectangle(box, type.size * 0.18, colour)


def _tinted(mask: Image.Image, colour: Colour) -> Image.Image:
    layer = Image.new("RGBA", mask.size, (*colour[:3], 0))
    layer.putalpha(mask.point(lambda value: value * colour[3] // 255))
    return layer


def _lay(image: Image.Image, mask: Image.Image, colour: Colour) -> Image.Image:
    return Image.alpha_composite(image, _tinted(mask, colour))
