"""Heads of people: Open Peeps by Pablo Stanley (CC0), as parted by DiceBear.

Hair is told apart from lines, so that it takes any colour.

Units: those of DiceBear's canvas (704 square); `ANCHOR` is where the neck begins, `SKULL` chin to crown.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import dicebear_styles
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path
from shapely import Polygon, make_valid
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from .geometry import path
from .glyphs import parted
from .pen import Pen

SKULL = 430.0
ANCHOR = (372.0, 505.0)
PLACES = {
    "head": (6.3, -58.0),
    "expression": (351.0, 275.0),
    "facialHair": (58.0, 333.0),
    "accessories": (190.0, 243.0),
}
INK_LINE = 17.0  # how thick that hand's lines are


@lru_cache(1)
def library() -> dict[str, dict[str, list[dict]]]:
    """Component -> variant -> its elements."""
    data = json.loads((Path(next(iter(dicebear_styles.__path__))) / "open-peeps.json").read_text())
    return {k: {n: v["elements"] for n, v in c["variants"].items()} for k, c in data["components"].items()}


@dataclass(frozen=True, slots=True)
class Layer:
    """`role`: skin, ink, headContrast, clothing, white, or a colour."""

    role: str
    shape: BaseGeometry


def flattened(d: str, steps: int = 16) -> BaseGeometry:
    """The area of SVG path data under the even-odd rule."""
    pen = RecordingPen()
    parse_path(d, pen)
    rings: list[list[tuple[float, float]]] = []
    for verb, args in pen.value:
        if verb == "moveTo":
            rings.append([args[0]])
        elif verb == "lineTo":
            rings[-1].append(args[0])
        elif verb in ("curveTo", "qCurveTo"):
            rings[-1].extend(_bezier((rings[-1][-1], *args), steps))
    area: BaseGeometry = Polygon()
    for ring in rings:
        if len(ring) > 2:
            area = area.symmetric_difference(make_valid(Polygon(ring)))
    return area


def _bezier(spots: tuple, steps: int) -> list[tuple[float, float]]:
    out = []
    for k in range(1, steps + 1):
        row, t = list(spots), k / steps
        while len(row) > 1:
            row = [tuple(a[j] + (b[j] - a[j]) * t for j in (0, 1)) for a, b in itertools.pairwise(row)]
        out.append(row[0])
    return out


@lru_cache(256)
def layers(component: str, variant: str) -> tuple[Layer, ...]:
    dx, dy = PLACES[component]
    found: list[Layer] = []

    def walk(elements: list[dict]) -> None:
        for e in elements:
            a = e.get("attributes", {})
            if e.get("name") == "path" and "d" in a and a.get("fill") != "none":
                fill = a.get("fill", "ink")
                role = (
                    fill["name"]
                    if isinstance(fill, dict)
                    else {"#fff": "white", "white": "white", "black": "ink"}.get(fill, fill)
                )
                found.append(Layer(role, translate(flattened(a["d"]), dx, dy)))
            walk(e.get("children", []))

    walk(library()[component][variant])
    return tuple(found)


@lru_cache(512)
def _parted(component: str, variant: str, index: int, thin: float) -> tuple[str, str, str]:
    """Masses, lines and the whole of one layer, its lines `thin` units thinner."""
    shape = layers(component, variant)[index].shape
    mass, lines = parted(shape, INK_LINE * 0.85 - thin * 0.7, 1500)
    fine = lines.buffer(-thin / 2, quad_segs=3) if thin else lines
    return path(mass), path(fine), path(shape.buffer(-thin / 4, quad_segs=3) if thin else shape)


@dataclass(frozen=True, slots=True)
class Tones:
    """Colours of one head; `accent`: ribbons, hats, scarves."""

    skin: str
    hair: str
    accent: str


def draw_part(pen: Pen, component: str, variant: str, tones: Tones, solid: bool = False) -> None:
    """One component in the pen's current group. `solid`: all its ink stays ink (faces, glasses)."""
    roles = {"skin": tones.skin, "headContrast": tones.hair, "clothing": tones.accent, "white": "#fffdf6"}
    thin = float(min(9.0, max(0.0, round(INK_LINE - pen.weight(times=1.25)))))
    for i, layer in enumerate(layers(component, variant)):
        mass, lines, whole = _parted(component, variant, i, thin if layer.role == "ink" else 0.0)
        if layer.role != "ink":
            pen.shape(
                whole,
                roles.get(layer.role, layer.role if layer.role.startswith("#") else tones.skin),
                line=0,
                flat=solid,
            )
            continue
        if solid:
            pen.fill(whole, pen.inked())
            continue
        pen.shape(mass, tones.hair, line=0.8)
        if not pen.style.dark:
            pen.fill(lines, pen.inked(), 1.0 if pen.style.outlined else 0.75)
