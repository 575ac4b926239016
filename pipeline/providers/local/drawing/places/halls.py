# ruff: noqa: E501 - path data reads better on one line
"""Public places under a roof: halls, churches, shops, prisons."""

from __future__ import annotations

from random import Random

from ..colour import darker
from ..geometry import ellipse, polygon, rect
from ..pen import Pen
from ..things import thing
from . import indoors as p
from . import rooms
from .view import Ground, View


def shop(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, "#c2ab86")
    w = view.width * 0.3
    goods = rng.choice(("🏺🫖🧺🫙☕", "🍞🥧🧀🫙🍯", "🧸🪁🥁🪆🎁"))
    for x in (box[0] + 6, box[1] - w - 6):
        p.shelves(pen, view, rng, x, view.y(0.1), w, box[3] - view.y(0.1), goods, 4)
    y = view.y(0.76)
    pen.shape(rect(view.x(0.3), y - view.unit * 0.17, view.width * 0.4, view.unit * 0.19), "#8a6242", 0.2)
    pen.shape(rect(view.x(0.28), y - view.unit * 0.19, view.width * 0.44, 15), "#b08a5c", 0.18)
    return Ground(view.y(0.93), view.y(0.8), view.y(0.1), inside=True)


def school(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, "#c3b894")
    w, h = view.unit * 0.52, view.unit * 0.28
    pen.shape(rect(view.x(0.5) - w / 2 - 9, view.y(0.15) - 9, w + 18, h + 18), "#9a7048", 0.22)
    pen.shape(rect(view.x(0.5) - w / 2, view.y(0.15), w, h), "#3f5a4c", 0.2, line=0.7)
    pen.stroke(f"M{view.x(0.5) - w * 0.3:.0f} {view.y(0.15) + h * 0.7:.0f}q40 -60 80 0t80 0", 0.4, 0.8, "#e8e8dc", 0.8)
    pen.stroke(ellipse(view.x(0.5) + w * 0.26, view.y(0.15) + h * 0.45, h * 0.22, h * 0.22), 0.4, 0.8, "#e8e8dc", 0.8)
    side = rng.choice((0.14, 0.86))
    p.window(pen, view, rng, view.x(side) - view.unit * 0.08, view.y(0.15), view.unit * 0.16, view.unit * 0.28)
    thing(pen, "🌍", view.x(1 - side), box[3] - 4, view.unit * 0.18, depth=0.25, shadow=False)
    for i in range(4):
        thing(pen, "table", view.x(0.14 + 0.24 * i), view.y(0.76), view.unit * 0.12, depth=0.25)
    return Ground(view.y(0.93), view.y(0.82), view.y(0.1), inside=True)


def laboratory(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, ("#9aa39a", "#a39684", "#8f9aa3")[view.tone % 3])
    x, ww = view.x(0.5), view.unit * 0.9
    for i in range(2):
        y = view.y(0.2) + i * view.unit * 0.15
        pen.shape(rect(x - ww / 2, y, ww, 9), "#74563c", 0.25, line=0.8)
        for k in range(8):
            ref = ("⚗", "🧪", "flask", "bottle", "📚", "jar", "🔭", "⚙")[(k * 3 + i + view.variant) % 8]
            thing(pen, ref, x - ww * 0.43 + ww * 0.123 * k, y, view.unit * 0.095, depth=0.3, shadow=False)
    side = rng.choice((0.16, 0.84))
    p.window(pen, view, rng, view.x(side) - view.unit * 0.08, view.y(0.44), view.unit * 0.16, view.unit * 0.18)
    pen.shape(rect(view.x(0.18), box[3] - view.unit * 0.1, view.width * 0.64, 18), "#a07a54", 0.2)
    for leg in (0.2, 0.78):
        pen.shape(rect(view.x(leg), box[3] - view.unit * 0.1 + 18, 18, view.unit * 0.14), "#86603f", 0.22)
    return rooms.ground(view, box[3])


