"""Line drawings of things, from the outlines of Noto Emoji (OFL): ink, the regions it closes, and their tints.

Units: thousandths of the em, y downwards. Lines are thinned or thickened so that they come out alike at any size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import manimgx_fonts
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from shapely import Polygon, make_valid
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from .colour import mix
from .geometry import path, polygons

EM = 1000.0
FONT = Path(manimgx_fonts.__file__).parent / "NotoEmoji[wght].ttf"
LIGHT, BOLD = 300, 700
MASSES = {
    "🔥": "#dc6a2c",
    "🎩": "#3a3440",
    "🐻": "#6b4630",
    "🦔": "#6b5240",
    "🍎": "#a83a34",
    "⛰": "#7d6a58",
    "🌊": "#3f7f9c",
    "⚡": "#e8b83c",
    "🕳": "#2c2326",
}
CLEAR = "-"  # in the tint table: nothing is behind this region


@dataclass(frozen=True, slots=True)
class Drawing:
    """`parts`: (path, tint) from the back; `slits`: inner lines, for cut-out styles; `box`: x0, y0, x1, y1."""

    ink: str
    parts: tuple[tuple[str, str], ...]
    whole: str
    slits: str
    box: tuple[float, float, float, float]

    @property
    def size(self) -> tuple[float, float]:
        return self.box[2] - self.box[0], self.box[3] - self.box[1]


@lru_cache(1)
def font() -> TTFont:
    return TTFont(FONT)


OWN_TINTS = {"🐦": ["#8d8676", "#b9b09c"]}  # the set's bird is a cardinal; ours stands for many


@lru_cache(1)
def tints() -> dict[str, list[str]]:
    """Per character: the colour of the whole, then of its regions, largest first (see make_tints.py)."""
    found: dict[str, list[str]] = json.loads(Path(__file__).with_name("tints.json").read_text())
    return found | OWN_TINTS


def has(char: str) -> bool:
    return ord(char) in font().getBestCmap()


def _quadratic(start: tuple[float, float], spots: tuple, steps: int) -> list[tuple[float, float]]:
    """Points of a TrueType curve whose off-curve points imply the on-curve ones between them."""
    out, here = [], start
    for i, off in enumerate(spots[:-1]):
        last = i == len(spots) - 2
        there = spots[-1] if last else ((off[0] + spots[i + 1][0]) / 2, (off[1] + spots[i + 1][1]) / 2)
        for k in range(1, steps + 1):
            t = k / steps
            out.append(tuple((1 - t) ** 2 * here[j] + 2 * t * (1 - t) * off[j] + t * t * there[j] for j in (0, 1)))
        here = there
    return out


def _contours(char: str, weight: int, steps: int = 11) -> list[list[tuple[float, float]]]:
    glyphs = font().getGlyphSet(location={"wght": weight})
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font().getBestCmap()[ord(char)]].draw(pen)
    rings: list[list[tuple[float, float]]] = []
    for verb, args in pen.value:
        if verb == "moveTo":
            rings.append([args[0]])
        elif verb == "lineTo":
            rings[-1].append(args[0])
        elif verb == "qCurveTo":
            rings[-1].extend(_closed(args, steps) if args[-1] is None else _quadratic(rings[-1][-1], args, steps))
    return [r for r in rings if len(r) > 2]


def _closed(args: tuple, steps: int) -> list[tuple[float, float]]:
    """A contour of off-curve points only."""
    offs = args[:-1]
    start = ((offs[-1][0] + offs[0][0]) / 2, (offs[-1][1] + offs[0][1]) / 2)
    return _quadratic(start, (*offs, start), steps)


def _area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


@lru_cache(256)
def outline(char: str, weight: int) -> BaseGeometry:
    """The glyph's ink: outer contours added, inner ones taken away, the largest first."""
    scale = EM / font()["head"].unitsPerEm
    ink: BaseGeometry = Polygon()
    for ring in sorted(_contours(char, weight), key=lambda r: -abs(_area(r))):
        shape = make_valid(Polygon([(x * scale, -y * scale) for x, y in ring]))
        ink = ink.union(shape) if _area(ring) < 0 else ink.difference(shape)
    return ink


@lru_cache(8)
def line_width(weight: int) -> float:
    """How thick the font's lines are at this weight: measured on the plain circle."""
    ring = polygons(outline("\u26aa", weight))[0]
    return (ring.bounds[2] - ring.bounds[0] - (ring.interiors[0].bounds[2] - ring.interiors[0].bounds[0])) / 2


@lru_cache(256)
def regions(char: str) -> tuple[BaseGeometry, tuple[Polygon, ...]]:
    """The drawing with all holes filled, and the regions its lines close (small gaps bridged), largest first."""
    ink = outline(char, LIGHT)
    gap = line_width(LIGHT) * 0.55
    shut = ink.buffer(gap).buffer(-gap)
    whole = unary_union([Polygon(p.exterior) for p in polygons(shut)])
    holes = [Polygon(r) for p in polygons(shut) for r in p.interiors]
    return whole, tuple(sorted((h for h in holes if h.area > 250), key=lambda h: (-h.area, h.bounds)))


def parted(ink: BaseGeometry, line: float, least: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Solid masses larger than `least`, and the ink that remains as lines (with a line around each mass)."""
    opened = ink.buffer(-line * 0.85, quad_segs=4).buffer(line * 0.85, quad_segs=4)
    solid = unary_union([p for p in polygons(opened) if p.area > least])
    if solid.is_empty or ink.is_empty:  # GEOS asserts on an overlay of nothing
        return solid, ink
    mass = solid.intersection(ink)
    return mass, ink.difference(mass.buffer(-line * 0.8, quad_segs=4))


@lru_cache(512)
def drawing(char: str, line: float) -> Drawing:
    """The character drawn with lines `line` thousandths of its em wide (as near as the font allows)."""
    thin, bold = line_width(LIGHT), line_width(BOLD)
    weight = LIGHT if line <= thin else min(BOLD, LIGHT + int((line - thin) / (bold - thin) * 8) * 50)
    ink = outline(char, weight)
    if line < thin:
        ink = ink.buffer(-min((thin - line) / 2, thin * 0.31), quad_segs=3)
    mass, ink = parted(ink, max(line, thin * 0.5), 1100)
    whole, parts = regions(char)
    colours = tints().get(char, [])
    base, rest = (colours[0], colours[1:]) if colours else ("#e6dcc4", [])
    pairs = list(zip(parts, list(rest) + [base] * (len(parts) - len(rest)), strict=False))
    clear = unary_union([p for p, c in pairs if c == CLEAR])
    body = whole.buffer(-thin * 0.5).difference(clear)
    tinted = [(path(body), base)]
    tinted += [(path(p.buffer(thin * 0.5)), c) for p, c in pairs if c not in (CLEAR, base)]
    if not mass.is_empty:
        tinted.append((path(mass), MASSES.get(char) or mix(base, "#33262a", 0.5)))
    inner = ink.intersection(whole.buffer(-thin * 1.3))
    return Drawing(path(ink), tuple(tinted), path(whole.difference(clear)), path(inner), whole.bounds)
