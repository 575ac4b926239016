# ruff: noqa: E501 - path data reads better on one line
"""Places among houses."""

from __future__ import annotations

from random import Random

from ..colour import darker
from ..geometry import ellipse, polygon, rect
from ..pen import Pen
from ..things import thing
from . import parts as p
from .view import Ground, View


def _row(
    pen: Pen,
    view: View,
    rng: Random,
    y: float,
    w: float,
    tall: tuple[float, float],
    depth: float,
    span: tuple[float, float] = (0, 1),
) -> None:
    x = view.x(span[0]) - 20
    while x < view.x(span[1]) + 10:
        wide = w * rng.uniform(0.85, 1.2)
        p.house(pen, x, y, wide, wide * rng.uniform(*tall), rng, depth, view.night or view.time == "dusk")
        x += wide * 1.05


def _paving(pen: Pen, view: View, rng: Random, y: float, colour: str = "#c3b59c") -> None:
    pen.shape(
        rect(-20, y, view.width + 40, view.height - y + 20),
        p.SNOWY if view.weather == "snow" else colour,
        0.12,
        line=0.8,
    )
    for _ in range(26):
        x, yy = view.x(rng.random()), y + (view.height - y) * rng.random() ** 0.8
        s = 8 + 20 * (yy - y) / (view.height - y)
        pen.stroke(f"M{x:.0f} {yy:.0f}q{s:.0f} {-s * 0.35:.0f} {s * 2:.0f} 0", 0.5, 0.6, opacity=0.6)


