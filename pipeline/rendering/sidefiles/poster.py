"""The poster: the film's most telling picture, cropped to its shape, with the title on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps, ImageStat

QUALITY = 88


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
    font: Path | None = None,
) -> Path:
    """Write a JPEG of `size` pixels. ValueError without a picture; `font` must have the title's letters."""
    if not candidates:
        raise ValueError("a poster needs at least one picture")
    image = _framed(max(candidates, key=_telling), size)
    if title:
        _letter(image, title, author, font)
    part = out.with_name(out.name + ".part")
    image.save(part, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    os.replace(part, out)
    return out


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


def _letter(image: Image.Image, title: str, author: str, font: Path | None) -> None:
    """Title and author at the foot, over a shade that lets them be read on any picture."""
    width, height = image.size
    lines, face = _fitted(title, font, width * 0.84, height)
    step = face.size * 1.15
    small = _face(font, max(12, face.size * 0.42))
    tall = step * len(lines) + (small.size * 1.6 if author else 0)
    _shade(image, height - tall - height * 0.16)
    draw, y = ImageDraw.Draw(image), height - tall - height * 0.06
    for line in lines:
        draw.text((width / 2, y), line, font=face, fill="#fffdf8", anchor="ma")
        y += step
    if author:
        draw.text((width / 2, y + small.size * 0.4), author, font=small, fill="#e2dacb", anchor="ma")


def _shade(image: Image.Image, top: float) -> None:
    width, height = image.size
    first = max(0, int(top))
    ramp = Image.linear_gradient("L").resize((width, height - first)).point([round(v * 0.82) for v in range(256)])
    image.paste(Image.new("RGB", ramp.size, "#15120f"), (0, first), ramp)


def _fitted(title: str, font: Path | None, room: float, height: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The largest letters at which the title fits in three lines."""
    for part in (0.11, 0.095, 0.08, 0.068, 0.057, 0.048):
        face = _face(font, height * part)
        lines = _broken(title, face, room)
        if len(lines) <= 3:
            break
    return lines, face


def _broken(title: str, face: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _face(font: Path | None, size: float) -> ImageFont.FreeTypeFont:
    if font is not None:
        return ImageFont.truetype(str(font), round(size))
    face = ImageFont.load_default(size=round(size))
    if not isinstance(face, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow is built without FreeType")
    return face
