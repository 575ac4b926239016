"""A quiet word in the corner, the same on every frame."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from . import text
from .overlay import Overlay, make


def draw(words: str, size: tuple[int, int], language: str) -> Overlay:
    """`words` in the upper corner where a line ends, half seen, on a faint shadow of their own."""
    type = text.Type("caption", min(size) * 0.026, 600, language)
    parts = words.split()
    rtl = text.is_rtl(language)
    placed, whole = text.set_line(parts, type, rtl, [True] * len(parts))
    pad = round(type.size * 0.5) // 2 * 2
    box = ((round(whole) + 2 * pad + 3) // 2 * 2, (round(type.size * 1.4) + 2 * pad + 1) // 2 * 2)
    alpha = np.zeros((box[1], box[0], 4), np.uint8)
    for colour, share, stroke in (((24, 19, 15), 0.3, type.size * 0.06), ((255, 255, 255), 0.62, 0.0)):
        mask = Image.new("L", box)
        pen = ImageDraw.Draw(mask)
        for word in placed:
            text.draw_word(pen, word, (pad + word.x, pad + type.size), type, stroke)
        alpha = _over(alpha, np.asarray(mask, np.float32) / 255 * share, colour)
    edge = round(min(size) * 0.03) // 2 * 2
    return make(alpha, edge if rtl else size[0] - box[0] - edge, edge)


def _over(below: np.ndarray, share: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    layer = Image.fromarray(np.dstack([np.full((*share.shape, 3), colour, np.uint8), np.uint8(share * 255)]), "RGBA")
    return np.asarray(Image.alpha_composite(Image.fromarray(below, "RGBA"), layer))
