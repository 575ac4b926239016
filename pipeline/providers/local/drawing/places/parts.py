# ruff: noqa: E501 - path data reads better on one line
"""Pieces that places are put together from: skies, hills, trees, water, walls, windows."""

from __future__ import annotations

import itertools
import math
from random import Random

from shapely import box, unary_union

from ..colour import darker, lighter, mix
from ..geometry import curve, disc, ellipse, path, polygon, rect, soft
from ..pen import Pen
from ..things import thing
from .view import View

GRASS, MOSS, SAND, SEA, STONE, EARTH = "#92ad6a", "#6f9160", "#e3cd9d", "#6f9fae", "#a49c90", "#a58662"


SNOWY = "#eef1f2"


def backdrop(pen: Pen, view: View, rng: Random, horizon: float) -> None:
    """The sky down to the horizon, with its sun, moon, stars and clouds."""
    top, low = view.light.sky
    if pen.style.dark:
        top, low = mix("#6b2f1d", view.light.tint, 0.5) if not view.night else "#16203f", view.light.glow
    pen.wash(0, 0, view.width, horizon + 40, top, low)
    x = view.x(rng.choice((0.2, 0.3, 0.72, 0.82)))
    if view.night and view.weather in ("", "clear"):
        stars(pen, view, rng, horizon)
    _luminary(pen, view, x, horizon)
    if view.weather in ("", "clear", "snow"):
        clouds(pen, view, rng, horizon, 2 + rng.randrange(2))
    elif view.weather in ("rain", "storm"):
        clouds(pen, view, rng, horizon, 6, heavy=True)


def _luminary(pen: Pen, view: View, x: float, horizon: float) -> None:
    if view.weather in ("rain", "storm", "fog"):
        return
    r = view.unit * 0.055
    low = {"dawn": 0.72, "dusk": 0.78}.get(view.time, 0.3)
    y = horizon * low
    pen.glow(x, y, view.unit * (0.55 if not view.night else 0.4), opacity=0.85)
    if view.night:
        pen.fill(
            f"M{x - r * 0.3:.1f} {y - r:.1f}a{r:.1f} {r:.1f} 0 1 1 {-r * 0.6:.1f} {r * 1.7:.1f}a{r * 1.15:.1f} {r * 1.15:.1f} 0 0 0 {r * 0.6:.1f} {-r * 1.7:.1f}Z",
            "#f6efd2",
        )
    elif view.time in ("dawn", "dusk"):
        pen.fill(ellipse(x, y, r * 1.2, r * 1.2), mix(view.light.glow, "#ff9a5a", 0.3), 0.9)


def stars(pen: Pen, view: View, rng: Random, below: float, count: int = 46) -> None:
    for _ in range(count):
        r = rng.choice((0.8, 1.0, 1.4, 2.0))
        pen.fill(
            ellipse(rng.uniform(0, view.width), rng.uniform(0, below * 0.8), r, r), "#f4efd9", rng.uniform(0.4, 0.95)
        )


def cloud(pen: Pen, x: float, y: float, w: float, colour: str, opacity: float = 0.85, depth: float = 0.6) -> None:
    """Five puffs on a flat base."""
    puffs = [(-0.34, 0.0, 0.13), (-0.16, -0.09, 0.18), (0.06, -0.13, 0.21), (0.26, -0.04, 0.16), (0.4, 0.02, 0.1)]
    shape = unary_union([disc((x + w * a, y + w * b), w * r) for a, b, r in puffs]).intersection(
        box(x - w, y - w, x + w, y + w * 0.07)
    )
    d = path(soft(shape, w * 0.02))
    with pen.faded(opacity):
        if pen.style.dark:
            pen.fill(d, mix(view_dark(pen), "#000000", 0.15))
        else:
            pen.shape(d, colour, depth, line=0.8)


def view_dark(pen: Pen) -> str:
    return mix("#5a2c20", pen.light.tint, 0.4)


def clouds(pen: Pen, view: View, rng: Random, horizon: float, count: int, heavy: bool = False) -> None:
    for i in range(count):
        w = view.unit * rng.uniform(0.24, 0.44) * (1.5 if heavy else 1)
        x = view.width * ((i + rng.uniform(0.1, 0.9)) / count)
        y = horizon * rng.uniform(0.08, 0.22 if heavy else 0.5)
        cloud(pen, x, y, w, "#6f7780" if heavy else "#fbf6ea", 0.9 if heavy else 0.62 if not view.night else 0.28)


def ridge(view: View, rng: Random, y: float, swing: float, steps: int = 6) -> list[tuple[float, float]]:
    off = rng.uniform(0, 6.28)
    return [
        (view.width * (i / steps * 1.2 - 0.1), y + swing * (math.sin(off + i * 1.7) * 0.6 + rng.uniform(-0.4, 0.4)))
        for i in range(steps + 1)
    ]


