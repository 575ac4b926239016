"""Rooms of houses."""

from __future__ import annotations

from random import Random

from ..colour import lighter
from ..geometry import polygon, rect
from ..pen import Pen
from ..things import thing
from . import indoors as p
from .view import Ground, View

PAPERS = ("#e0c896", "#b9c7a4", "#dcab90", "#c0b2c8", "#d9c7a2", "#a9c0c4")


def ground(view: View, bottom: float) -> Ground:
    return Ground(view.y(0.91), max(bottom + view.height * 0.09, view.y(0.74)), view.y(0.1), inside=True)


def plain(
    pen: Pen, view: View, rng: Random, wall: str = "", floor: str = "#a87f57"
) -> tuple[float, float, float, float]:
    box = p.room(pen, view, wall or PAPERS[view.tone % len(PAPERS)], floor)
    p.lamp_glow(pen, view, view.x(0.5), view.y(0.3), 0.7)
    return box


def stripes(pen: Pen, box: tuple[float, float, float, float], step: float = 46) -> None:
    x = box[0] + step
    while x < box[1]:
        pen.stroke(f"M{x:.0f} {box[2]:.0f}V{box[3] - 14:.0f}", 0.75, 0.6, opacity=0.5)
        x += step


def room(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng)
    stripes(pen, box)
    w = view.unit * 0.24
    side = rng.choice((0.24, 0.76))
    p.window(pen, view, rng, view.x(side) - w / 2, view.y(0.16), w, w * 1.25)
    if view.variant % 2:
        p.curtains(pen, view.x(side) - w / 2, view.y(0.16), w, w * 1.25, rng.choice(("#a2553f", "#6f8a73", "#6d6a8a")))
    p.door(pen, view.x(1 - side) - w * 0.38, box[3], w * 0.76, w * 1.6)
    thing(pen, "🖼", view.x(0.5), view.y(0.34), view.unit * 0.12, depth=0.35, shadow=False)
    p.rug(pen, view.x(0.5), view.y(0.86), view.unit * 0.42, rng.choice(("#a2665a", "#6f8a86", "#b08a5c")))
    return ground(view, box[3])


def living_room(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng)
    stripes(pen, box)
    x = view.x(rng.choice((0.22, 0.78)))
    w = view.unit * 0.3
    pen.shape(rect(x - w * 0.62, box[3] - w * 1.0, w * 1.24, w), "#9a8f82", 0.22)
    pen.shape(rect(x - w * 0.72, box[3] - w * 1.1, w * 1.44, w * 0.12), "#7d5a3e", 0.2)
    pen.shape(
        f"M{x - w * 0.36:.0f} {box[3]:.0f}v{-w * 0.5:.0f}q{w * 0.36:.0f} {-w * 0.3:.0f} {w * 0.72:.0f} 0v{w * 0.5:.0f}Z",
        "#3d302c",
        0.2,
    )
    pen.glow(x, box[3] - w * 0.15, view.unit * 0.42, "#ffb25e", 0.75)
    thing(pen, "🔥", x, box[3] - 4, w * 0.46, depth=0.05, shadow=False)
    thing(pen, "🕰", x, box[3] - w * 1.1, w * 0.32, depth=0.22, shadow=False)
    far = view.width - x
    ww = view.unit * 0.22
    p.window(pen, view, rng, far - ww / 2, view.y(0.16), ww, ww * 1.3)
    p.curtains(pen, far - ww / 2, view.y(0.16), ww, ww * 1.3, rng.choice(("#8c4a42", "#5f7a6a", "#6d6a8a")))
    p.rug(pen, view.x(0.5), view.y(0.87), view.unit * 0.46, "#a2665a")
    return ground(view, box[3])


