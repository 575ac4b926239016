"""Places that are neither: caves, shafts, the sky, space, and plain ground when nothing is known."""

from __future__ import annotations

import math
from random import Random

from ..colour import darker, lighter, mix
from ..geometry import curve, ellipse, polygon
from ..pen import Pen
from ..things import thing
from . import parts as p
from .view import Ground, View


def cave(pen: Pen, view: View, rng: Random) -> Ground:
    x, y = view.x(rng.choice((0.36, 0.62))), view.y(0.42)
    pen.fill(f"M0 0H{view.width:.0f}V{view.height:.0f}H0Z", view.light.sky[1] if not view.night else "#3a4a70")
    pen.glow(x, y, view.unit * 0.7, view.light.glow if not view.night else "#b9c6e6", 0.9)
    for depth, size in ((0.55, 0.26), (0.35, 0.38), (0.12, 0.55)):
        spots = []
        for i in range(14):
            a = 2 * math.pi * i / 14
            r = view.unit * size * rng.uniform(0.85, 1.15)
            spots.append((x + math.cos(a) * r * (view.width / view.height) ** 0.6, y + math.sin(a) * r * 0.82))
        pen.shape(
            f"M-40 -40H{view.width + 40:.0f}V{view.height + 40:.0f}H-40Z" + curve(spots, closed=True), "#85786b", depth
        )
    floor = [
        (-60, view.y(0.78)),
        (view.x(0.3), view.y(0.74)),
        (view.x(0.7), view.y(0.75)),
        (view.width + 60, view.y(0.79)),
    ]
    pen.shape(curve(floor) + f"V{view.height + 20:.0f}H-60Z", "#9a8c7b", 0.1)
    for _ in range(6):
        sx, h = view.x(rng.choice((rng.uniform(0, 0.3), rng.uniform(0.7, 1)))), view.unit * rng.uniform(0.08, 0.24)
        pen.shape(polygon([(sx - h * 0.2, -10), (sx + h * 0.2, -10), (sx, h)]), "#746759", 0.1)
    for _ in range(3):
        thing(
            pen,
            "🪨",
            view.x(rng.choice((rng.uniform(0, 0.2), rng.uniform(0.8, 1)))),
            view.y(rng.uniform(0.82, 0.94)),
            view.unit * rng.uniform(0.07, 0.14),
            depth=0.1,
        )
    return Ground(view.y(0.9), view.y(0.79), view.y(0.2), inside=True)


def _rings(pen: Pen, view: View, rng: Random, x: float, y: float, tone: str) -> None:
    """The inside of a shaft, seen along it: rings that grow darker and then end in light."""
    for i in range(7):
        r = view.unit * (0.95 - 0.13 * i)
        spots = [
            (
                x + math.cos(a) * r * rng.uniform(0.94, 1.06) * (view.width / view.height) ** 0.5,
                y + math.sin(a) * r * rng.uniform(0.94, 1.06),
            )
            for a in (2 * math.pi * k / 12 for k in range(12))
        ]
        depth = 0.1 + (0.12 * i if pen.style.dark else 0)
        pen.shape(curve(spots, closed=True), mix(tone, "#2c2226", 0.1 + 0.09 * i), depth, line=0.9)


def tunnel(pen: Pen, view: View, rng: Random) -> Ground:
    """A burrow with cupboards and maps along its sides when one falls down it; else a way through."""
    pen.fill(f"M0 0H{view.width:.0f}V{view.height:.0f}H0Z", pen.tone("#8a6b4e"))
    x, y = view.x(rng.uniform(0.42, 0.58)), view.y(rng.uniform(0.36, 0.5))
    _rings(pen, view, rng, x, y, "#94755a")
    pen.glow(x, y, view.unit * 0.32, "#ffe9bb", 0.9)
    pen.fill(ellipse(x, y, view.unit * 0.07, view.unit * 0.07), "#fff4d6", 0.9)
    goods = ("📚", "🫙", "🖼", "🗺", "🕰", "🏺", "🫖", "🕯", "🔮", "🪞")
    for i in range(8):
        a = 2 * math.pi * (i + rng.uniform(0.1, 0.6)) / 8
        rx, ry = view.width * 0.43, view.height * 0.42
        turn = math.degrees(a) + 90
        thing(
            pen,
            goods[(i + view.variant) % 10],
            x + math.cos(a) * rx,
            y + math.sin(a) * ry + 30,
            view.unit * 0.11,
            depth=0.2,
            shadow=False,
            turn=round(turn if turn < 90 else turn - 180) * 0.3,
        )
    return Ground(view.y(0.88), view.y(0.8), 0, inside=True, afloat=True)


