"""The book's own illustration, when the passage has one: set on paper whole, never cut."""

from __future__ import annotations

import io
from itertools import accumulate

from PIL import Image, ImageFilter

from pipeline.stages.base import Context
from pipeline.stages.files import local_path
from projects.models import SEPARATOR, Asset, ChapterPicture, Scene

SMALL = 240  # pixels; below this it is an ornament, not an illustration
PAPER = (246, 242, 234)


def of(scene: Scene) -> ChapterPicture | None:
    """The picture that stands in this scene's span. Each belongs to one scene: the one that tells where it stands."""
    if scene.chapter is None:
        return None
    pictures = list(scene.chapter.pictures.select_related("asset"))
    if not pictures:
        return None
    starts = _starts(scene)
    for picture in pictures:
        size = picture.asset.meta.get("width", 0), picture.asset.meta.get("height", 0)
        place = starts[min(picture.before, len(starts) - 1)] if starts else 0
        if min(size) >= SMALL and scene.start <= place < max(scene.end, scene.start + 1):
            return picture
    return None


def _starts(scene: Scene) -> list[int]:
    lengths = [len(p["text"]) + len(SEPARATOR) for p in (scene.chapter.paragraphs if scene.chapter else [])]
    return [0, *accumulate(lengths)][: len(lengths)]


def frame(picture: ChapterPicture, ctx: Context, width: int) -> Asset:
    """The illustration on a sheet of paper of the master's shape."""
    height = width * 9 // 16
    with Image.open(local_path(picture.asset)) as opened:
        sheet, box = on_paper(opened.convert("RGBA"), width, height)
    data = io.BytesIO()
    sheet.save(data, "PNG", compress_level=3)
    left, top, right, bottom = box
    return ctx.save(
        data.getvalue(),
        kind="picture",
        name="picture.png",
        media_type="image/png",
        meta={
            "width": width,
            "height": height,
            "focus": [(left + right) / 2 / width, (top + bottom) / 2 / height],
            "faces": [],
            "alt": picture.alt,
            "own": True,
        },
        origin={"provider": "book", "model": "own illustration", "licence": "as the book"},
    )


def on_paper(picture: Image.Image, width: int, height: int) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """The picture as large as fits with a margin, on a sheet of its own colours, with a soft shadow; its box."""
    flat = Image.new("RGB", picture.size, PAPER)
    flat.paste(picture, mask=picture.getchannel("A"))
    scale = min(width * 0.86 / flat.width, height * 0.86 / flat.height)
    size = round(flat.width * scale), round(flat.height * scale)
    fitted = flat.resize(size, Image.Resampling.LANCZOS)
    sheet = _sheet(flat, width, height)
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    shadow = Image.new("L", (width, height), 0)
    shadow.paste(110, (left, top + height // 120, left + size[0], top + size[1] + height // 120))
    sheet.paste((60, 48, 38), mask=shadow.filter(ImageFilter.GaussianBlur(height / 60)))
    sheet.paste(fitted, (left, top))
    return sheet, (left, top, left + size[0], top + size[1])


def _sheet(flat: Image.Image, width: int, height: int) -> Image.Image:
    """The picture itself, large, blurred and washed with paper: a ground of its own colours."""
    ground = flat.resize((64, 36), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(6))
    ground = ground.resize((width, height), Image.Resampling.BICUBIC)
    return Image.blend(ground, Image.new("RGB", (width, height), PAPER), 0.62)