def hall(pen: Pen, view: View, rng: Random) -> Ground:
    """A long low hall with doors all round, or pillars, or lamps: by variant."""
    wall = ("#cfb48c", "#b3b897", "#c9a08e", "#a8aebb")[view.tone % 4]
    box = p.room(pen, view, wall, "#b89a76", deep=0.6, tiles=view.variant % 2 == 0, boards=view.variant % 2 == 1)
    kind = view.variant % 3
    n = 5 if view.width > view.height else 3
    step = (box[1] - box[0]) / n
    for i in range(n):
        x = box[0] + step * (i + 0.5)
        h = view.unit * 0.3
        if kind == 1 and i % 2:
            pen.shape(rect(x - 15, box[2], 30, box[3] - box[2]), "#c9bca4", 0.25)
            continue
        tint = ("#9a6540", "#7c5a44", "#8a4f42", "#6f7a5c")[(i + view.tone) % 4]
        p.door(pen, x - h * 0.24, box[3], h * 0.48, h, tint)
    for i in range(n + 1 if kind != 2 else 2):
        x = box[0] + step * i if kind != 2 else view.x(0.3 + 0.4 * i)
        pen.glow(x, view.y(0.22), view.unit * 0.17, "#ffdf9a", 0.8)
        pen.stroke(f"M{x:.0f} -10V{view.y(0.15):.0f}", 0.3, 0.8)
        thing(pen, "lantern" if kind == 0 else "🕯", x, view.y(0.24), view.unit * 0.09, depth=0.2, shadow=False)
    _furnish(pen, view, rng, box)
    for side in (0, 1):
        x0, x1 = (-40.0, box[0]) if side == 0 else (view.width + 40, box[1])
        xm = x0 + (x1 - x0) * 0.58
        k = (xm - x0) / (x1 - x0)
        top = view.y(0.2) + (box[3] - view.unit * 0.3 - view.y(0.2)) * k
        low = view.height + 20 + (box[3] - view.height - 20) * k
        pen.shape(polygon([(x0, view.y(0.16)), (xm, top), (xm, low), (x0, view.height + 20)]), "#86603f", 0.2)
    return rooms.ground(view, box[3])


def _furnish(pen: Pen, view: View, rng: Random, box: tuple[float, float, float, float]) -> None:
    """One thing more in the hall, by variant."""
    x = view.x(rng.choice((0.24, 0.76)))
    kind = view.variant % 5
    if kind == 0:
        p.rug(pen, view.x(0.5), view.y(0.84), view.unit * 0.6, "#8c4a42")
    elif kind == 1:
        spots = [
            (view.x(0.42), box[3]),
            (view.x(0.58), box[3]),
            (view.x(0.8), view.height + 20),
            (view.x(0.2), view.height + 20),
        ]
        pen.shape(polygon(spots), "#9c3a3a", 0.15)
    elif kind == 2:
        p.curtains(pen, x - view.unit * 0.16, box[3] - view.unit * 0.36, view.unit * 0.32, view.unit * 0.34, "#7a5a8c")
    elif kind == 3:
        thing(pen, "🪞", x, box[3] + 8, view.unit * 0.34, depth=0.25)
    else:
        thing(pen, "🪴", x, box[3] + 20, view.unit * 0.2, depth=0.2)
        thing(pen, "🪑", view.width - x, box[3] + 22, view.unit * 0.22, depth=0.2)


