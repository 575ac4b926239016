"""A picture as a video model is handed it: of the film's shape, round what the eye rests on, not too large."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from .parts import ASPECTS
from .planes import load

LONGEST = 1920  # pixels
QUALITY = 92


def framed(picture: Path, focus: tuple[float, float], aspect: str) -> bytes:
    """JPEG bytes. `aspect`: a key of ASPECTS. Raises BadMaterial when the picture can't be read."""
    image = load(picture)
    image = image.crop(window(image.size, focus, ASPECTS[aspect]))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def window(size: tuple[int, int], focus: tuple[float, float], shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest box of a shape inside a picture, its middle as near the focus as can be: left, top, right, bottom."""
    width, height = size
    wide = min(width, height * shape[0] // shape[1])
    high = min(height, width * shape[1] // shape[0])
    left = round(min(max(focus[0] * width - wide / 2, 0), width - wide))
    top = round(min(max(focus[1] * height - high / 2, 0), height - high))
    return left, top, left + wide, top + high
