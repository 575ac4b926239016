# ruff: noqa: E501 - path data reads better on one line
"""Places in the country."""

from __future__ import annotations

from random import Random

from ..colour import darker, mix
from ..geometry import curve, ellipse, polygon
from ..pen import Pen
from ..things import thing
from . import indoors
from . import parts as p
from .view import Ground, View


def meadow(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(rng.uniform(0.4, 0.5))
    p.backdrop(pen, view, rng, h)
    far, mid, _ = p.three_planes(pen, view, rng, h)
    p.trees(pen, view, rng, far, 5, 34 * view.zoom, 0.75)
    if view.variant % 3 == 1:
        thing(pen, "🏡", view.x(rng.choice((0.15, 0.85))), h + 34, 62 * view.zoom, depth=0.6)
    p.trees(pen, view, rng, mid, 2, 110 * view.zoom, 0.4, "🌳", rng.choice(((0.0, 0.3), (0.72, 1.0))))
    p.tufts(pen, view, rng, h + view.height * 0.2)
    p.flowers(pen, view, rng, view.y(0.78), 6)
    return Ground(view.y(0.89), view.y(0.72), h)


def forest(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    kinds = ("🌳", "🌳🌳🌲", "🌲")[view.variant % 3]
    pen.glow(view.x(0.5), h * 0.7, view.unit * 0.6, opacity=0.6)
    p.tree_wall(pen, view, rng, h + 10, view.unit * 0.3, 0.8, kinds)
    p.land(pen, view, rng, h + 4, "#7d9a63", 0.62, 8)
    p.tree_wall(pen, view, rng, h + view.height * 0.1, view.unit * 0.42, 0.5, kinds)
    p.land(pen, view, rng, h + view.height * 0.09, p.MOSS, 0.3, 10)
    if view.variant % 2:
        p.path_to(
            pen, view, view.x(rng.uniform(0.4, 0.6)), h + view.height * 0.1, view.x(0.5), view.unit * 0.4, "#c3b083"
        )
    p.tufts(pen, view, rng, view.y(0.64), 60)
    for x in rng.sample((0.02, 0.13, 0.88, 0.99), 2 if view.width > view.height else 1):
        p.trunk(pen, view, view.x(x), view.y(rng.uniform(0.84, 0.93)), view.unit * 0.085, 0.12)
    p.flowers(pen, view, rng, view.y(0.82), 4, "🍄🌿🌿🌱")
    return Ground(view.y(0.9), view.y(0.74), h * 0.4)


def river_bank(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(rng.uniform(0.38, 0.45))
    p.backdrop(pen, view, rng, h)
    far = p.land(pen, view, rng, h, "#7f9f6c", 0.75)
    p.trees(pen, view, rng, far, 6, 44 * view.zoom, 0.7)
    mid = p.land(pen, view, rng, h + view.height * 0.07, "#88a86a", 0.5, 14)
    p.trees(pen, view, rng, mid, 2, 90 * view.zoom, 0.45, "🌳", (0.55, 1.0))
    y0, y1 = h + view.height * 0.13, h + view.height * 0.34
    p.water(pen, view, y0, y1 + 60, rng)
    bank = [(-60, y1 + 30), (view.x(0.25), y1 - 6), (view.x(0.6), y1 + 22), (view.width + 60, y1 - 26)]
    pen.shape(curve(bank) + f"V{view.height + 20:.0f}H-60Z", p.SNOWY if view.weather == "snow" else p.GRASS, 0.1)
    for x in (0.06, 0.12, 0.93, 0.97):
        _reeds(pen, view.x(x), y1 + 26, rng)
    side = rng.choice((0.08, 0.92))
    thing(pen, "🌳", view.x(side), y1 + 60, view.unit * 0.55 * view.zoom, depth=0.15, flip=side > 0.5)
    p.tufts(pen, view, rng, y1 + 40, 40)
    p.flowers(pen, view, rng, view.y(0.84), 5)
    return Ground(view.y(0.91), view.y(0.83), h, water=(y0 + y1) / 2)


def _reeds(pen: Pen, x: float, y: float, rng: Random) -> None:
    for k in range(4):
        hx, hh = x + k * 8, rng.uniform(50, 84)
        pen.stroke(
            f"M{hx:.0f} {y:.0f}q{rng.uniform(-6, 6):.0f} {-hh / 2:.0f} {rng.uniform(-8, 8):.0f} {-hh:.0f}",
            0.2,
            0.8,
            "#5f7d4a",
        )


def river(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.42)
    p.backdrop(pen, view, rng, h)
    _, mid, _ = p.three_planes(pen, view, rng, h)
    p.trees(pen, view, rng, mid, 5, 80 * view.zoom, 0.5)
    x0 = view.x(rng.uniform(0.4, 0.6))
    p.path_to(pen, view, x0, h + view.height * 0.09, view.x(rng.choice((0.3, 0.7))), view.width * 0.4, p.SEA, 0.15)
    for i in range(6):
        y = view.y(0.66 + i * 0.055)
        pen.stroke(f"M{view.x(0.42 + 0.1 * (i % 3)):.0f} {y:.0f}q20 -6 40 0t40 0", 0.3, 0.7, "#d8e8e6", 0.8)
    p.tufts(pen, view, rng, view.y(0.66), 36)
    return Ground(view.y(0.9), view.y(0.72), h, water=view.y(0.8))


def lake(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.4)
    p.backdrop(pen, view, rng, h)
    far = p.land(pen, view, rng, h, "#7f9f6c", 0.7, 24)
    p.trees(pen, view, rng, far, 9, 56 * view.zoom, 0.65, "🌲🌲🌳")
    p.land(pen, view, rng, h + view.height * 0.08, p.GRASS, 0.4, 8)
    pen.shape(ellipse(view.x(0.5), view.y(0.7), view.width * 0.56, view.height * 0.17), p.SEA, 0.2)
    for _ in range(8):
        x, y = view.x(rng.uniform(0.1, 0.85)), view.y(rng.uniform(0.58, 0.82))
        pen.stroke(f"M{x:.0f} {y:.0f}q16 -5 32 0t32 0", 0.4, 0.7, "#d8e8e6", 0.8)
    d = curve(
        [(-40, view.y(0.8)), (view.x(0.3), view.y(0.86)), (view.x(0.7), view.y(0.85)), (view.width + 40, view.y(0.79))]
    )
    pen.shape(d + f"V{view.height + 20:.0f}H-40Z", p.SNOWY if view.weather == "snow" else p.GRASS, 0.1)
    p.tufts(pen, view, rng, view.y(0.87), 26)
    _reeds(pen, view.x(0.06), view.y(0.86), rng)
    _reeds(pen, view.x(0.9), view.y(0.85), rng)
    return Ground(view.y(0.93), view.y(0.86), h, water=view.y(0.68))


def hill(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h, "#8aa583", 0.8, 40)
    p.land(pen, view, rng, h + 40, "#86a56c", 0.55, 34)
    top = view.x(rng.choice((0.35, 0.62)))
    d = f"M-60 {view.y(0.88):.0f}Q{top * 0.6:.0f} {view.y(0.66):.0f} {top:.0f} {view.y(0.64):.0f}T{view.width + 60:.0f} {view.y(0.86):.0f}V{view.height + 20:.0f}H-60Z"
    pen.shape(d, p.SNOWY if view.weather == "snow" else p.GRASS, 0.1)
    thing(
        pen,
        "🌳" if view.variant % 2 else "🌲",
        view.x(0.12 if top > view.width / 2 else 0.88),
        view.y(0.8),
        view.unit * 0.4,
        depth=0.2,
    )
    p.tufts(pen, view, rng, view.y(0.78), 44)
    return Ground(view.y(0.86), view.y(0.72), h)


def mountain(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.56)
    p.backdrop(pen, view, rng, h)
    for depth, size, count in ((0.8, 0.4, 4), (0.55, 0.52, 3)):
        for i in range(count):
            _peak(
                pen,
                view,
                rng,
                view.width * (i + rng.uniform(0.2, 0.8)) / count,
                h + 30,
                view.unit * size * rng.uniform(0.8, 1.2),
                depth,
            )
    land = p.land(pen, view, rng, h + 20, "#8fa583", 0.4, 16)
    p.trees(pen, view, rng, land, 8, 64 * view.zoom, 0.45, "🌲")
    p.land(pen, view, rng, view.y(0.72), "#9aa487", 0.1, 14)
    for _ in range(3):
        thing(
            pen,
            "🪨",
            view.x(rng.choice((rng.uniform(0, 0.2), rng.uniform(0.8, 1)))),
            view.y(rng.uniform(0.8, 0.95)),
            44 + rng.random() * 40,
            depth=0.12,
        )
    p.tufts(pen, view, rng, view.y(0.76), 22)
    return Ground(view.y(0.89), view.y(0.78), h * 0.5)


def _peak(pen: Pen, view: View, rng: Random, x: float, y: float, h: float, depth: float) -> None:
    w = h * rng.uniform(0.8, 1.1)
    pen.shape(
        polygon(
            [
                (x - w, y),
                (x - w * 0.42, y - h * 0.56),
                (x - w * 0.28, y - h * 0.5),
                (x, y - h),
                (x + w * 0.3, y - h * 0.6),
                (x + w * 0.44, y - h * 0.64),
                (x + w, y),
            ]
        ),
        "#8b8f98",
        depth,
    )
    cap = [
        (x - w * 0.19, y - h * 0.68),
        (x, y - h),
        (x + w * 0.2, y - h * 0.74),
        (x + w * 0.08, y - h * 0.7),
        (x - w * 0.02, y - h * 0.76),
        (x - w * 0.1, y - h * 0.66),
    ]
    pen.shape(polygon(cap), "#f4f4f2", depth * 0.7, line=0.7)


def valley(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.52)
    p.backdrop(pen, view, rng, h)
    for depth, k in ((0.75, 0.0), (0.45, 0.1)):
        pen.shape(
            f"M-60 {view.y(0.2 + k):.0f}Q{view.x(0.3):.0f} {view.y(0.3 + k):.0f} {view.x(0.52):.0f} {view.y(0.6 + k):.0f}V{view.height:.0f}H-60Z",
            "#8aa06f",
            depth,
        )
        pen.shape(
            f"M{view.width + 60:.0f} {view.y(0.16 + k):.0f}Q{view.x(0.72):.0f} {view.y(0.3 + k):.0f} {view.x(0.5):.0f} {view.y(0.6 + k):.0f}V{view.height:.0f}H{view.width + 60:.0f}Z",
            "#809a70",
            depth,
        )
    p.land(pen, view, rng, view.y(0.68), p.GRASS, 0.12, 8)
    p.path_to(pen, view, view.x(0.5), view.y(0.6), view.x(0.45), view.unit * 0.3, p.SEA, 0.2)
    p.tufts(pen, view, rng, view.y(0.74), 40)
    return Ground(view.y(0.9), view.y(0.75), h * 0.6)


def desert(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    for depth, y in ((0.75, 0.0), (0.45, 0.08), (0.1, 0.2)):
        p.land(
            pen,
            view,
            rng,
            h + view.height * y,
            ("#d9b67e", "#e0c08a", "#e6cb98")[int(depth < 0.7) + int(depth < 0.2)],
            depth,
            34 - 60 * y,
            4,
        )
    for _ in range(2):
        thing(
            pen,
            "🌵",
            view.x(rng.choice((rng.uniform(0.03, 0.2), rng.uniform(0.8, 0.96)))),
            view.y(rng.uniform(0.68, 0.82)),
            view.unit * rng.uniform(0.14, 0.26),
            depth=0.25,
        )
    for _ in range(9):
        x, y = view.x(rng.random()), view.y(rng.uniform(0.74, 0.98))
        pen.stroke(f"M{x:.0f} {y:.0f}q30 -8 60 0", 0.45, 0.6, opacity=0.6)
    return Ground(view.y(0.89), view.y(0.74), h)


def road(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.44)
    p.backdrop(pen, view, rng, h)
    far, _, _ = p.three_planes(pen, view, rng, h, ("#8aa56c", "#c9bd78" if view.variant % 2 else "#93ad6a", "#9cb26c"))
    p.trees(pen, view, rng, far, 5, 40, 0.7)
    p.path_to(pen, view, view.x(rng.uniform(0.42, 0.6)), h + view.height * 0.06, view.x(0.5), view.unit * 0.62)
    side = rng.choice((0.1, 0.9))
    thing(pen, "fence", view.x(side), view.y(0.76), view.unit * 0.1, depth=0.25)
    thing(pen, "🌳", view.x(1 - side), view.y(0.75), view.unit * 0.42, depth=0.25)
    p.tufts(pen, view, rng, view.y(0.7), 36)
    return Ground(view.y(0.9), view.y(0.74), h)


def garden(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    p.tree_wall(pen, view, rng, h + 12, view.unit * 0.24, 0.7, "🌳🌳🌲")
    pen.shape(f"M-20 {h + 6:.0f}H{view.width + 20:.0f}V{h + view.height * 0.1:.0f}H-20Z", "#5f8355", 0.45)
    p.land(pen, view, rng, h + view.height * 0.1, "#9cb872", 0.12, 3)
    if view.variant % 3 == 0:
        thing(pen, "⛲", view.x(rng.choice((0.2, 0.8))), view.y(0.7), view.unit * 0.26, depth=0.3)
    elif view.variant % 3 == 1:
        thing(pen, "gate", view.x(0.5), h + view.height * 0.12, view.unit * 0.24, depth=0.4)
    for row, y in enumerate((0.66, 0.72)):
        for i in range(13):
            x = view.width * (i + 0.2 + 0.5 * row) / 13
            if abs(x / view.width - 0.5) > 0.16:
                thing(
                    pen,
                    "🌹🌷🌼🌻🌺"[(i + row + view.variant) % 5],
                    x,
                    view.y(y),
                    44 + row * 12,
                    depth=0.3,
                    shadow=False,
                )
    p.tufts(pen, view, rng, view.y(0.74), 24)
    p.flowers(pen, view, rng, view.y(0.86), 6, "🌹🌷🌼🌸")
    return Ground(view.y(0.9), view.y(0.76), h)


def marsh(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    far = p.land(pen, view, rng, h, "#7f8f6c", 0.75, 12)
    p.trees(pen, view, rng, far, 5, 44, 0.7, "🌲")
    p.land(pen, view, rng, h + 40, "#8a9263", 0.25, 8)
    for _ in range(7):
        x, y = view.x(rng.random()), view.y(rng.uniform(0.6, 0.94))
        pen.shape(ellipse(x, y, 60 + 90 * rng.random(), 12 + 10 * rng.random()), "#7d979a", 0.25, line=0.7)
    for _ in range(12):
        _reeds(pen, view.x(rng.random()), view.y(rng.uniform(0.62, 0.95)), rng)
    return Ground(view.y(0.89), view.y(0.75), h)


def farm(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    p.three_planes(pen, view, rng, h)
    x = view.x(rng.choice((0.2, 0.78)))
    w, hh = view.unit * 0.36, view.unit * 0.34
    y = view.y(0.68)
    pen.shape(
        polygon(
            [
                (x - w / 2, y),
                (x + w / 2, y),
                (x + w / 2, y - hh * 0.55),
                (x + w * 0.3, y - hh * 0.9),
                (x, y - hh),
                (x - w * 0.3, y - hh * 0.9),
                (x - w / 2, y - hh * 0.55),
            ]
        ),
        "#a8503f",
        0.28,
    )
    indoors.door(pen, x - w * 0.16, y, w * 0.32, hh * 0.48, "#8a4436", 0.28)
    thing(pen, "fence", view.width - x, view.y(0.72), view.unit * 0.1, depth=0.25)
    thing(pen, "🌳", view.width - x, view.y(0.68), view.unit * 0.3, depth=0.4)
    p.tufts(pen, view, rng, view.y(0.7), 36)
    return Ground(view.y(0.9), view.y(0.76), h)


def graveyard(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.48)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h, "#74876a", 0.6, 16)
    thing(pen, "⛪", view.x(rng.choice((0.2, 0.8))), h + 40, view.unit * 0.36, depth=0.6)
    p.land(pen, view, rng, h + 40, "#7d9068", 0.15, 10)
    for i in range(7):
        thing(
            pen,
            "🪦",
            view.width * (i + rng.uniform(0.2, 0.8)) / 7,
            view.y(rng.choice((0.66, 0.72))),
            view.unit * 0.11,
            depth=0.35,
        )
    p.tufts(pen, view, rng, view.y(0.7), 40, "#56684a")
    return Ground(view.y(0.9), view.y(0.78), h)


def ruins(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    p.three_planes(pen, view, rng, h, ("#8a9c78", "#98a578", "#a6ac7e"))
    for i in range(5):
        x, hh = view.width * (i + rng.uniform(0.2, 0.8)) / 5, view.unit * rng.uniform(0.14, 0.42)
        w, y = view.unit * 0.06, view.y(0.66 + 0.03 * (i % 2))
        pen.shape(
            polygon(
                [
                    (x - w, y),
                    (x + w, y),
                    (x + w, y - hh),
                    (x + w * 0.3, y - hh * 1.07),
                    (x - w * 0.2, y - hh * 0.95),
                    (x - w, y - hh * 1.04),
                ]
            ),
            "#b9b0a0",
            0.35,
        )
        for k in (-0.4, 0.1, 0.5):
            pen.stroke(f"M{x + w * k:.0f} {y - 4:.0f}v{-hh * 0.9:.0f}", 0.5, 0.6, opacity=0.6)
        pen.shape(f"M{x - w * 1.3:.0f} {y:.0f}h{w * 2.6:.0f}v-14h{-w * 2.6:.0f}Z", "#aaa191", 0.35, line=0.8)
    p.tufts(pen, view, rng, view.y(0.7), 36)
    return Ground(view.y(0.9), view.y(0.76), h)


def snow_field(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.5)
    p.backdrop(pen, view, rng, h)
    for depth, y in ((0.7, 0.0), (0.4, 0.09), (0.05, 0.22)):
        spots = p.land(pen, view, rng, h + view.height * y, mix(p.SNOWY, darker(p.SNOWY, 0.08), depth), depth, 22)
        if depth > 0.3:
            p.trees(pen, view, rng, spots, 6, 70 * (1.2 - depth), depth, "🌲")
    return Ground(view.y(0.89), view.y(0.76), h)


def camp(pen: Pen, view: View, rng: Random) -> Ground:
    ground = forest(pen, view, rng)
    thing(pen, "⛺", view.x(rng.choice((0.2, 0.8))), view.y(0.76), view.unit * 0.32, depth=0.2)
    pen.glow(view.x(0.5), view.y(0.82), view.unit * 0.4, "#ffb561", 0.6)
    return ground


PLACES = {
    "meadow": meadow, "forest": forest, "river bank": river_bank, "river": river, "lake": lake, "hill": hill, "mountain": mountain, "valley": valley,
    "desert": desert, "road": road, "garden": garden, "marsh": marsh, "farm": farm, "graveyard": graveyard, "ruins": ruins, "snow field": snow_field, "camp": camp,
}  # fmt: skip