def bedroom(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng, ("#b5bcc4", "#c9b3a6", "#b9c0a8")[view.tone % 3])
    w = view.unit * 0.22
    side = rng.choice((0.26, 0.74))
    p.window(pen, view, rng, view.x(side) - w / 2, view.y(0.15), w, w * 1.3)
    p.curtains(pen, view.x(side) - w / 2, view.y(0.15), w, w * 1.3, "#8a93ad")
    if not view.bare:
        bed(pen, view, view.x(1 - side), box[3] + view.height * 0.1, view.unit * 0.5, flip=side < 0.5)
    thing(pen, "🖼", view.x(0.5), view.y(0.32), view.unit * 0.1, depth=0.35, shadow=False)
    p.rug(pen, view.x(0.5), view.y(0.88), view.unit * 0.34, "#8fa0a8")
    return ground(view, box[3])


def bed(pen: Pen, view: View, x: float, y: float, w: float, flip: bool) -> None:
    with pen.group(x, y, 1, 0, flip):
        pen.shape(rect(-w * 0.55, -w * 0.5, w * 0.07, w * 0.5), "#86603f", 0.15)
        pen.shape(rect(w * 0.5, -w * 0.32, w * 0.06, w * 0.32), "#86603f", 0.15)
        pen.shape(rect(-w * 0.5, -w * 0.24, w * 1.02, w * 0.14), "#efe9dc", 0.12)
        pen.shape(
            f"M{-w * 0.46:.0f} {-w * 0.24:.0f}q{w * 0.02:.0f} {-w * 0.13:.0f} {w * 0.14:.0f} {-w * 0.12:.0f}q{w * 0.13:.0f} 0 {w * 0.13:.0f} {w * 0.12:.0f}Z",
            "#fbf8f0",
            0.1,
        )
        pen.shape(
            f"M{-w * 0.2:.0f} {-w * 0.25:.0f}Q{w * 0.1:.0f} {-w * 0.33:.0f} {w * 0.5:.0f} {-w * 0.25:.0f}V{-w * 0.05:.0f}H{-w * 0.24:.0f}Z",
            "#8a5c5c",
            0.12,
        )


def kitchen(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, ("#d3c29e", "#b9c0a8", "#c9b49a")[view.tone % 3], "#b59a7c", tiles=True)
    p.lamp_glow(pen, view, view.x(0.3), view.y(0.5))
    side = rng.choice((0.2, 0.8))
    thing(pen, "stove", view.x(side), box[3] + view.height * 0.06, view.unit * 0.46, depth=0.2)
    thing(
        pen,
        "🍲",
        view.x(side) + 30,
        box[3] + view.height * 0.06 - view.unit * 0.29,
        view.unit * 0.12,
        depth=0.15,
        shadow=False,
    )
    w = view.unit * 0.2
    p.window(pen, view, rng, view.x(0.5) - w / 2, view.y(0.16), w, w * 1.2)
    x, ww = view.x(1 - side), view.unit * 0.42
    for i in range(2):
        y = view.y(0.24) + i * view.unit * 0.15
        pen.shape(rect(x - ww / 2, y, ww, 9), "#86603f", 0.25, line=0.8)
        for k in range(4):
            thing(
                pen,
                "🏺🫖🥣☕🍽🫙"[(k + i * 2 + view.variant) % 6],
                x - ww * 0.36 + ww * 0.24 * k,
                y,
                view.unit * 0.085,
                depth=0.28,
                shadow=False,
            )
    pen.shape(rect(x - ww * 0.55, box[3] - view.unit * 0.17, ww * 1.1, view.unit * 0.19), "#a07a54", 0.22)
    pen.shape(rect(x - ww * 0.6, box[3] - view.unit * 0.19, ww * 1.2, 14), "#c4a57e", 0.2)
    return ground(view, box[3])


def dining_room(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng)
    stripes(pen, box, 60)
    w = view.unit * 0.2
    for k in (0.25, 0.75):
        p.window(pen, view, rng, view.x(k) - w / 2, view.y(0.14), w, w * 1.3)
        p.curtains(pen, view.x(k) - w / 2, view.y(0.14), w, w * 1.3, "#8c4a42")
    thing(pen, "table", view.x(0.5), view.y(0.8), view.unit * 0.22, depth=0.18)
    y = view.y(0.8) - view.unit * 0.205
    for k, char in ((-0.3, "🍽"), (-0.15, "🍷"), (0.0, "🕯"), (0.16, "🍞"), (0.3, "🫖")):
        thing(pen, char, view.x(0.5) + view.unit * k, y, view.unit * 0.09, depth=0.15, shadow=False)
    pen.glow(view.x(0.5), y - 50, view.unit * 0.35, "#ffd890", 0.6)
    return Ground(view.y(0.93), view.y(0.8), view.y(0.1), inside=True)


