"""The poster: the film's most telling picture, cropped to its shape, with the title on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps, ImageStat

from ..cards import paper
from ..text import Type, is_rtl
from .srt import right_to_left

QUALITY = 88
CARD, LINE = (0xFF, 0xFD, 0xF8), (0xE2, 0xDA, 0xCB)  # design tokens of the page, here on a dark ground


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that may stand for the film; `focus` x, y in 0..1 is kept in view."""

    picture: Path
    focus: tuple[float, float] = (0.5, 0.5)


def poster(
    candidates: Sequence[Candidate],
    out: Path,
    size: tuple[int, int],
    *,
    title: str = "",
    author: str = "",
    language: str = "en",
) -> Path:
    """Write a JPEG of `size` pixels, title and author on it in their own script. ValueError without a picture."""
    if not candidates:
        raise ValueError("a poster needs at least one picture")
    image = _framed(max(candidates, key=_telling), size)
    if title:
        _letter(image, title, author, _direction(title, language))
    part = out.with_name(out.name + ".part")
    image.save(part, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    os.replace(part, out)
    return out


def _direction(title: str, language: str) -> str:
    """The language, unless the title reads the other way than it: then one that reads as the title does."""
    if right_to_left(title) == is_rtl(language):
        return language
    return "ar" if right_to_left(title) else "en"


def _telling(candidate: Candidate) -> float:
    """Detail and colour of a picture: a flat or dark one says little."""
    with Image.open(candidate.picture) as opened:
        opened.draft("RGB", (320, 320))
        small = ImageOps.exif_transpose(opened).convert("RGB").resize((96, 54))
    edges = ImageStat.Stat(small.convert("L").filter(ImageFilter.FIND_EDGES)).mean[0]
    colour = sum(ImageStat.Stat(small.convert("HSV")).mean[1:2])
    light = ImageStat.Stat(small.convert("L")).mean[0]
    return edges + 0.15 * colour - 0.1 * abs(light - 140)


def _framed(candidate: Candidate, size: tuple[int, int]) -> Image.Image:
    with Image.open(candidate.picture) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    return ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=candidate.focus)


def _letter(image: Image.Image, title: str, author: str, language: str) -> None:
    """Title and author at the foot, over a shade that lets them be read on any picture."""
    width, height = image.size
    short, room = min(width, height), width * 0.86
    lines, type = paper.fit(title, Type("book", short * 0.13, 600, language), room, 3)
    names, small = paper.fit(author or " ", Type("book", short * 0.05, 450, language), room, 1)
    tall = paper.height(lines, type) + (paper.height(names, small) * 1.3 if author else 0)
    top = height - tall - short * 0.06
    _shade(image, top - short * 0.22)
    at = paper.print_lines(image, lines, type, top, CARD)
    if author:
        paper.print_lines(image, names, small, at + small.size * 0.3, LINE)


def _shade(image: Image.Image, top: float) -> None:
    width, height = image.size
    first = max(0, int(top))
    ramp = Image.linear_gradient("L").resize((width, height - first)).point([round(v * 0.82) for v in range(256)])
    image.paste(Image.new("RGB", ramp.size, "#15120f"), (0, first), ramp)