def church(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#b3ab9c", "#a0978a", tiles=True)
    for k in (0.22, 0.5, 0.78):
        w = view.unit * (0.16 if k == 0.5 else 0.12)
        x, y, h = view.x(k) - w / 2, view.y(0.1), view.unit * 0.4
        pen.glow(x + w / 2, y + h / 2, view.unit * 0.3, "#fff0cb", 0.5)
        d = f"M{x:.0f} {y + h:.0f}v{-h * 0.62:.0f}Q{x:.0f} {y + h * 0.1:.0f} {x + w / 2:.0f} {y:.0f}Q{x + w:.0f} {y + h * 0.1:.0f} {x + w:.0f} {y + h * 0.38:.0f}v{h * 0.62:.0f}Z"
        pen.shape(d, "#8fb0b8", 0.15)
        with pen.clip(d):
            for i in range(6):
                pen.shape(
                    polygon(
                        [
                            (x, y + h * i / 6),
                            (x + w, y + h * (i + 1) / 6),
                            (x + w, y + h * (i + 1.6) / 6),
                            (x, y + h * (i + 0.6) / 6),
                        ]
                    ),
                    ("#b8655a", "#d8b55a", "#6f86b0")[i % 3],
                    0.1,
                    line=0.6,
                )
    for k in (0.06, 0.36, 0.64, 0.94):
        pen.shape(rect(view.x(k) - 16, -20, 32, box[3] + 40), "#c5bdae", 0.2)
    for i in range(4):
        pen.shape(rect(view.x(0.08 + 0.24 * i), view.y(0.7), view.width * 0.13, view.unit * 0.09), "#86603f", 0.2)
    return Ground(view.y(0.92), view.y(0.8), view.y(0.1), inside=True)


def courtroom(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, "#a88c6c")
    x, w = view.x(0.5), view.unit * 0.5
    for i in range(9):
        k = box[0] + (box[1] - box[0]) * i / 9
        pen.stroke(rect(k + 8, view.y(0.36), (box[1] - box[0]) / 9 - 16, box[3] - view.y(0.38)), 0.4, 0.7)
    pen.shape(rect(x - w * 0.32, view.y(0.12), w * 0.64, view.y(0.3)), "#7c3f36", 0.25)
    pen.shape(rect(x - w * 0.7, box[3] - view.unit * 0.2, w * 1.4, view.unit * 0.26), "#86603f", 0.18)
    pen.shape(rect(x - w * 0.76, box[3] - view.unit * 0.23, w * 1.52, 20), "#a07a54", 0.15)
    thing(pen, "⚖", x, box[3] - view.unit * 0.23, view.unit * 0.15, depth=0.2, shadow=False)
    for k in (0.06, 0.94):
        pen.shape(rect(view.x(k) - view.unit * 0.12, view.y(0.64), view.unit * 0.24, view.unit * 0.16), "#96704c", 0.18)
    return Ground(view.y(0.93), view.y(0.8), view.y(0.1), inside=True)


def palace(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#b98a7a", "#c9b594", tiles=True)
    for k in (0.14, 0.3, 0.7, 0.86):
        pen.shape(rect(view.x(k) - 18, box[2], 36, box[3] - box[2]), "#e6dcc4", 0.22)
        pen.shape(rect(view.x(k) - 26, box[3] - 20, 52, 20), "#d6c9ac", 0.2)
    pen.shape(
        polygon(
            [
                (view.x(0.44), box[3]),
                (view.x(0.56), box[3]),
                (view.x(0.7), view.height + 20),
                (view.x(0.3), view.height + 20),
            ]
        ),
        "#9c3a3a",
        0.12,
    )
    w = view.unit * 0.2
    x = view.x(0.5)
    pen.glow(x, view.y(0.3), view.unit * 0.5, "#ffe6a8", 0.6)
    pen.shape(
        f"M{x - w / 2:.0f} {box[3]:.0f}v{-w * 1.5:.0f}q{w / 2:.0f} {-w * 0.7:.0f} {w:.0f} 0v{w * 1.5:.0f}Z",
        "#c9a24c",
        0.18,
    )
    pen.shape(rect(x - w * 0.36, box[3] - w * 1.4, w * 0.72, w * 1.4), "#9c3a3a", 0.18)
    thing(pen, "👑", x, box[3] - w * 1.62, w * 0.5, depth=0.15, shadow=False)
    return rooms.ground(view, box[3])


def prison(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#8a857c", "#7d766b", boards=False)
    _stones(pen, rng, box)
    w = view.unit * 0.16
    x = view.x(rng.choice((0.3, 0.7)))
    pen.glow(x + w / 2, view.y(0.2), view.unit * 0.34, "#fff0cb", 0.5)
    p.window(pen, view, rng, x, view.y(0.14), w, w * 0.9)
    for i in range(1, 5):
        pen.stroke(f"M{x + w * i / 5:.0f} {view.y(0.14):.0f}v{w * 0.9:.0f}", 0.1, 1.4)
    thing(pen, "⛓", view.width - x, view.y(0.5), view.unit * 0.18, depth=0.3, shadow=False)
    return rooms.ground(view, box[3])


def _stones(pen: Pen, rng: Random, box: tuple[float, float, float, float]) -> None:
    row, y = 0, float(box[2])
    while y < box[3]:
        x = box[0] - (row % 2) * 40.0
        while x < box[1]:
            if rng.random() < 0.5 and x > box[0]:
                pen.stroke(f"M{x:.0f} {y:.0f}v{min(38, box[3] - y):.0f}M{x:.0f} {y:.0f}h50", 0.6, 0.6, opacity=0.7)
            x += 84
        y, row = y + 40, row + 1


def cellar(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#857a6d", "#766a5c", boards=False)
    _stones(pen, rng, box)
    for x, s in ((0.1, 0.24), (0.2, 0.2), (0.84, 0.24), (0.93, 0.2)):
        thing(pen, "barrel", view.x(x), view.y(0.74), view.unit * s, depth=0.25)
    pen.glow(view.x(0.5), view.y(0.22), view.unit * 0.4, "#ffcf85", 0.8)
    thing(pen, "lantern", view.x(0.5), view.y(0.3), view.unit * 0.12, depth=0.1, shadow=False)
    pen.stroke(f"M{view.x(0.5):.0f} -10V{view.y(0.19):.0f}", 0.2, 0.9)
    return rooms.ground(view, box[3])


def inn(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, "#b3946c")
    for k in (0.1, 0.36, 0.64, 0.9):
        pen.shape(rect(view.x(k) - 10, box[2], 20, box[3] - box[2]), "#74563c", 0.25, line=0.8)
    pen.shape(rect(-20, view.y(0.05), view.width + 40, 24), "#74563c", 0.2)
    w = view.unit * 0.22
    p.window(pen, view, rng, view.x(0.23) - w / 2, view.y(0.18), w, w)
    x, ww = view.x(0.76), view.unit * 0.36
    for i in range(2):
        pen.shape(rect(x - ww / 2, view.y(0.26) + i * view.unit * 0.13, ww, 9), "#86603f", 0.25, line=0.8)
        for k in range(4):
            thing(
                pen,
                ("bottle", "🍺", "🏺", "🍷")[(k + i) % 4],
                x - ww * 0.36 + ww * 0.24 * k,
                view.y(0.26) + i * view.unit * 0.13,
                view.unit * 0.085,
                depth=0.28,
                shadow=False,
            )
    thing(pen, "table", view.x(0.3), view.y(0.78), view.unit * 0.17, depth=0.2)
    thing(pen, "🍺", view.x(0.28), view.y(0.78) - view.unit * 0.158, view.unit * 0.08, depth=0.15, shadow=False)
    thing(pen, "barrel", view.x(0.92), view.y(0.77), view.unit * 0.22, depth=0.2)
    return Ground(view.y(0.93), view.y(0.8), view.y(0.1), inside=True)


def barn(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#a5835c", "#c9ad78", boards=False)
    rooms.stripes(pen, box, 40)
    pen.shape(polygon([(box[0], box[2]), (box[1], box[2]), (view.x(0.5), -60)]), "#8a6a48", 0.25)
    w = view.unit * 0.36
    p.window(pen, view, rng, view.x(0.5) - w / 2, box[3] - w * 1.05, w, w)
    for x in (0.1, 0.2, 0.86, 0.95):
        pen.shape(f"M{view.x(x) - 60:.0f} {view.y(0.75):.0f}q0 -90 64 -90t64 90Z", "#dcbc6a", 0.2)
    thing(pen, "🪜", view.x(0.82), view.y(0.66), view.unit * 0.44, depth=0.25)
    return rooms.ground(view, box[3])


def train(pen: Pen, view: View, rng: Random) -> Ground:
    box = rooms.plain(pen, view, rng, "#8f7a5c")
    for k in (0.2, 0.5, 0.8):
        w = view.unit * 0.26
        p.window(pen, view, rng, view.x(k) - w / 2, view.y(0.18), w, w * 0.8)
    for x in (0.08, 0.92):
        pen.shape(rect(view.x(x) - view.unit * 0.16, view.y(0.5), view.unit * 0.32, view.unit * 0.3), "#7c3f36", 0.16)
    return rooms.ground(view, box[3])


def hospital(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, "#d9dcd2", "#b9b3a6", tiles=True)
    for k in (0.2, 0.8):
        w = view.unit * 0.18
        p.window(pen, view, rng, view.x(k) - w / 2, view.y(0.15), w, w * 1.2)
        rooms.bed(pen, view, view.x(k), box[3] + view.height * 0.07, view.unit * 0.4, flip=k > 0.5)
    return rooms.ground(view, box[3])


def museum(pen: Pen, view: View, rng: Random) -> Ground:
    box = p.room(pen, view, ("#a9b3a8", "#b3a2a0")[view.tone % 2], "#a3906f")
    for i, k in enumerate((0.22, 0.5, 0.78)):
        thing(pen, "🖼", view.x(k), view.y(0.42), view.unit * (0.2 if i == 1 else 0.15), depth=0.25, shadow=False)
        pen.glow(view.x(k), view.y(0.3), view.unit * 0.22, "#fff0cb", 0.45)
    for k, ref in ((0.08, "🗿"), (0.92, "🏺")):
        pen.shape(rect(view.x(k) - 40, view.y(0.6), 80, view.y(0.14)), darker("#c9bfae", 0.05), 0.2)
        thing(pen, ref, view.x(k), view.y(0.6), view.unit * 0.2, depth=0.2, shadow=False)
    return rooms.ground(view, box[3])


PLACES = {
    "shop": shop, "school": school, "laboratory": laboratory, "hall": hall, "church": church, "courtroom": courtroom, "palace": palace, "prison": prison,
    "cellar": cellar, "inn": inn, "barn": barn, "train": train, "hospital": hospital, "museum": museum,
}  # fmt: skip
