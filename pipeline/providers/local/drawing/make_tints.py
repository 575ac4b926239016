"""Makes tints.json: which colours the regions of each line drawing take, looked up in Fluent Emoji (flat, MIT).

Run by hand when the font changes: python -m pipeline.providers.local.drawing.make_tints ICONIFY_TARBALL
Only colours are taken, by sampling where a region lies; no drawing of that set is kept.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np
import resvg_py
from PIL import Image
from shapely import Point, contains_xy
from shapely.geometry.base import BaseGeometry

from .glyphs import CLEAR, font, regions

SIDE = 96


def _pictures(tarball: Path) -> dict[str, str]:
    """Character -> SVG of the flat colour picture (variants by sex or skin left out)."""
    with tarfile.open(tarball) as tar:
        icons = json.load(tar.extractfile("package/icons.json"))["icons"]  # type: ignore[arg-type]
        chars = json.load(tar.extractfile("package/chars.json"))  # type: ignore[arg-type]
    shapes = {}
    for code, name in chars.items():
        parts = [p for p in code.split("-") if p != "fe0f"]
        if len(parts) == 1 and name in icons:
            body = icons[name]["body"]
            shapes[chr(int(parts[0], 16))] = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{body}</svg>'
    return shapes


def _pixels(svg: str) -> np.ndarray:
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE))
    picture = np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))
    ys, xs = np.nonzero(picture[..., 3] > 128)
    return picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def _colour(picture: np.ndarray, shape: BaseGeometry, box: tuple[float, ...]) -> str:
    """The colour most seen where `shape` lies, when both drawings fill the same box."""
    h, w = picture.shape[:2]
    xs = box[0] + (np.arange(w) + 0.5) / w * (box[2] - box[0])
    ys = box[1] + (np.arange(h) + 0.5) / h * (box[3] - box[1])
    gx, gy = np.meshgrid(xs, ys)
    seen = picture[contains_xy(shape, gx, gy)]
    if not len(seen):
        spot: Point = shape.representative_point()
        i = min(h - 1, max(0, int((spot.y - box[1]) / (box[3] - box[1]) * h)))
        j = min(w - 1, max(0, int((spot.x - box[0]) / (box[2] - box[0]) * w)))
        seen = picture[i, j][None]
    full = seen[seen[:, 3] > 128]
    if len(full) < 0.12 * len(seen):
        return CLEAR
    (r, g, b), _ = Counter(map(tuple, (full[:, :3] // 8 * 8 + 4).tolist())).most_common(1)[0]
    return f"#{r:02x}{g:02x}{b:02x}"


def table(tarball: Path) -> dict[str, list[str]]:
    pictures = _pictures(tarball)
    out: dict[str, list[str]] = {}
    for code in sorted(font().getBestCmap()):
        char = chr(code)
        if code < 0x2300 or char not in pictures:
            continue
        whole, parts = regions(char)
        if whole.is_empty:
            continue
        picture = _pixels(pictures[char])
        base = _colour(picture, whole, whole.bounds)
        out[char] = [base if base != CLEAR else "#e6dcc4", *(_colour(picture, p, whole.bounds) for p in parts)]
    return out


if __name__ == "__main__":
    rows = (f"{json.dumps(c, ensure_ascii=False)}:{json.dumps(v)}" for c, v in table(Path(sys.argv[1])).items())
    Path(__file__).with_name("tints.json").write_text("{" + ",\n".join(rows) + "}\n")