def village(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    far = p.land(pen, view, rng, h - 20, "#86a56c", 0.75, 30)
    p.trees(pen, view, rng, far, 5, 44, 0.7)
    thing(pen, "⛪", view.x(rng.uniform(0.3, 0.7)), h + 10, view.unit * 0.28, depth=0.6)
    p.land(pen, view, rng, view.y(0.56), "#93ad6a", 0.35, 6)
    y = view.y(0.67)
    _row(pen, view, rng, y, view.unit * 0.26, (0.95, 1.25), 0.28, (0, 0.26))
    _row(pen, view, rng, y, view.unit * 0.26, (0.95, 1.25), 0.28, (0.74, 1.0))
    p.land(pen, view, rng, view.y(0.68), p.GRASS, 0.12, 4)
    p.path_to(pen, view, view.x(0.5), view.y(0.58), view.x(0.5), view.unit * 0.55)
    p.tufts(pen, view, rng, view.y(0.72), 24)
    return Ground(view.y(0.9), view.y(0.76), h)


def street(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.4)
    p.backdrop(pen, view, rng, h)
    _row(pen, view, rng, view.y(0.56), view.unit * 0.12, (1.2, 1.9), 0.7)
    for side in (0, 1):
        for k, depth in ((0.62, 0.45), (0.7, 0.22)):
            w = view.unit * (0.24 if depth > 0.3 else 0.36)
            x = view.x(0.04 if depth > 0.3 else -0.06) if side == 0 else view.x(0.96 if depth > 0.3 else 1.06) - w
            p.house(pen, x, view.y(k), w, w * rng.uniform(1.5, 1.9), rng, depth, view.night or view.time == "dusk")
    _paving(pen, view, rng, view.y(0.555))
    thing(pen, "lamppost", view.x(rng.choice((0.27, 0.73))), view.y(0.74), view.unit * 0.42, depth=0.15)
    return Ground(view.y(0.9), view.y(0.74), h)


def market(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.4)
    p.backdrop(pen, view, rng, h)
    _row(pen, view, rng, view.y(0.6), view.unit * 0.2, (1.2, 1.7), 0.55)
    _paving(pen, view, rng, view.y(0.59))
    for x in (0.12, 0.88) if view.width > view.height else (0.15,):
        _stall(pen, view, rng, view.x(x), view.y(0.78), view.unit * 0.42)
    return Ground(view.y(0.92), view.y(0.8), h)


def _stall(pen: Pen, view: View, rng: Random, x: float, y: float, w: float) -> None:
    for k in (-0.45, 0.42):
        pen.shape(rect(x + w * k, y - w * 0.9, w * 0.035, w * 0.9), "#86603f", 0.2)
    pen.shape(rect(x - w / 2, y - w * 0.36, w, w * 0.36), "#b08a5c", 0.18)
    goods = rng.choice(("🍎🍐🍇🥕", "🐟🦀🐟🐚", "🍞🧀🥧🥚", "🏺🫖🧺🪣"))
    for i in range(5):
        thing(pen, goods[i % 4], x - w * 0.38 + w * 0.19 * i, y - w * 0.35, w * 0.17, depth=0.15, shadow=False)
    tint = rng.choice(("#b8493c", "#5f86b8", "#6b8f5e", "#c08a3c"))
    n = 6
    for i in range(n):
        x0, step = x - w * 0.56 + w * 1.12 * i / n, w * 1.12 / n
        d = f"M{x0 + (x - x0) * 0.12:.1f} {y - w * 1.08:.1f}H{x0 + step + (x - x0 - step) * 0.12:.1f}L{x0 + step:.1f} {y - w * 0.86:.1f}q{-step / 2:.1f} {step * 0.5:.1f} {-step:.1f} 0Z"
        pen.shape(d, tint if i % 2 else "#f1e9d8", 0.15)


def town(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h, "#8fa583", 0.8, 16)
    for y, w, depth in ((0.6, 0.1, 0.75), (0.66, 0.14, 0.5), (0.73, 0.19, 0.28)):
        _row(pen, view, rng, view.y(y), view.unit * w, (1.3, 2.2), depth)
        if depth > 0.6:
            thing(pen, "tower", view.x(rng.uniform(0.2, 0.8)), view.y(y), view.unit * 0.4, depth=0.7)
    _paving(pen, view, rng, view.y(0.72))
    return Ground(view.y(0.91), view.y(0.79), h)


def house(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    p.three_planes(pen, view, rng, h)
    w = view.unit * 0.56
    x = view.x(rng.choice((0.16, 0.84)) if view.width > view.height else 0.5) - w / 2
    p.house(pen, x, view.y(0.75), w, w * 1.0, rng, 0.18, view.night or view.time == "dusk")
    thing(pen, "🌳", view.width - x - w * 0.3, view.y(0.73), view.unit * 0.4, depth=0.35)
    p.path_to(pen, view, x + w * 0.7, view.y(0.75), view.x(0.5), view.unit * 0.3)
    thing(pen, "fence", view.width - x - w * 0.2, view.y(0.8), view.unit * 0.1, depth=0.2)
    p.flowers(pen, view, rng, view.y(0.8), 6)
    return Ground(view.y(0.91), view.y(0.78), h)


def castle(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h, "#8fa583", 0.75, 30)
    x = view.x(rng.choice((0.3, 0.7)))
    pen.glow(x, h - view.unit * 0.2, view.unit * 0.5, opacity=0.5)
    thing(pen, "🏰", x, h + view.height * 0.09, view.unit * 0.46, depth=0.45)
    land = p.land(pen, view, rng, view.y(0.58), "#88a86a", 0.4, 18)
    p.trees(pen, view, rng, land, 6, 60, 0.4)
    p.land(pen, view, rng, view.y(0.7), p.GRASS, 0.12, 8)
    p.path_to(pen, view, x, view.y(0.6), view.x(0.5), view.unit * 0.4)
    p.tufts(pen, view, rng, view.y(0.74), 36)
    return Ground(view.y(0.9), view.y(0.77), h)


def bridge(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.42)
    p.backdrop(pen, view, rng, h)
    far = p.land(pen, view, rng, h, "#86a56c", 0.7, 22)
    p.trees(pen, view, rng, far, 6, 60, 0.6)
    p.water(pen, view, view.y(0.52), view.height + 10, rng, p.SEA, 0.3)
    y = view.y(0.72)
    arch = f"M-40 {y + 46:.0f}Q{view.x(0.5):.0f} {y - 40:.0f} {view.width + 40:.0f} {y + 46:.0f}V{view.height + 20:.0f}"
    for k in (0.75, 0.25):
        arch += f"H{view.x(k + 0.17):.0f}Q{view.x(k):.0f} {y + 40:.0f} {view.x(k - 0.17):.0f} {view.height + 20:.0f}"
    pen.shape(arch + "H-40Z", "#a49c90", 0.12)
    pen.shape(
        f"M-40 {y + 46:.0f}Q{view.x(0.5):.0f} {y - 40:.0f} {view.width + 40:.0f} {y + 46:.0f}v-34Q{view.x(0.5):.0f} {y - 74:.0f} -40 {y + 12:.0f}Z",
        "#b7afa2",
        0.12,
    )
    for i in range(16):
        x = view.x((i + 0.5) / 16)
        pen.stroke(f"M{x:.0f} {view.y(0.8):.0f}h34M{x + 14:.0f} {view.y(0.85):.0f}h34", 0.5, 0.6, opacity=0.6)
    return Ground(view.y(0.76), view.y(0.72), h, water=view.y(0.6))


def tower(pen: Pen, view: View, rng: Random) -> Ground:
    """On its hill, above the roofs."""
    h = view.y(0.52)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h, "#8aa583", 0.8, 30)
    _row(pen, view, rng, view.y(0.68), view.unit * 0.13, (1.1, 1.6), 0.6)
    x = view.x(rng.choice((0.24, 0.76)))
    crown, low = view.y(0.66), view.height + 20
    d = f"M-60 {view.y(0.84):.0f}Q{x * 0.7:.0f} {crown:.0f} {x:.0f} {crown:.0f}T{view.width + 60:.0f} {view.y(0.84):.0f}V{low:.0f}H-60Z"
    pen.shape(d, p.SNOWY if view.weather == "snow" else p.GRASS, 0.2)
    thing(pen, "tower", x, view.y(0.7), view.unit * 0.56, depth=0.18)
    p.land(pen, view, rng, view.y(0.84), "#93a871", 0.1, 10)
    p.tufts(pen, view, rng, view.y(0.87), 26)
    return Ground(view.y(0.92), view.y(0.84), h)


def lighthouse(pen: Pen, view: View, rng: Random) -> Ground:
    """On its rock in the sea."""
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    p.water(pen, view, h, view.height + 10, rng, "#5d7480" if view.weather == "storm" else p.SEA, 0.45)
    x = view.x(rng.choice((0.24, 0.76)))
    rock = [
        (x - view.unit * 0.5, view.height),
        (x - view.unit * 0.34, view.y(0.72)),
        (x - view.unit * 0.1, view.y(0.62)),
        (x + view.unit * 0.14, view.y(0.63)),
        (x + view.unit * 0.36, view.y(0.74)),
        (x + view.unit * 0.54, view.height),
    ]
    pen.shape(polygon(rock), "#8d8579", 0.25)
    if view.night or view.time == "dusk" or view.weather in ("storm", "fog"):
        side = 1 if x < view.width / 2 else -1
        ly = view.y(0.64) - view.unit * 0.5
        pen.fill(
            polygon([(x, ly), (x + side * view.width, ly - 120), (x + side * view.width, ly + 160)]), "#ffe9ad", 0.28
        )
        pen.glow(x, ly, view.unit * 0.28, "#fff0bd", 0.9)
    thing(pen, "lighthouse", x, view.y(0.65), view.unit * 0.56, depth=0.18)
    p.land(pen, view, rng, view.y(0.82), "#9aa078", 0.1, 10)
    p.tufts(pen, view, rng, view.y(0.86), 26)
    return Ground(view.y(0.92), view.y(0.84), h, water=view.y(0.66))


def roof(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.6)
    p.backdrop(pen, view, rng, h)
    for y, depth in ((0.62, 0.75), (0.7, 0.5)):
        _row(pen, view, rng, view.y(y), view.unit * 0.16, (1.1, 1.6), depth)
    pen.shape(
        polygon(
            [
                (-40, view.y(0.86)),
                (view.width + 40, view.y(0.8)),
                (view.width + 40, view.height + 20),
                (-40, view.height + 20),
            ]
        ),
        "#9a5542",
        0.1,
    )
    for r in range(4):
        for i in range(int(view.width / 46) + 2):
            x, y = i * 46 - 20 + 23 * (r % 2), view.y(0.9) + r * 26 - i * 46 * 0.06
            pen.stroke(f"M{x:.0f} {y:.0f}q12 14 24 0", 0.35, 0.7)
    pen.shape(rect(view.x(0.08), view.y(0.66), view.unit * 0.09, view.y(0.2)), "#8a5a48", 0.12)
    return Ground(view.y(0.87), view.y(0.84), h)


def station(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.42)
    p.backdrop(pen, view, rng, h)
    _row(pen, view, rng, view.y(0.58), view.unit * 0.14, (1.1, 1.6), 0.7)
    thing(pen, "🚂", view.x(0.24), view.y(0.74), view.unit * 0.36, depth=0.25)
    thing(pen, "🚃", view.x(0.24) + view.unit * 0.46, view.y(0.74), view.unit * 0.3, depth=0.25)
    pen.shape(rect(-20, view.y(0.73), view.width + 40, view.y(0.3)), "#b0a48f", 0.1)
    pen.stroke(f"M-20 {view.y(0.765):.0f}H{view.width + 20:.0f}", 0.3, 0.8)
    for x in (0.06, 0.5, 0.94):
        pen.shape(rect(view.x(x) - 8, view.y(0.12), 16, view.y(0.64)), "#5f6b64", 0.15)
    pen.shape(rect(-20, view.y(0.06), view.width + 40, view.y(0.07)), darker("#7c8a80", 0.1), 0.15)
    pen.shape(ellipse(view.x(0.5), view.y(0.2), 34, 34), "#f4efe0", 0.1)
    pen.stroke(f"M{view.x(0.5):.0f} {view.y(0.2):.0f}v-20M{view.x(0.5):.0f} {view.y(0.2):.0f}l14 8", 0.1, 0.9)
    return Ground(view.y(0.92), view.y(0.82), h)


PLACES = {
    "village": village, "street": street, "market": market, "town": town, "house": house, "castle": castle, "palace grounds": castle, "bridge": bridge,
    "tower": tower, "lighthouse": lighthouse, "roof": roof, "station": station,
}  # fmt: skip
