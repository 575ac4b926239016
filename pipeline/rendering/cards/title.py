"""The title page: title, rule, author."""

from __future__ import annotations

from PIL import Image

from ..text import Type
from ..timeline import Card
from . import paper


def draw(card: Card, size: tuple[int, int]) -> Image.Image:
    page = paper.sheet(size)
    short = min(size)
    lines, type = paper.fit(card.title, Type("book", short * 0.125, 560, card.language), size[0] * 0.8, 4)
    names, small = paper.fit(card.author or " ", Type("book", short * 0.045, 400, card.language), size[0] * 0.8, 2)
    gap = short * 0.075
    whole = paper.height(lines, type) + (gap * 2 + paper.height(names, small) if card.author else 0)
    at = paper.print_lines(page, lines, type, (size[1] - whole) / 2, paper.INK)
    if card.author:
        paper.rule(page, at + gap * 0.7, short * 0.16)
        paper.print_lines(page, names, small, at + gap * 1.5, paper.SOFT)
    return page