def well(pen: Pen, view: View, rng: Random) -> Ground:
    """Down a deep shaft: curved walls of stone and shelves, light from above."""
    pen.wash(0, 0, view.width, view.height, pen.tone("#c2a987"), pen.tone("#4a3c38"))
    pen.glow(view.x(0.5), 0, view.unit * 0.8, "#fff0cb", 0.85)
    for side in (0, 1):
        edge, inner = (-20.0, view.x(0.2)) if side == 0 else (view.width + 20, view.x(0.8))
        bend = view.x(0.3 if side == 0 else 0.7)
        pen.shape(
            f"M{edge:.0f} -20H{inner:.0f}Q{bend:.0f} {view.y(0.5):.0f} {inner:.0f} {view.height + 20:.0f}H{edge:.0f}Z",
            "#8a7360",
            0.12,
        )
        for i in range(5):
            yy = view.y(0.08 + 0.2 * i + 0.05 * side)
            x1 = inner + (bend - inner) * 0.35
            pen.shape(
                f"M{edge:.0f} {yy + 8:.0f}L{x1:.0f} {yy:.0f}v12L{edge:.0f} {yy + 22:.0f}Z", "#9c7049", 0.1, line=0.8
            )
            for k in range(2):
                ref = ("📚", "🫙", "🏺", "🕰", "🗺", "🫖", "🖼")[(i * 2 + k + side * 3 + view.variant) % 7]
                thing(
                    pen, ref, edge + (x1 - edge) * (0.42 + 0.4 * k), yy + 6, view.unit * 0.095, depth=0.15, shadow=False
                )
    return Ground(view.y(0.86), view.y(0.8), 0, inside=True, afloat=True)


def sky(pen: Pen, view: View, rng: Random) -> Ground:
    p.backdrop(pen, view, rng, view.height)
    for depth, k in ((0.6, 0.66), (0.35, 0.84)):
        for i in range(4):
            p.cloud(
                pen,
                view.width * (i + rng.uniform(0, 0.8)) / 3.6,
                view.y(k + rng.uniform(-0.04, 0.06)),
                view.unit * rng.uniform(0.5, 0.8),
                "#fbf6ea" if not view.night else "#66759a",
                0.92,
                depth,
            )
    return Ground(view.y(0.8), view.y(0.6), view.height, afloat=True)


def space(pen: Pen, view: View, rng: Random) -> Ground:
    pen.wash(0, 0, view.width, view.height, "#141a36", "#3b3560")
    p.stars(pen, view, rng, view.height * 1.25, 130)
    x, y, r = view.x(rng.choice((0.2, 0.8))), view.y(0.26), view.unit * 0.13
    pen.glow(x, y, r * 2.6, "#ffdcae", 0.6)
    pen.shape(ellipse(x, y, r, r), rng.choice(("#c98a5c", "#8fa6b8", "#b5a36c")), 0.1)
    pen.stroke(
        f"M{x - r * 1.5:.0f} {y + r * 0.4:.0f}Q{x:.0f} {y + r * 0.9:.0f} {x + r * 1.5:.0f} {y - r * 0.4:.0f}",
        0.2,
        2.4,
        "#e6d3a8",
    )
    pen.shape(ellipse(view.x(0.5), view.height * 1.32, view.width * 0.8, view.height * 0.5), "#8d8794", 0.1)
    for _ in range(8):
        cx, cy, s = view.x(rng.random()), view.y(rng.uniform(0.9, 0.99)), rng.uniform(14, 46)
        pen.stroke(ellipse(cx, cy, s, s * 0.3), 0.4, 0.8, opacity=0.7)
    return Ground(view.y(0.93), view.y(0.88), view.height * 0.8)


def plain(pen: Pen, view: View, rng: Random) -> Ground:
    """A wash of colour with a ground to stand on: for passages that name no place."""
    tones = ("#d9cdb4", "#c9cfc0", "#d3c3b8", "#bfc8cb", "#d6c6a0", "#c8bccb")
    tone = tones[view.variant % len(tones)]
    top, low = pen.tone(lighter(tone, 0.2), 0.3), pen.tone(tone, 0.1)
    if pen.style.dark:
        top, low = "#7a3b22", view.light.glow
    pen.wash(0, 0, view.width, view.height, top, low)
    pen.glow(view.x(rng.uniform(0.35, 0.65)), view.y(0.42), view.unit * 0.62, opacity=0.75)
    for _ in range(3):
        x, y, r = view.x(rng.random()), view.y(rng.uniform(0.1, 0.6)), view.unit * rng.uniform(0.12, 0.3)
        spots = [
            (x + math.cos(a) * r * rng.uniform(0.7, 1.3) * 1.5, y + math.sin(a) * r * rng.uniform(0.6, 1.1))
            for a in (k * 0.785 for k in range(8))
        ]
        pen.fill(curve(spots, closed=True), pen.tone(darker(tone, 0.1)), 0.22)
    p.land(pen, view, rng, view.y(0.74), darker(tone, 0.08), 0.15, 10, 4)
    _sprigs(pen, view, rng)
    return Ground(view.y(0.9), view.y(0.79), view.y(0.5))


def _sprigs(pen: Pen, view: View, rng: Random) -> None:
    """Pale leaves that grow in from two corners, as in the margins of a picture book."""
    sprig = ("🌿", "🍃", "🌾", "🌿")[view.variant % 4]
    for x, y, turn in ((0.03, 1.02, 12), (0.13, 1.04, 30), (0.97, 1.02, -12), (0.87, 1.04, -30)):
        thing(
            pen,
            sprig,
            view.x(x),
            view.y(y),
            view.unit * rng.uniform(0.2, 0.3),
            depth=0.45,
            shadow=False,
            turn=turn,
            flip=x > 0.5,
        )


PLACES = {"cave": cave, "tunnel": tunnel, "well": well, "sky": sky, "space": space, "plain": plain}
