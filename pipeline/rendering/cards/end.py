"""The last page: an ornament, title and author again, and the credit line."""

from __future__ import annotations

from PIL import Image

from ..text import Type
from ..timeline import Card
from . import paper


def draw(card: Card, size: tuple[int, int]) -> Image.Image:
    page = paper.sheet(size)
    short = min(size)
    at = size[1] * 0.36
    paper.rule(page, at, short * 0.2)
    at += short * 0.06
    for text, share, weight, colour in (
        (card.title, 0.056, 520, paper.INK),
        (card.author, 0.036, 400, paper.SOFT),
    ):
        if text:
            lines, type = paper.fit(text, Type("book", short * share, weight, card.language), size[0] * 0.76, 3)
            at = paper.print_lines(page, lines, type, at, colour) + short * 0.012
    if card.credit:
        lines, type = paper.fit(card.credit, Type("book", short * 0.027, 400, card.language), size[0] * 0.7, 4)
        paper.print_lines(page, lines, type, size[1] * 0.9 - paper.height(lines, type), paper.SOFT)
    return page