def land(
    pen: Pen, view: View, rng: Random, y: float, colour: str, depth: float, swing: float = 26, steps: int = 6
) -> list[tuple[float, float]]:
    """A plane of land from its ridge down to the bottom of the frame."""
    spots = ridge(view, rng, y, swing, steps)
    d = curve(spots) + f"L{view.width + 60:.0f} {view.height + 20:.0f}L-60 {view.height + 20:.0f}Z"
    pen.shape(d, SNOWY if view.weather == "snow" else colour, depth, line=0.9)
    return spots


def at(spots: list[tuple[float, float]], x: float) -> float:
    """Height of a ridge at x."""
    for (ax, ay), (bx, by) in itertools.pairwise(spots):
        if ax <= x <= bx:
            t = (x - ax) / (bx - ax)
            t = t * t * (3 - 2 * t)
            return ay + (by - ay) * t
    return spots[-1][1]


def three_planes(
    pen: Pen, view: View, rng: Random, horizon: float, colours: tuple[str, str, str] = ("#7f9f6c", "#88a86a", GRASS)
) -> list:
    """Far, middle and near land in paling tones; gives the ridges."""
    far = land(pen, view, rng, horizon, colours[0], 0.78, 30)
    mid = land(pen, view, rng, horizon + view.height * 0.075, colours[1], 0.48, 24)
    near = land(pen, view, rng, horizon + view.height * 0.19, colours[2], 0.12, 14)
    return [far, mid, near]


def tufts(pen: Pen, view: View, rng: Random, y0: float, count: int = 46, colour: str = "#5f7d4a") -> None:
    """Blades of grass, thicker towards the viewer."""
    if view.weather == "snow":
        count //= 4
    spots = sorted((rng.uniform(y0, view.height), rng.uniform(0, view.width)) for _ in range(count))
    for y, x in spots:
        depth = max(0.0, 1 - (y - y0) / (view.height - y0 + 1)) * 0.6
        h = 8 + 14 * (1 - depth)
        pen.stroke(
            f"M{x:.1f} {y:.1f}q-2 {-h * 0.6:.1f} -5 {-h:.1f}M{x + 4:.1f} {y:.1f}q1 {-h * 0.7:.1f} 4 {-h * 1.15:.1f}M{x + 8:.1f} {y:.1f}q2 {-h * 0.4:.1f} 7 {-h * 0.7:.1f}",
            depth,
            0.6,
            darker(colour, 0.1),
            0.8,
        )


def flowers(pen: Pen, view: View, rng: Random, y0: float, count: int = 5, kinds: str = "🌼🌷🌼🌺") -> None:
    if view.weather == "snow":
        return
    for _ in range(count):
        y = rng.uniform(y0, view.height * 0.97)
        x = view.width * rng.choice((rng.uniform(0.02, 0.3), rng.uniform(0.7, 0.98)))
        thing(pen, rng.choice(kinds), x, y, 30 + 26 * (y - y0) / (view.height - y0), depth=0.12, shadow=False)


def trees(
    pen: Pen,
    view: View,
    rng: Random,
    spots: list,
    count: int,
    height: float,
    depth: float,
    kinds: str = "🌳🌳🌲",
    apart: tuple[float, float] = (0.0, 1.0),
) -> None:
    """Trees standing along a ridge."""
    for x in sorted(view.width * rng.uniform(*apart) for _ in range(count)):
        h = height * rng.uniform(0.75, 1.2)
        thing(pen, rng.choice(kinds), x, at(spots, x) + 8, h, depth=depth, flip=rng.random() < 0.5)


