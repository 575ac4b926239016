"""Pages of type between the pictures: one file a card, one line to register it."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from ..timeline import Card
from . import chapter, end, title

# Each draws a card as RGB pixels of the size asked.
CARDS: dict[str, Callable[[Card, tuple[int, int]], Image.Image]] = {
    "title": title.draw,
    "chapter": chapter.draw,
    "end": end.draw,
}
