"""A chapter's opening: its number small above, its name large."""

from __future__ import annotations

import re

from PIL import Image

from ..text import Type
from ..timeline import Card
from . import paper

_NUMBER = r"(?:\d+|[IVXLCDM]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|last)"
_HEAD = r"(?:chapter|part|book|letter|stave|canto|act|scene|chapitre|livre|kapitel|teil|cap[ií]tulo|capitolo|глава)"
_NUMBERED = re.compile(rf"^({_HEAD}\s+{_NUMBER}(?=\W)|{_NUMBER}(?=[.:—–]))[.:,—–\s-]+(\S.*)$", re.IGNORECASE)


def split(title: str) -> tuple[str, str]:
    """ "Chapter I. Down the Rabbit-Hole" as ("Chapter I", "Down the Rabbit-Hole"); no number: ("", title)."""
    found = _NUMBERED.match(title.strip())
    return (found[1], found[2]) if found else ("", title.strip())


def draw(card: Card, size: tuple[int, int]) -> Image.Image:
    page = paper.sheet(size)
    short = min(size)
    number, name = split(card.title)
    lines, type = paper.fit(name, Type("book", short * 0.088, 520, card.language), size[0] * 0.76, 3)
    over = Type("book", short * 0.036, 420, card.language)
    gap = short * 0.05
    whole = paper.height(lines, type) + gap * 2 + (over.line if number else 0)
    at = (size[1] - whole) / 2
    if number:
        at = paper.print_lines(page, [number.split()], over, at, paper.PENCIL) + gap * 0.4
    at = paper.print_lines(page, lines, type, at, paper.INK)
    paper.rule(page, at + gap * 0.9, short * 0.12)
    return page
