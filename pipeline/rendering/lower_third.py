"""A scene's heading, for a few seconds at its beginning: small type on a paper strip with the red pencil's line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from . import text
from .overlay import Overlay, make

if TYPE_CHECKING:
    from .pieces import Piece

FIRST, LAST, FADE = 16, 116, 10  # frames of a scene: when it comes, when it has gone, how long each takes
PAPER, INK, PENCIL = (0xFF, 0xFD, 0xF8, 236), (0x22, 0x1D, 0x18), (0xB6, 0x40, 0x2C, 255)


def at(piece: Piece, number: int) -> Overlay | None:
    """What of the heading stands on frame `number` of the piece."""
    local, last = piece.start[0] + number, min(LAST, piece.shots[0].frames - piece.shots[0].overlap)
    if not piece.heading or not FIRST <= local < last:
        return None
    steps = min(local - FIRST + 1, last - local, FADE)
    return draw(piece.heading, piece.size, piece.language, steps)


@lru_cache(maxsize=FADE + 1)
def draw(heading: str, size: tuple[int, int], language: str, steps: int) -> Overlay:
    """The strip at `steps` of FADE of its strength, at the side where lines begin, above where captions stand."""
    type = text.Type("book", min(size) * 0.034, 560, language)
    words, rtl = heading.split(), text.is_rtl(language)
    placed, whole = text.set_line(words, type, rtl, [True] * len(words))
    pad = type.size * 0.6
    box = (round(whole + 2 * pad + type.size * 0.2) // 2 * 2 + 2, round(type.size * 2.1) // 2 * 2)
    image = Image.new("RGBA", box, PAPER)
    pen, bar = ImageDraw.Draw(image), type.size * 0.16
    pen.rectangle((box[0] - bar, 0, box[0], box[1]) if rtl else (0, 0, bar - 1, box[1]), PENCIL)
    mask = Image.new("L", box)
    for word in placed:
        text.draw_word(ImageDraw.Draw(mask), word, (pad + word.x, type.size * 1.4), type)
    image.paste(Image.new("RGBA", box, (*INK, 255)), (0, 0), mask)
    image.putalpha(image.getchannel("A").point(lambda value: value * steps // FADE))
    edge = round(size[0] * 0.045) // 2 * 2
    x = max(size[0] - box[0] - edge, 0) if rtl else edge
    return make(np.asarray(image)[:, : size[0] - x], x // 2 * 2, round(size[1] * 0.68) // 2 * 2)
