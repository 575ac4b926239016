"""The sheet that cards are printed on, and the setting of lines on it. Colours are the house's design tokens."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from ..captions import breaks
from ..text import Type, draw_word, is_rtl, set_line, width

PAPER, INK, SOFT, RULE, PENCIL = (
    (0xF6, 0xF2, 0xEA),
    (0x22, 0x1D, 0x18),
    (0x6B, 0x62, 0x58),
    (0xC9, 0xBE, 0xAC),
    (0xB6, 0x40, 0x2C),
)


@lru_cache(maxsize=1)
def _fibre(width: int, height: int) -> np.ndarray:
    """Shades of the paper around 0: cloudy wash, fine grain and a few fibres, the same every time."""
    dice = np.random.Generator(np.random.PCG64(7))
    wash = cv2.resize(dice.standard_normal((9, 16), np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(dice.standard_normal((height, width), np.float32), (0, 0), max(width / 2600, 0.6))
    fibres = np.zeros((height, width), np.float32)
    for _ in range(420):
        x, y, turn = dice.random(3)
        along = np.array([np.cos(turn * 6.3), np.sin(turn * 6.3)]) * width / 90
        start = np.array([x * width, y * height])
        first, last = ([int(v * 16) for v in at] for at in (start, start + along))
        cv2.line(fibres, first, last, 1.0, max(1, width // 1600), cv2.LINE_AA, 4)
    return wash * 1.3 + grain * 2.6 - cv2.GaussianBlur(fibres, (0, 0), width / 2200) * 4.0


def sheet(size: tuple[int, int]) -> Image.Image:
    """A blank page with fibre and a slight darkening to its edges."""
    width, height = size
    x, y = np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
    edge = (x[None, :] ** 2 + y[:, None] ** 2) ** 1.5 * 4.5
    shade = (_fibre(width, height) - edge)[..., None]
    page = np.array(PAPER, np.float32) + shade * np.array([1.0, 1.04, 1.14], np.float32)
    return Image.fromarray(np.clip(np.rint(page), 0, 255).astype(np.uint8))


def fit(text: str, type: Type, room: float, most: int) -> tuple[list[list[str]], Type]:
    """Words broken into at most `most` balanced lines no wider than `room`; the type shrinks until they fit."""
    while True:
        lines = _balanced(_words(text), type, room)
        longest = max((_line_width(line, type) for line in lines), default=0.0)
        if (len(lines) <= most and longest <= room) or type.size < 12:
            return lines, type
        type = Type(type.role, type.size * 0.93, type.weight, type.language)


def _words(text: str) -> list[str]:
    """What a line may break between: words, and phrases of scripts without spaces."""
    return [piece for word in text.split() for piece in breaks.phrases(word)] or [text]


def _glue(words: list[str]) -> list[bool]:
    """Whether a space stands before each word."""
    return [i > 0 and breaks.spaced(words[i - 1], word) for i, word in enumerate(words)]


def _line_width(words: list[str], type: Type) -> float:
    return sum(width(word, type) for word in words) + width(" ", type) * sum(_glue(words))


def _balanced(words: list[str], type: Type, room: float) -> list[list[str]]:
    """Greedy at the narrowest room that needs no more lines than the widest does."""
    lines = _greedy(words, type, room)
    for share in (0.6, 0.7, 0.8, 0.9):
        tighter = _greedy(words, type, room * share)
        if len(tighter) == len(lines) and all(_line_width(line, type) <= room for line in tighter):
            return tighter
    return lines


def _greedy(words: list[str], type: Type, room: float) -> list[list[str]]:
    lines: list[list[str]] = []
    for word in words:
        if lines and _line_width([*lines[-1], word], type) <= room:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def print_lines(
    page: Image.Image, lines: list[list[str]], type: Type, top: float, colour: tuple[int, int, int], spread: float = 1.0
) -> float:
    """Lines centred on the page from `top` down, in ink that lets the paper through; gives where the next may start."""
    mask = Image.new("L", page.size)
    draw = ImageDraw.Draw(mask)
    rtl = is_rtl(type.language)
    baseline = top + type.size
    for words in lines:
        placed, whole = set_line(words, type, rtl, _glue(words))
        left = (page.width - whole) / 2
        for word in placed:
            draw_word(draw, word, (left + word.x, baseline), type)
        baseline += type.line * spread
    page.paste(Image.new("RGB", page.size, colour), (0, 0), mask.point(lambda value: value * 0.94))
    return baseline - type.size


def height(lines: list[list[str]], type: Type) -> float:
    return type.line * len(lines)


def rule(page: Image.Image, y: float, half: float, colour: tuple[int, int, int] = RULE) -> None:
    """A thin centred rule with a small diamond in the middle."""
    draw = ImageDraw.Draw(page)
    middle, thick = page.width / 2, max(page.width / 1400, 1)
    for side in (-1, 1):
        ends = sorted((middle + side * half * 0.12, middle + side * half))
        draw.rectangle((ends[0], y - thick / 2, ends[1], y + thick / 2), fill=colour)
    r = half * 0.045
    draw.polygon([(middle - r, y), (middle, y - r), (middle + r, y), (middle, y + r)], fill=PENCIL)