def water(pen: Pen, view: View, y0: float, y1: float, rng: Random, colour: str = SEA, depth: float = 0.3) -> None:
    """Open water between two heights, with lines of light."""
    pen.shape(rect(-20, y0, view.width + 40, y1 - y0), colour, depth, line=0.7)
    rows = 7
    for i in range(rows):
        y = y0 + (y1 - y0) * ((i + 0.6) / rows) ** 1.3
        for _ in range(3 + i // 2):
            x, w = rng.uniform(0, view.width), 26 + 60 * i / rows
            pen.stroke(
                f"M{x:.0f} {y:.1f}q{w / 4:.0f} -5 {w / 2:.0f} 0t{w / 2:.0f} 0",
                0.75 - 0.5 * i / rows,
                0.7,
                lighter(colour, 0.55),
                0.8,
            )


def waves(pen: Pen, view: View, y: float, rng: Random, colour: str, depth: float, size: float = 26) -> None:
    """One row of swell across the frame."""
    n = max(4, int(view.width / (size * 6)))
    d = [f"M-40 {y:.1f}"]
    step = (view.width + 80) / n
    for _i in range(n):
        lift = size * rng.uniform(0.6, 1.2)
        d.append(
            f"q{step * 0.35:.1f} {-lift:.1f} {step * 0.62:.1f} {-lift * 0.35:.1f}t{step * 0.38:.1f} {lift * 0.35:.1f}"
        )
    pen.shape(
        "".join(d) + f"L{view.width + 60:.0f} {view.height + 30:.0f}L-60 {view.height + 30:.0f}Z",
        colour,
        depth,
        line=0.9,
    )


def path_to(
    pen: Pen, view: View, x0: float, y0: float, x1: float, wide: float, colour: str = "#d9c59a", depth: float = 0.2
) -> None:
    """A way that winds from the distance (x0, y0) to the lower edge around x1."""
    h = view.height - y0
    left = [
        (x0 - 3, y0),
        (x0 + (x1 - x0) * 0.1 - wide * 0.12, y0 + h * 0.3),
        (x0 + (x1 - x0) * 0.75 - wide * 0.32, y0 + h * 0.62),
        (x1 - wide * 0.6, view.height + 10),
    ]
    right = [
        (x1 + wide * 0.6, view.height + 10),
        (x0 + (x1 - x0) * 0.75 + wide * 0.28, y0 + h * 0.62),
        (x0 + (x1 - x0) * 0.1 + wide * 0.1, y0 + h * 0.3),
        (x0 + 3, y0),
    ]
    pen.shape(
        curve(left) + curve(right).replace("M", "L", 1) + "Z",
        SNOWY if view.weather == "snow" else colour,
        depth,
        line=0.7,
    )


def house(pen: Pen, x: float, y: float, w: float, h: float, rng: Random, depth: float, lit: bool = False) -> None:
    """A gabled front with door and windows, its own every time."""
    wall = rng.choice(("#e8d9bd", "#d9c3a5", "#cfae8d", "#b98f74", "#c9c3b4", "#e3cfc0", "#a9b3ae"))
    roof = rng.choice(("#a2553f", "#7d4a40", "#6b6a72", "#8a6a4a", "#5f6b64"))
    body = h * rng.uniform(0.58, 0.7)
    pen.shape(rect(x, y - body, w, body), wall, depth)
    if rng.random() < 0.65:
        pen.shape(rect(x + w * 0.68, y - h * 0.98, w * 0.11, h * 0.3), darker(roof, 0.2), depth)
    if rng.random() < 0.55:
        pen.shape(polygon([(x - w * 0.07, y - body), (x + w * 1.07, y - body), (x + w / 2, y - h)]), roof, depth)
    else:
        pen.shape(
            polygon(
                [
                    (x - w * 0.06, y - body),
                    (x + w * 1.06, y - body),
                    (x + w * 0.9, y - h * 0.94),
                    (x + w * 0.1, y - h * 0.94),
                ]
            ),
            roof,
            depth,
        )
    glass = "#f5d888" if lit else "#8fa6ad"
    rows = 2 if body > w * 0.95 else 1
    for r in range(rows):
        for c in (0.16, 0.62):
            if r == rows - 1 and c > 0.5:
                continue
            gx, gy, gw, gh = x + w * c, y - body * (0.9 - r * 0.44), w * 0.22, body * 0.24
            if lit:
                pen.glow(gx + gw / 2, gy + gh / 2, w * 0.3, "#ffd98a", 0.5)
            pen.shape(rect(gx, gy, gw, gh), glass, depth * 0.6 if lit else depth, line=0.8)
            pen.stroke(f"M{gx + gw / 2:.1f} {gy:.1f}v{gh:.1f}M{gx:.1f} {gy + gh / 2:.1f}h{gw:.1f}", depth, 0.6)
    pen.shape(rect(x + w * 0.6, y - body * 0.42, w * 0.22, body * 0.42), darker(roof, 0.15), depth)


def tree_wall(pen: Pen, view: View, rng: Random, y: float, height: float, depth: float, kinds: str) -> None:
    """A row of trees, close."""
    step = height * 0.36
    x = -step
    while x < view.width + step:
        thing(
            pen,
            rng.choice(kinds),
            x,
            y + rng.uniform(-8, 8),
            height * rng.uniform(0.85, 1.15),
            depth=depth,
            flip=rng.random() < 0.5,
            shadow=False,
        )
        x += step * rng.uniform(0.8, 1.25)


def trunk(pen: Pen, view: View, x: float, y: float, w: float, depth: float, colour: str = "#7a5f49") -> None:
    """A tree so near that only its trunk is seen."""
    d = (
        f"M{x - w * 0.5:.1f} -20C{x - w * 0.35:.1f} {y * 0.4:.1f} {x - w * 0.4:.1f} {y * 0.75:.1f} {x - w * 0.95:.1f} {y:.1f}"
        f"q{w * 0.9:.1f} {-w * 0.22:.1f} {w * 1.9:.1f} 0C{x + w * 0.4:.1f} {y * 0.75:.1f} {x + w * 0.35:.1f} {y * 0.4:.1f} {x + w * 0.5:.1f} -20Z"
    )
    pen.shape(d, colour, depth)
    for k in (-0.2, 0.05, 0.22):
        pen.stroke(
            f"M{x + w * k:.1f} {y * 0.2:.1f}q{w * 0.08:.1f} {y * 0.2:.1f} 0 {y * 0.4:.1f}", depth, 0.7, opacity=0.6
        )