def library(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng, "#a98f70")
    wide = view.width > view.height
    w = view.width * (0.24 if wide else 0.3)
    for x in (box[0] + 6, box[1] - w - 6):
        p.shelves(pen, view, rng, x, view.y(0.08), w, box[3] - view.y(0.08))
    p.window(
        pen, view, rng, view.x(0.5) - view.unit * 0.12, view.y(0.14), view.unit * 0.24, view.unit * 0.34, round_top=True
    )
    thing(pen, "🪜", box[1] - w - 14, box[3] + 20, view.unit * 0.4, depth=0.2)
    p.rug(pen, view.x(0.5), view.y(0.87), view.unit * 0.44, "#7c5a5a")
    return ground(view, box[3])


def attic(pen: Pen, view: View, rng: Random) -> Ground:
    pen.shape(rect(-20, -20, view.width + 40, view.height + 40), "#7d654f", 0.3, line=0)
    back = [
        (view.x(0.18), view.y(0.64)),
        (view.x(0.18), view.y(0.42)),
        (view.x(0.5), view.y(0.06)),
        (view.x(0.82), view.y(0.42)),
        (view.x(0.82), view.y(0.64)),
    ]
    pen.shape(polygon(back), "#b59a78", 0.25)
    pen.shape(
        polygon(
            [
                (view.x(0.18), view.y(0.64)),
                (view.x(0.82), view.y(0.64)),
                (view.width + 30, view.height + 20),
                (-30, view.height + 20),
            ]
        ),
        "#9c7a56",
        0.12,
    )
    for k in (0.0, 0.5, 1.0):
        pen.stroke(f"M{view.x(0.5):.0f} {view.y(0.06):.0f}L{view.x(k):.0f} -20", 0.2, 1.8)
    for k in (0.3, 0.4, 0.6, 0.7):
        pen.stroke(
            f"M{view.x(k):.0f} {view.y(0.64):.0f}L{view.x(0.5 + (k - 0.5) * 3):.0f} {view.height + 20:.0f}",
            0.5,
            0.6,
            opacity=0.7,
        )
    r = view.unit * 0.085
    pen.glow(view.x(0.5), view.y(0.3), view.unit * 0.5, "#fff0cb", 0.5)
    p.window(pen, view, rng, view.x(0.5) - r, view.y(0.22), 2 * r, 2 * r, round_top=True)
    for x, ref, s in ((0.1, "chest", 0.14), (0.22, "🧳", 0.14), (0.8, "📦", 0.17), (0.92, "🪞", 0.28)):
        thing(pen, ref, view.x(x), view.y(0.74), view.unit * s, depth=0.25)
    return Ground(view.y(0.91), view.y(0.76), view.y(0.1), inside=True)


def stairs(pen: Pen, view: View, rng: Random) -> Ground:
    box = plain(pen, view, rng)
    x0, n = view.x(0.4), 9
    for i in range(n):
        w, h = view.width * 0.066, (box[3] - view.y(0.12)) / n
        pen.shape(
            rect(x0 + w * i, box[3] - h * (i + 1), view.width - x0, h * (i + 1)),
            lighter("#86603f", 0.03 * i),
            0.22,
            line=0.8,
        )
    pen.stroke(f"M{x0:.0f} {box[3] - 90:.0f}L{x0 + view.width * 0.6:.0f} {view.y(0.12) - 90:.0f}", 0.15, 1.6)
    w = view.unit * 0.2
    p.window(pen, view, rng, view.x(0.2) - w / 2, view.y(0.18), w, w * 1.3)
    return ground(view, box[3])


PLACES = {
    "room": room, "living room": living_room, "bedroom": bedroom, "kitchen": kitchen, "dining room": dining_room, "library": library, "attic": attic,
    "stairs": stairs, "lighthouse room": room,
}  # fmt: skip
