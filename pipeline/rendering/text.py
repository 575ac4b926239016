"""Words set in lines: shaped by HarfBuzz, mixed directions put in order, every word with its own box."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from . import fonts

RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: `role` of fonts.stack, size in pixels, weight, language."""

    role: str
    size: float
    weight: int = 500
    language: str = ""

    @property
    def line(self) -> float:
        """Distance between baselines."""
        return self.size * 1.32


@dataclass(frozen=True, slots=True)
class Set:
    """A word on its line: pen position of its left end, advance, number in reading order; `rtl`: the line runs left."""

    text: str
    x: float
    width: float
    index: int
    rtl: bool


def is_rtl(language: str) -> bool:
    return language.split("-")[0].lower() in RTL_LANGUAGES


def direction(word: str) -> str:
    """ "R" or "L" by the first strong character, "N" for numbers and punctuation."""
    for character in word:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "R"
        if kind == "L":
            return "L"
    return "N"


def visual_order(words: Sequence[str], rtl: bool) -> list[int]:
    """Reading order to left-to-right order: runs against the line's direction are turned round (UAX 9, by words)."""
    base, other = ("R", "L") if rtl else ("L", "R")
    against = [direction(word) == other for word in words]
    for i, word in enumerate(words):  # a number or dash between two words of a run belongs to the run
        if direction(word) == "N" and 0 < i < len(words) - 1 and against[i - 1]:
            against[i] = next((direction(w) == other for w in words[i + 1 :] if direction(w) != "N"), base == other)
    order: list[int] = []
    i = 0
    while i < len(words):
        end = i + 1
        while against[i] and end < len(words) and against[end]:
            end += 1
        order += range(end - 1, i - 1, -1) if against[i] else range(i, end)
        i = end
    return order[::-1] if rtl else order  # turning the whole line turns the runs back


def width(word: str, type: Type) -> float:
    """Advance of a word in pixels."""
    return sum(
        fonts.font(face, type.size, type.weight).getlength(part)
        for face, part in fonts.runs(word, type.role, type.language)
    )


def set_line(words: Sequence[str], type: Type, rtl: bool, glue: Sequence[bool]) -> tuple[list[Set], float]:
    """Words placed from x = 0 in visual order, and the whole width; `glue[i]`: a space stands before word i."""
    space = width(" ", type)
    placed: list[Set] = []
    at = 0.0
    order = visual_order(words, rtl)
    for position, index in enumerate(order):
        if position:
            at += space if glue[max(index, order[position - 1])] else 0.0
        advance = width(words[index], type)
        placed.append(Set(words[index], at, advance, index, rtl))
        at += advance
    return placed, at


def draw_word(pen: ImageDraw.ImageDraw, word: Set, at: tuple[float, float], type: Type, stroke: float = 0) -> None:
    """Draw one word on an "L" image in white, its pen `at` x on the baseline y; `stroke` widens it all round.

    Punctuation goes to the side where the line ends; letters follow their own script.
    """
    x, baseline = at
    way = "rtl" if word.rtl else "ltr"
    parts = fonts.runs(word.text, type.role, type.language)
    for face, part in reversed(parts) if word.rtl or direction(word.text) == "R" else parts:
        made = fonts.font(face, type.size, type.weight)
        pen.text((x, baseline), part, 255, made, "ls", direction=way, stroke_width=stroke)
        x += made.getlength(part, direction=way)
