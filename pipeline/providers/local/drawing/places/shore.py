# ruff: noqa: E501 - path data reads better on one line
"""Places by the sea, on it and under it."""

from __future__ import annotations

from random import Random

from ..colour import mix
from ..geometry import curve, ellipse, polygon, rect
from ..pen import Pen
from ..things import thing
from . import parts as p
from .view import Ground, View


def _colour(view: View) -> str:
    return "#5d7480" if view.weather == "storm" else "#6f8e96" if view.weather in ("rain", "fog") else p.SEA


def sea(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(rng.uniform(0.44, 0.52))
    p.backdrop(pen, view, rng, h)
    p.water(pen, view, h, view.height + 10, rng, _colour(view), 0.45)
    if view.variant % 3 == 0:
        thing(pen, "lighthouse", view.x(rng.choice((0.12, 0.88))), h + 10, view.unit * 0.2, depth=0.6)
    size = 44 if view.weather == "storm" else 20
    for i, depth in enumerate((0.6, 0.4, 0.22)):
        p.waves(
            pen,
            view,
            h + view.height * (0.13 + 0.11 * i),
            rng,
            mix(_colour(view), "#41606c", 0.14 * i),
            depth,
            size * (0.6 + 0.35 * i),
        )
    return Ground(view.y(0.86), view.y(0.7), h, water=view.y(0.7), afloat=True)


def beach(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.42)
    p.backdrop(pen, view, rng, h)
    if view.variant % 2:
        x = view.x(rng.choice((0.0, 1.0)))
        pen.shape(
            curve([(x - 260, h + 20), (x - 120, h - 60), (x + 30, h - 90), (x + 160, h - 40), (x + 280, h + 20)]) + "Z",
            "#8f9a7c",
            0.6,
        )
        thing(pen, "lighthouse", x + (70 if x < 10 else -70), h - 50, view.unit * 0.24, depth=0.5)
    p.water(pen, view, h, view.y(0.72), rng, _colour(view), 0.4)
    foam = [
        (-60, view.y(0.64)),
        (view.x(0.3), view.y(0.7)),
        (view.x(0.65), view.y(0.65)),
        (view.width + 60, view.y(0.7)),
    ]
    pen.shape(curve([(x, y - 12) for x, y in foam]) + f"V{view.height + 20:.0f}H-60Z", "#f2f0e6", 0.3, line=0.6)
    pen.shape(curve(foam) + f"V{view.height + 20:.0f}H-60Z", p.SAND, 0.08, line=0.7)
    for _ in range(6):
        thing(
            pen,
            rng.choice("🐚🪨🐚"),
            view.x(rng.random()),
            view.y(rng.uniform(0.78, 0.97)),
            18 + 18 * rng.random(),
            depth=0.2,
        )
    for _ in range(14):
        x, y = view.x(rng.random()), view.y(rng.uniform(0.74, 0.98))
        pen.stroke(f"M{x:.0f} {y:.0f}h{rng.uniform(8, 26):.0f}", 0.5, 0.6, opacity=0.5)
    return Ground(view.y(0.9), view.y(0.77), h, water=view.y(0.56))


def island(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    p.water(pen, view, h, view.height + 10, rng, _colour(view), 0.4)
    pen.shape(
        curve(
            [
                (view.x(-0.1), view.y(0.86)),
                (view.x(0.2), view.y(0.74)),
                (view.x(0.5), view.y(0.7)),
                (view.x(0.85), view.y(0.75)),
                (view.x(1.1), view.y(0.86)),
            ]
        )
        + f"V{view.height + 20:.0f}H{view.x(-0.1):.0f}Z",
        p.SAND,
        0.1,
    )
    for x, s in ((0.12, 0.5), (0.2, 0.36), (0.88, 0.46)):
        thing(pen, "🌴", view.x(x), view.y(0.8), view.unit * s, depth=0.15, flip=x < 0.5)
    return Ground(view.y(0.9), view.y(0.8), h, water=view.y(0.58))


def ship(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.46)
    p.backdrop(pen, view, rng, h)
    p.water(pen, view, h, view.y(0.7), rng, _colour(view), 0.45)
    p.waves(pen, view, view.y(0.57), rng, _colour(view), 0.35, 40 if view.weather == "storm" else 18)
    mast = view.x(rng.choice((0.16, 0.84)))
    pen.shape(rect(mast - 13, -20, 26, view.y(0.76) + 20), "#8a6242", 0.12)
    side = 1 if mast < view.width / 2 else -1
    pen.shape(
        f"M{mast + side * 16:.0f} -10Q{mast + side * view.unit * 0.42:.0f} {view.y(0.18):.0f} {mast + side * view.unit * 0.36:.0f} {view.y(0.44):.0f}L{mast + side * 16:.0f} {view.y(0.4):.0f}Z",
        "#efe6d0",
        0.2,
    )
    pen.stroke(
        f"M{mast:.0f} {view.y(0.02):.0f}L{mast - side * view.unit * 0.3:.0f} {view.y(0.7):.0f}M{mast:.0f} {view.y(0.12):.0f}L{mast - side * view.unit * 0.22:.0f} {view.y(0.7):.0f}",
        0.2,
        0.9,
    )
    pen.shape(
        polygon(
            [
                (-40, view.y(0.74)),
                (view.width + 40, view.y(0.74)),
                (view.width + 60, view.height + 20),
                (-60, view.height + 20),
            ]
        ),
        "#b48a5e",
        0.1,
    )
    for i in range(1, 9):
        pen.stroke(
            f"M-40 {view.y(0.74) + (view.height * 0.26) * (i / 9) ** 1.4:.0f}H{view.width + 40:.0f}",
            0.45,
            0.6,
            opacity=0.7,
        )
    for i in range(int(view.width / 70) + 1):
        pen.shape(rect(i * 70 + 8, view.y(0.65), 16, view.y(0.09)), "#8a6242", 0.18, line=0.8)
    pen.shape(rect(-20, view.y(0.635), view.width + 40, 18), "#9c7049", 0.15)
    thing(pen, "barrel", view.x(0.95 if side > 0 else 0.05), view.y(0.84), view.unit * 0.17, depth=0.1)
    return Ground(view.y(0.92), view.y(0.82), h, water=view.y(0.55))


def harbour(pen: Pen, view: View, rng: Random) -> Ground:
    h = view.y(0.42)
    p.backdrop(pen, view, rng, h)
    p.land(pen, view, rng, h - 20, "#8a9c84", 0.7, 20)
    x = -20.0
    while x < view.width * (0.5 if view.variant % 2 else 1.0):
        w = view.unit * rng.uniform(0.1, 0.15)
        p.house(pen, x, h + 16, w, w * rng.uniform(1.2, 1.7), rng, 0.5, view.night)
        x += w * 1.04
    p.water(pen, view, h + 14, view.y(0.76), rng, _colour(view), 0.35)
    for _ in range(2):
        thing(
            pen,
            "⛵",
            view.x(rng.uniform(0.1, 0.9)),
            view.y(rng.uniform(0.54, 0.64)),
            view.unit * 0.22,
            depth=0.35,
            flip=rng.random() < 0.5,
        )
    pen.shape(rect(-20, view.y(0.75), view.width + 40, view.y(0.3)), "#a8977c", 0.1)
    for i in range(1, 6):
        pen.stroke(
            f"M-20 {view.y(0.75) + view.height * 0.25 * (i / 6) ** 1.3:.0f}H{view.width + 20:.0f}",
            0.5,
            0.6,
            opacity=0.7,
        )
    for k in (0.05, 0.95):
        thing(pen, "barrel", view.x(k), view.y(0.82), view.unit * 0.15, depth=0.12)
    return Ground(view.y(0.92), view.y(0.82), h, water=view.y(0.62))


def underwater(pen: Pen, view: View, rng: Random) -> Ground:
    top, low = ("#7fb8be", "#2f6478") if not view.night else ("#2b4a68", "#16283f")
    if pen.style.dark:
        top, low = "#e9c98a", "#6b3a2a"
    pen.wash(0, 0, view.width, view.height, top, low)
    for i in range(5):
        x = view.x(rng.uniform(0.05, 0.9))
        pen.fill(
            polygon([(x, -10), (x + 60, -10), (x + 190 - i * 30, view.height), (x + 20 - i * 30, view.height)]),
            "#f4fbf0",
            0.07,
        )
    p.land(pen, view, rng, view.y(0.82), "#c3b389", 0.5, 14)
    p.land(pen, view, rng, view.y(0.88), "#d3c194", 0.2, 10)
    for _ in range(8):
        x, hh = view.x(rng.random()), rng.uniform(60, 170)
        pen.stroke(
            f"M{x:.0f} {view.y(0.92):.0f}q-22 {-hh / 3:.0f} 0 {-hh / 2:.0f}t0 {-hh / 2:.0f}", 0.3, 2.2, "#4f7d5c", 0.9
        )
    for _ in range(3):
        thing(
            pen,
            "🪸",
            view.x(rng.choice((rng.uniform(0, 0.25), rng.uniform(0.75, 1)))),
            view.y(rng.uniform(0.9, 0.97)),
            70,
            depth=0.25,
            shadow=False,
        )
    for _ in range(6):
        thing(
            pen,
            rng.choice("🐟🐠"),
            view.x(rng.random()),
            view.y(rng.uniform(0.15, 0.7)),
            24 + 20 * rng.random(),
            depth=0.5,
            shadow=False,
            flip=rng.random() < 0.5,
        )
    for _ in range(16):
        r = rng.uniform(3, 9)
        pen.stroke(ellipse(view.x(rng.random()), view.y(rng.random()), r, r), 0.5, 0.5, "#e6f4f0", 0.7)
    return Ground(view.y(0.9), view.y(0.84), 0, water=view.y(0.5), afloat=True)


PLACES = {"sea": sea, "beach": beach, "island": island, "ship": ship, "harbour": harbour, "underwater": underwater}
