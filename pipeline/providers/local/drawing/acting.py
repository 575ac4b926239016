# ruff: noqa: E501 - path data reads better on one line
"""People and animals in the frame: what they rest on, how they move, where their faces are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from . import aliases
from .colour import mix
from .figure import Figure
from .geometry import ellipse, rect
from .scene import Actor
from .stage import Stage, feet_of, person_height
from .things import thing


def act(stage: Stage, actor: Actor, x: float, flip: bool, index: int) -> None:
    count = len(stage.scene.actors)
    height = person_height(stage, count) * actor.outfit.size * actor.scale * (1.0 if not actor.outfit.child else 0.86)
    feet = feet_of(stage, height) - (0 if index == 0 else stage.view.height * 0.012 * index)
    if actor.ref:
        _animal(stage, actor, x, feet, height, flip, index)
        return
    pose = actor.pose
    feet = _lifted(stage, pose.rest, feet, height)
    figure = Figure(actor.outfit, pose, actor.face, actor.face_char)
    s = height / 1000
    if pose.rest not in ("air", "water") and stage.scene.framing != "close" and not stage.ground.afloat:
        stage.pen.shadow(x, feet, height * (0.24 if pose.rest != "lie" else 0.55))
    _seat(stage, actor, figure, x, feet, s, flip)
    if pose.speed:
        _speed(stage, x, feet, height, flip)
    if pose.rest == "air" and actor.verb == "fall":
        _falling(stage, x, feet, height)
    turn = -pose.turn if flip else pose.turn
    lie = pose.rest == "lie"
    ox, oy = (x + (0.42 if not flip else -0.42) * height, feet - 0.06 * height) if lie else (x, feet)
    with (
        stage.pen.in_light(),
        _above_water(stage, pose.rest == "water", feet - height * 0.12),
        stage.pen.group(ox, oy, s, turn, flip),
    ):
        figure.draw(stage.pen, actor.held)
    if lie:
        _blanket(stage, x, feet, height)
    _note(stage, figure, ox, oy, s, turn, flip, index)
    if pose.rest == "water":
        _ripples(stage, x, feet - height * 0.12, height * 0.8)
    stage.taken.append((x - height * 0.22, feet - height, height * 0.44, height))


@contextmanager
def _above_water(stage: Stage, wet: bool, y: float) -> Iterator[None]:
    """Only what is above the water line shows."""
    if not wet or stage.scene.place == "underwater":
        yield
        return
    with stage.pen.clip(rect(-50, -50, stage.view.width + 100, y + 50)):
        yield


def _lifted(stage: Stage, rest: str, feet: float, height: float) -> float:
    if rest == "air":
        return min(feet, stage.view.height * 0.5 + height * 0.46)
    if rest == "lie" and stage.ground.inside:
        return min(feet, stage.view.height * 0.8)
    if rest == "water":
        return (stage.ground.water or feet) + height * 0.28
    if stage.ground.afloat and stage.scene.place != "underwater":
        return feet + (height * 0.1 if stage.scene.place == "sea" else 0)
    return feet


def _note(stage: Stage, figure: Figure, x: float, y: float, s: float, turn: float, flip: bool, index: int) -> None:
    """Where the head came to stand in the frame."""
    hx, hy = figure.head_centre
    hy -= figure.j.low
    hx = -hx if flip else hx
    a = math.radians(turn)
    cx, cy = x + s * (hx * math.cos(a) - hy * math.sin(a)), y + s * (hx * math.sin(a) + hy * math.cos(a))
    r = figure.build.head * s * 0.62
    stage.faces.append((cx - r, cy - r, 2 * r, 2 * r))
    if index == 0:
        stage.focus = (cx, cy + r * 0.3)


def _seat(stage: Stage, actor: Actor, figure: Figure, x: float, feet: float, s: float, flip: bool) -> None:
    """Something to sit on: a chair or bench indoors, a rock or log outside, a boat on the water, a bed to lie on."""
    pen = stage.pen
    if actor.pose.rest == "seat" and stage.scene.framing != "close":
        top = feet - figure.j.low * s + 60 * s
        wide = 240 * s
        if stage.ground.afloat or actor.verb == "row":
            _boat(stage, x, top, wide * 2.6, flip)
        elif stage.ground.inside:
            pen.shape(rect(x - wide * 0.62, top, wide * 1.05, 30 * s), "#9a7048")
            for k in (-0.56, 0.3):
                pen.shape(rect(x + wide * k, top + 30 * s, 26 * s, feet - top - 30 * s), "#86603f")
            side = 0.36 if flip else -0.62
            pen.shape(rect(x + wide * side, top - 270 * s, 26 * s, 280 * s), "#86603f")
        else:
            d = f"M{x - wide * 0.8:.0f} {feet + 4:.0f}Q{x - wide * 0.85:.0f} {top:.0f} {x - wide * 0.3:.0f} {top:.0f}T{x + wide * 0.3:.0f} {top + 8 * s:.0f}Q{x + wide * 0.62:.0f} {top + 30 * s:.0f} {x + wide * 0.55:.0f} {feet + 4:.0f}Z"
            pen.shadow(x, feet, wide * 1.1)
            pen.shape(d, "#a39c92")
            pen.stroke(
                f"M{x - wide * 0.4:.0f} {(top + feet) / 2:.0f}q{wide * 0.2:.0f} {wide * 0.1:.0f} {wide * 0.1:.0f} {wide * 0.26:.0f}",
                times=0.8,
                opacity=0.7,
            )
    if actor.pose.rest == "lie" and stage.ground.inside:
        _bed(stage, x, feet, 1000 * s, flip)


def _bed(stage: Stage, x: float, feet: float, h: float, flip: bool) -> None:
    """A bed along the frame: headboard where the head comes to lie."""
    side = -1 if not flip else 1
    pen = stage.pen
    pen.shadow(x, feet + h * 0.26, h * 0.8)
    pen.shape(rect(x + side * h * 0.72 - h * 0.03, feet - h * 0.36, h * 0.06, h * 0.62), "#86603f")
    pen.shape(rect(x - side * h * 0.66 - h * 0.03, feet - h * 0.16, h * 0.06, h * 0.42), "#86603f")
    pen.shape(rect(x - h * 0.68, feet + h * 0.08, h * 1.37, h * 0.1), "#a07a54")
    pen.shape(rect(x - h * 0.68, feet - h * 0.02, h * 1.37, h * 0.11), "#f3eee2")
    pen.shape(ellipse(x + side * h * 0.52, feet - h * 0.06, h * 0.17, h * 0.07), "#fbf8f0")


def _blanket(stage: Stage, x: float, feet: float, h: float) -> None:
    if not stage.ground.inside:
        return
    d = f"M{x - h * 0.22:.0f} {feet - h * 0.13:.0f}Q{x + h * 0.2:.0f} {feet - h * 0.24:.0f} {x + h * 0.64:.0f} {feet - h * 0.06:.0f}V{feet + h * 0.12:.0f}H{x - h * 0.26:.0f}Z"
    stage.pen.shape(d, "#7f93a8")
    stage.pen.stroke(
        f"M{x:.0f} {feet - h * 0.1:.0f}q{h * 0.03:.0f} {h * 0.1:.0f} 0 {h * 0.2:.0f}M{x + h * 0.3:.0f} {feet - h * 0.1:.0f}q{h * 0.03:.0f} {h * 0.1:.0f} 0 {h * 0.2:.0f}",
        times=0.7,
        opacity=0.6,
    )


def _boat(stage: Stage, x: float, top: float, w: float, flip: bool) -> None:
    d = f"M{x - w / 2:.0f} {top - w * 0.06:.0f}Q{x:.0f} {top + w * 0.03:.0f} {x + w / 2:.0f} {top - w * 0.08:.0f}Q{x + w * 0.4:.0f} {top + w * 0.2:.0f} {x + w * 0.2:.0f} {top + w * 0.2:.0f}H{x - w * 0.24:.0f}Q{x - w * 0.44:.0f} {top + w * 0.18:.0f} {x - w / 2:.0f} {top - w * 0.06:.0f}Z"
    stage.pen.shape(d, "#9a6a44")
    stage.pen.stroke(
        f"M{x - w * 0.46:.0f} {top + w * 0.03:.0f}Q{x:.0f} {top + w * 0.1:.0f} {x + w * 0.46:.0f} {top + w * 0.01:.0f}",
        times=0.8,
    )
    _ripples(stage, x, top + w * 0.19, w)


def _ripples(stage: Stage, x: float, y: float, w: float) -> None:
    for k, dy in ((0.5, 0), (0.64, 9), (0.42, 18)):
        stage.pen.stroke(
            f"M{x - w * k:.0f} {y + dy:.0f}q{w * k / 2:.0f} -9 {w * k:.0f} 0t{w * k:.0f} 0", 0.1, 0.9, "#e6f0ee", 0.85
        )


def _speed(stage: Stage, x: float, feet: float, height: float, flip: bool) -> None:
    """Lines behind somebody who runs, and dust under the heels."""
    back = 1 if flip else -1
    for k, n in ((0.78, 0.3), (0.6, 0.42), (0.42, 0.34), (0.26, 0.26)):
        x0 = x + back * height * 0.34
        stage.pen.stroke(f"M{x0:.0f} {feet - height * k:.0f}h{back * height * n:.0f}", 0.25, 0.9, opacity=0.75)
    for k, r in ((0.4, 0.035), (0.5, 0.05), (0.61, 0.032)):
        stage.pen.shape(
            ellipse(x + back * height * k, feet - height * r, height * r * 1.25, height * r),
            mix("#e9dfc8", stage.scene.light.haze, 0.3),
            0.3,
            line=0.8,
        )


def _falling(stage: Stage, x: float, feet: float, height: float) -> None:
    for k, top, n in ((-0.42, 0.95, 0.4), (-0.3, 1.12, 0.3), (0.34, 1.05, 0.42), (0.46, 0.85, 0.3), (0.02, 1.3, 0.26)):
        stage.pen.stroke(f"M{x + height * k:.0f} {feet - height * top:.0f}v{-height * n:.0f}", 0.25, 0.9, opacity=0.75)


def _animal(stage: Stage, actor: Actor, x: float, feet: float, height: float, flip: bool, index: int) -> None:
    """An animal (or a thing that is somebody) with the body it has."""
    size = aliases.SIZES.get(actor.ref, 0.42)
    h = height * min(1.3, max(0.42, size * 1.15)) * (0.72 if stage.scene.framing == "close" else 1.0)
    if not stage.scene.actors[1:]:
        h = max(h, stage.view.unit * 0.4)
    y = min(feet, stage.view.height * 0.93)
    if (actor.ref in aliases.IN_SKY and actor.verb in ("fly", "float")) or actor.ref in "🦋🐝🦇🕊🦅":
        y = stage.view.height * 0.52 + h / 2
    elif actor.ref in aliases.ON_WATER and stage.ground.water:
        y = stage.ground.water + h * 0.5
    turn, run = 0.0, actor.verb in ("run", "jump", "walk", "fly")
    natural_left = actor.ref not in aliases.BEASTS  # the font's animals look left
    mirrored = flip != natural_left
    if run and actor.ref not in aliases.BEASTS:
        turn = -9.0 if not flip else 9.0
    if actor.verb == "fall":
        turn, y = 38.0, stage.view.height * 0.6
        _falling(stage, x, y, h)
    if actor.verb in ("run",):
        _speed(stage, x, y, h * 1.3, flip)
        y -= h * 0.06
    wet = actor.verb in ("swim", "float", "row") and bool(stage.ground.water) and actor.ref not in aliases.IN_SKY
    line = (stage.ground.water or y) + h * 0.12
    if wet:
        y = line + h * 0.34
    with stage.pen.in_light(), _above_water(stage, wet, line):
        box = thing(stage.pen, actor.ref, x, y, h, flip=mirrored, turn=turn, run=run, colour=actor.outfit.fur)
    if wet:
        _ripples(stage, x, line, h)
    if actor.outfit.holds == "watch":
        thing(stage.pen, "⏱", x + (-0.5 if flip else 0.5) * box[2], y - h * 0.1, h * 0.26, shadow=False)
    face_x = x + box[2] * (0.22 if not flip else -0.22)
    stage.faces.append((face_x - h * 0.22, y - h * 0.98, h * 0.44, h * 0.48))
    stage.taken.append(box)
    if index == 0:
        stage.focus = (face_x, y - h * 0.6)
