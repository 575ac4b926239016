"""Four-legged animals that the font has only as faces: a drawn body under that face. Own units: 1000 high, standing at (0, 0)."""

from __future__ import annotations

from shapely import unary_union

from .aliases import BEASTS
from .colour import darker, lighter
from .geometry import limb, path, soft
from .pen import Pen
from .things import glyph

COATS = {
    "fox": ("#d9772f", "#f4e6d2"),
    "wolf": ("#8f8d8f", "#dcd8d2"),
    "bear": ("#7a5236", "#b98d63"),
    "lion": ("#d7a548", "#8c5a2c"),
    "raccoon": ("#8c8a8a", "#403c40"),
}


def beast(pen: Pen, noun: str, depth: float = 0.0, run: bool = False) -> None:
    """Looks right; its tail to the left."""
    coat, tip = COATS[noun]
    stout = 1.35 if noun == "bear" else 1.0
    legs = (
        ((-330, -470), (-250, -150), (190, 430), (270, 120))
        if run
        else ((-300, -330), (-210, -190), (190, 180), (290, 310))
    )
    for i, (hip, foot) in enumerate(legs):
        far = i in (1, 3)
        leg = limb(
            [(hip, -380), ((hip + foot) / 2 - 20, -190), (foot, -34), (foot + 30, -26)],
            [88 * stout, 58 * stout, 38 * stout, 34 * stout],
        )
        pen.shape(path(soft(leg, 10)), darker(coat, 0.22) if far else coat, depth)
    if noun in ("fox", "wolf"):
        tail = limb([(-340, -430), (-520, -400), (-650, -300), (-720, -170)], [46, 88, 96, 24])
        pen.shape(path(soft(tail, 14)), coat, depth)
        pen.shape(path(limb([(-668, -270), (-722, -170)], [70, 22])), tip, depth, line=0.8)
    elif noun != "bear":
        pen.shape(path(limb([(-340, -430), (-540, -300), (-600, -130)], [34, 26, 22])), coat, depth)
        pen.shape(path(limb([(-600, -150), (-620, -60)], [52, 26])), tip, depth)
    body = unary_union(
        [
            limb([(-250, -420), (0, -400), (230, -450)], [150 * stout, 140 * stout, 160 * stout]),
            limb([(230, -470), (330, -640)], [130 * stout, 110]),
        ]
    )
    pen.shape(path(soft(body, 30)), coat, depth)
    pen.shape(
        path(soft(limb([(300, -470), (330, -600)], [70, 80]), 8)),
        lighter(coat, 0.45) if noun != "lion" else tip,
        depth,
        line=0,
    )
    glyph(pen, BEASTS[noun], 360, -500, 500, depth=depth, shadow=False)
