# ruff: noqa: E501 - path data reads better on one line
"""Things in the frame: the one that is large, those behind, those around."""

from __future__ import annotations

from . import aliases
from .geometry import ellipse, rect
from .scene import Thing
from .stage import Stage, feet_of, person_height
from .things import thing, width_of


def put_hero(stage: Stage, t: Thing, x: float, alone: bool) -> None:
    view, close = stage.view, stage.scene.framing == "close"
    ph = person_height(stage, len(stage.scene.actors))
    size = aliases.SIZES.get(t.ref, 0.34)
    h = (
        view.unit * (0.56 if close else 0.46 if stage.scene.framing == "medium" else 0.34)
        if alone
        else ph * min(0.9, max(0.3, size)) * (0.5 if close else 1.0)
    )
    h *= t.scale if not alone else 0.75 if t.scale < 1 else 1.1 if t.scale > 1 else 1.0
    h = min(h, view.width * (0.62 if alone else 0.36) / width_of(t.ref), view.height * 0.66)
    y = min(feet_of(stage, ph), view.height * 0.93) if not alone else min(stage.ground.near, view.height * 0.88)
    lift = 0.0
    if t.ref in aliases.IN_SKY:
        y = view.height * 0.34 + h / 2
    elif t.ref in aliases.ON_WATER and stage.ground.water and not stage.ground.inside:
        y = stage.ground.water + h * 0.55
    elif stage.ground.afloat:
        y = view.height * 0.6 + h / 2
    elif (t.ref in aliases.ON_TABLE or t.ref in aliases.IN_HAND) and stage.ground.inside and h < view.unit * 0.6:
        lift = min(view.unit * 0.24, ph * 0.42)
        top = min(y, view.height * 0.95)
        thing(stage.pen, "table", x, top, lift, depth=0.04)
        y = top - lift * 0.94
        h = min(h, ph * 0.5) if not alone else min(h, view.unit * 0.36)
    elif (
        (t.ref in aliases.ON_TABLE or t.ref in aliases.IN_HAND) and not alone and not close and not stage.ground.inside
    ):
        y -= _stump(stage, x, y, ph * 0.24)
    if t.ref in aliases.LIGHTS:
        stage.pen.glow(x, y - h * 0.6, h * 1.3, "#ffe0a0", 0.8)
    elif alone or stage.scene.mood == "wonder":
        stage.pen.glow(x, y - h * 0.5, h * 1.15, opacity=0.6)
    with stage.pen.in_light():
        box = thing(stage.pen, t.ref, x, y, h, shadow=t.ref not in aliases.IN_SKY and not stage.ground.afloat)
    stage.taken.append(box)
    if alone or stage.focus is None:
        stage.focus = (x, y - h * 0.5)


def _stump(stage: Stage, x: float, y: float, h: float) -> float:
    """Something low to put a small thing on out of doors. Gives how high its top is."""
    pen, w = stage.pen, h * 1.25
    pen.shadow(x, y, w * 1.1)
    if stage.scene.place in (
        "beach",
        "mountain",
        "cave",
        "desert",
        "harbour",
        "lighthouse",
        "street",
        "market",
        "town",
        "ship",
    ):
        pen.shape(rect(x - w * 0.6, y - h, w * 1.2, h), "#a98258")
        pen.stroke(
            f"M{x - w * 0.6:.0f} {y - h * 0.5:.0f}h{w * 1.2:.0f}M{x - w * 0.3:.0f} {y - h:.0f}v{h * 0.5:.0f}M{x + w * 0.2:.0f} {y - h * 0.5:.0f}v{h * 0.5:.0f}",
            times=0.7,
        )
        return h * 0.99
    pen.shape(
        f"M{x - w * 0.5:.0f} {y - h * 0.9:.0f}Q{x - w * 0.46:.0f} {y - h * 0.2:.0f} {x - w * 0.72:.0f} {y:.0f}H{x + w * 0.72:.0f}Q{x + w * 0.46:.0f} {y - h * 0.2:.0f} {x + w * 0.5:.0f} {y - h * 0.9:.0f}Z",
        "#86644a",
    )
    pen.shape(ellipse(x, y - h * 0.9, w * 0.5, h * 0.17), "#d3b285")
    pen.stroke(ellipse(x, y - h * 0.9, w * 0.26, h * 0.08), times=0.6, opacity=0.7)
    return h * 0.86


def behind(stage: Stage, t: Thing) -> None:
    """Large things stand in the middle distance, to a side."""
    view = stage.view
    x = view.x(stage.rng.choice((0.14, 0.86)) if stage.scene.actors else stage.rng.choice((0.3, 0.7)))
    h = min(view.unit * 0.3 * aliases.SIZES.get(t.ref, 1.2), view.unit * 0.62) * t.scale**0.5
    y = stage.ground.far
    if t.ref in aliases.ON_WATER and stage.ground.water:
        y = stage.ground.water + h * 0.3
    if t.ref in aliases.LIGHTS and (stage.view.night or stage.scene.weather in ("storm", "fog")):
        stage.pen.glow(x, y - h * 0.92, h * 0.6, "#fff0bd", 0.9)
    thing(stage.pen, t.ref, x, y, h, depth=0.3)


def secondary(stage: Stage, things: list[Thing], before: bool) -> None:
    """Small things: those of the air and of walls behind, the others in front, where there is room."""
    view = stage.view
    slots = [s for s in (0.09, 0.91, 0.2, 0.8, 0.5) if not _occupied(stage, view.x(s))] or [0.07, 0.93]
    for i, t in enumerate(things):
        back = t.ref in aliases.IN_SKY or t.ref in aliases.ON_WALL or t.ref in aliases.ON_WATER
        if back != before:
            continue
        h = view.unit * min(0.3, max(0.1, 0.26 * aliases.SIZES.get(t.ref, 0.42) ** 0.5)) * t.scale
        x = view.x((0.14, 0.84, 0.68, 0.3)[(i + view.variant) % 4]) if back else view.x(slots[i % len(slots)])
        if t.ref in aliases.IN_SKY or t.ref in aliases.ON_WALL:
            y = view.y(0.22 if t.ref in aliases.IN_SKY else 0.4) + h / 2
        elif t.ref in aliases.ON_WATER and stage.ground.water:
            y = stage.ground.water + h * 0.4
        else:
            y = min(view.height * 0.975, stage.ground.near + view.height * 0.05)
        if t.ref in aliases.LIGHTS:
            stage.pen.glow(x, y - h / 2, h * 1.5, "#ffe0a0", 0.7)
        thing(stage.pen, t.ref, x, y, h, depth=0.2 if back else 0.05, shadow=not back)


def _occupied(stage: Stage, x: float) -> bool:
    return any(b[0] - 20 < x < b[0] + b[2] + 20 for b in stage.taken)
