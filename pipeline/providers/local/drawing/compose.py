"""Puts a scene into a frame: place, then things at their depth, then people; one of them large, all of them resting on something."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from random import Random

from . import aliases
from .colour import mix
from .figure import Figure
from .geometry import ellipse, rect
from .pen import Pen, Style
from .places import PLACES, Ground, View
from .places.parts import waves
from .scene import Actor, Scene, Thing
from .things import thing, width_of
from .weather import fall, lightning

SHORT = 720.0
Box = tuple[float, float, float, float]


@dataclass
class Stage:
    """The frame while it is filled. `taken`: boxes of what stands in front; `faces`: boxes of heads; all in units."""

    pen: Pen
    view: View
    scene: Scene
    ground: Ground
    rng: Random
    taken: list[Box] = field(default_factory=list)
    faces: list[Box] = field(default_factory=list)
    focus: tuple[float, float] | None = None


def frame(width: int, height: int) -> tuple[float, float]:
    """The frame in units: its short side is 720."""
    scale = SHORT / min(width, height)
    return width * scale, height * scale


def compose(scene: Scene, style: Style, width: int, height: int) -> Stage:
    """Draws the scene for this frame."""
    w, h = frame(width, height)
    unit = min(h, w * 1.12)
    rng = Random(scene.key)  # the same things wherever they stand, whatever the shape of the frame
    pen = Pen(style, scene.light, w, h)
    tone = int(hashlib.sha256(scene.place.encode()).hexdigest()[:6], 16)
    bare = any(a.pose.rest == "lie" for a in scene.actors)
    view = View(w, h, unit, scene.framing, scene.time, scene.weather, scene.light, rng.randrange(1000), tone, bare)
    ground = _place(pen, view, scene, rng)
    stage = Stage(pen, view, scene, ground, rng)
    _fill(stage)
    if not ground.inside:
        fall(pen, view, rng)
    return stage


def _place(pen: Pen, view: View, scene: Scene, rng: Random) -> Ground:
    """The background; in a close picture it is brought nearer and hazed, so that the figure stands out."""
    paint = PLACES[scene.place]
    z = {"wide": 1.0, "medium": rng.choice((1.0, 1.1, 1.2)), "close": rng.choice((1.35, 1.5))}[scene.framing]
    mirrored = rng.random() < 0.5
    slide = (z - 1) * view.width * rng.choice((0.1, 0.5, 0.9))
    left, top = view.width + slide if mirrored else -slide, -(z - 1) * view.height * 0.62
    if mirrored:
        left = view.width * z - slide
    with pen.group(left, top, z, flip=mirrored):
        ground = paint(pen, view, rng)
        if not ground.inside:
            lightning(pen, view, rng, ground.sky * 0.8)
    if scene.framing == "close" and not pen.style.dark:
        pen.fill(rect(0, 0, view.width, view.height), scene.light.haze, 0.22)
    ground = replace(ground, near=min(ground.near * z + top, view.height * 0.95), far=ground.far * z + top, sky=ground.sky * z + top, water=ground.water * z + top if ground.water else 0.0)
    return _flooded(pen, view, scene, ground, rng)


def _flooded(pen: Pen, view: View, scene: Scene, ground: Ground, rng: Random) -> Ground:
    """Who swims or rows where there is no water brings it along: a pool across the floor."""
    if ground.water or ground.afloat or not any(a.pose.rest == "water" or a.verb == "row" for a in scene.actors):
        return ground
    y = view.y(0.62)
    with pen.faded(0.9):
        waves(pen, view, y, rng, "#7fa6b4", 0.3, 12)
    for k in (0.72, 0.84, 0.94):
        for _ in range(4):
            x = view.x(rng.random())
            pen.stroke(f"M{x:.0f} {view.y(k):.0f}q18 -7 36 0t36 0", 0.2, 0.8, "#e0eef0", 0.8)
    return replace(ground, water=view.y(0.74))


# -- layout -------------------------------------------------------------------------------------
HEIGHTS = {"wide": 0.48, "medium": 0.7, "close": 1.5}


def _fill(stage: Stage) -> None:
    scene = stage.scene
    hero, rest = _hero(stage)
    large = [t for t in rest if t.ref in aliases.LARGE]
    small = [t for t in rest if t.ref not in aliases.LARGE]
    n = len(scene.actors)
    spots = _spots(stage, n + (1 if hero else 0))
    for t in large:
        _behind(stage, t)
    left_first = stage.rng.random() < 0.5
    order = list(range(n))
    places = spots if left_first else spots[::-1]
    _secondary(stage, small, before=True)
    if hero:
        _put_hero(stage, hero, places[-1], len(spots) == 1)
    for i in reversed(order):
        toward = places[-1] if hero and n == 1 else places[1 - i] if n == 2 else stage.view.x(0.5)
        if toward == places[i]:
            toward = places[i] + (1 if left_first else -1)
        _act(stage, scene.actors[i], places[i], flip=toward < places[i], index=i)
    _secondary(stage, small, before=False)
    if stage.focus is None:
        stage.focus = (stage.view.x(0.5), stage.view.y(0.5))


def _hero(stage: Stage) -> tuple[Thing | None, list[Thing]]:
    """The thing that is shown large beside the people, or alone."""
    things = list(stage.scene.things)
    if not things or len(stage.scene.actors) > 2:
        return None, things
    choice = next((t for t in things if t.ref not in aliases.LARGE and t.ref not in aliases.IN_SKY), things[0] if not stage.scene.actors else None)
    return choice, [t for t in things if t is not choice]


def _spots(stage: Stage, count: int) -> list[float]:
    """Where they stand, from left to right, close enough to belong together."""
    w, u = stage.view.width, stage.view.unit
    close = stage.scene.framing == "close"
    if count <= 0:
        return []
    if count == 1:
        return [w * stage.rng.choice((0.38, 0.5, 0.62))]
    broad = any(a.pose.rest in ("water", "lie") or a.verb in ("fly", "row") for a in stage.scene.actors)
    gap = min(w * 0.4 if count == 2 else w * 0.3, u * (0.78 if broad else 0.66 if close else 0.5))
    middle = w * stage.rng.choice((0.46, 0.5, 0.54)) if w > stage.view.height else w * 0.5
    return [middle + gap * (i - (count - 1) / 2) for i in range(count)]


def _person_height(stage: Stage, count: int) -> float:
    h = HEIGHTS[stage.scene.framing]
    if stage.scene.framing == "close" and count > 1:
        h *= 0.84
    if stage.scene.framing == "medium" and count > 2:
        h *= 0.9
    return stage.view.unit * h


def _feet(stage: Stage, height: float) -> float:
    """y of the feet: on the ground, or below the frame's edge in a close picture."""
    if stage.scene.framing == "close":
        return min(stage.view.height * 0.17 + height, stage.view.height * 1.4)
    near = stage.ground.near
    return near + (stage.view.height * 0.97 - near) * (0.5 if stage.scene.framing == "medium" else 0.0)


# -- people -------------------------------------------------------------------------------------
def _act(stage: Stage, actor: Actor, x: float, flip: bool, index: int) -> None:
    count = len(stage.scene.actors)
    height = _person_height(stage, count) * actor.outfit.size * (1.0 if not actor.outfit.child else 0.86)
    feet = _feet(stage, height) - (0 if index == 0 else stage.view.height * 0.012 * index)
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
    with stage.pen.in_light(), stage.pen.group(ox, oy, s, turn, flip):
        figure.draw(stage.pen, actor.held)
    if lie:
        _blanket(stage, x, feet, height)
    _note(stage, figure, ox, oy, s, turn, flip, index)
    if pose.rest == "water":
        _ripples(stage, x, feet - height * 0.16, height)
    stage.taken.append((x - height * 0.22, feet - height, height * 0.44, height))


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
            pen.stroke(f"M{x - wide * 0.4:.0f} {(top + feet) / 2:.0f}q{wide * 0.2:.0f} {wide * 0.1:.0f} {wide * 0.1:.0f} {wide * 0.26:.0f}", times=0.8, opacity=0.7)
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
    stage.pen.stroke(f"M{x:.0f} {feet - h * 0.1:.0f}q{h * 0.03:.0f} {h * 0.1:.0f} 0 {h * 0.2:.0f}M{x + h * 0.3:.0f} {feet - h * 0.1:.0f}q{h * 0.03:.0f} {h * 0.1:.0f} 0 {h * 0.2:.0f}", times=0.7, opacity=0.6)


def _boat(stage: Stage, x: float, top: float, w: float, flip: bool) -> None:
    d = f"M{x - w / 2:.0f} {top - w * 0.06:.0f}Q{x:.0f} {top + w * 0.03:.0f} {x + w / 2:.0f} {top - w * 0.08:.0f}Q{x + w * 0.4:.0f} {top + w * 0.2:.0f} {x + w * 0.2:.0f} {top + w * 0.2:.0f}H{x - w * 0.24:.0f}Q{x - w * 0.44:.0f} {top + w * 0.18:.0f} {x - w / 2:.0f} {top - w * 0.06:.0f}Z"
    stage.pen.shape(d, "#9a6a44")
    stage.pen.stroke(f"M{x - w * 0.46:.0f} {top + w * 0.03:.0f}Q{x:.0f} {top + w * 0.1:.0f} {x + w * 0.46:.0f} {top + w * 0.01:.0f}", times=0.8)
    _ripples(stage, x, top + w * 0.19, w)


def _ripples(stage: Stage, x: float, y: float, w: float) -> None:
    for k, dy in ((0.5, 0), (0.64, 9), (0.42, 18)):
        stage.pen.stroke(f"M{x - w * k:.0f} {y + dy:.0f}q{w * k / 2:.0f} -9 {w * k:.0f} 0t{w * k:.0f} 0", 0.1, 0.9, "#e6f0ee", 0.85)


def _speed(stage: Stage, x: float, feet: float, height: float, flip: bool) -> None:
    """Lines behind somebody who runs, and dust under the heels."""
    back = 1 if flip else -1
    for k, n in ((0.78, 0.3), (0.6, 0.42), (0.42, 0.34), (0.26, 0.26)):
        x0 = x + back * height * 0.34
        stage.pen.stroke(f"M{x0:.0f} {feet - height * k:.0f}h{back * height * n:.0f}", 0.25, 0.9, opacity=0.75)
    for k, r in ((0.4, 0.035), (0.5, 0.05), (0.61, 0.032)):
        stage.pen.shape(ellipse(x + back * height * k, feet - height * r, height * r * 1.25, height * r), mix("#e9dfc8", stage.scene.light.haze, 0.3), 0.3, line=0.8)


def _falling(stage: Stage, x: float, feet: float, height: float) -> None:
    for k, top, n in ((-0.42, 0.95, 0.4), (-0.3, 1.12, 0.3), (0.34, 1.05, 0.42), (0.46, 0.85, 0.3), (0.02, 1.3, 0.26)):
        stage.pen.stroke(f"M{x + height * k:.0f} {feet - height * top:.0f}v{-height * n:.0f}", 0.25, 0.9, opacity=0.75)


# -- animals ------------------------------------------------------------------------------------
def _animal(stage: Stage, actor: Actor, x: float, feet: float, height: float, flip: bool, index: int) -> None:
    """An animal (or a thing that is somebody) with the body it has."""
    size = aliases.SIZES.get(actor.ref, 0.42)
    h = height * min(1.3, max(0.42, size * 1.15)) * (0.72 if stage.scene.framing == "close" else 1.0)
    if not stage.scene.actors[1:]:
        h = max(h, stage.view.unit * 0.4)
    y = min(feet, stage.view.height * 0.93)
    if actor.ref in aliases.IN_SKY and actor.verb in ("fly", "float") or actor.ref in "🦋🐝🦇🕊🦅":
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
    with stage.pen.in_light():
        box = thing(stage.pen, actor.ref, x, y, h, flip=mirrored, turn=turn, run=run)
    if actor.outfit.holds == "watch":
        thing(stage.pen, "⏱", x + (-0.5 if flip else 0.5) * box[2], y - h * 0.1, h * 0.26, shadow=False)
    face_x = x + box[2] * (0.22 if not flip else -0.22)
    stage.faces.append((face_x - h * 0.22, y - h * 0.98, h * 0.44, h * 0.48))
    stage.taken.append(box)
    if index == 0:
        stage.focus = (face_x, y - h * 0.6)


# -- things -------------------------------------------------------------------------------------
def _put_hero(stage: Stage, t: Thing, x: float, alone: bool) -> None:
    view, close = stage.view, stage.scene.framing == "close"
    ph = _person_height(stage, len(stage.scene.actors))
    size = aliases.SIZES.get(t.ref, 0.34)
    h = view.unit * (0.56 if close else 0.46 if stage.scene.framing == "medium" else 0.34) if alone else ph * min(0.9, max(0.3, size)) * (0.5 if close else 1.0)
    h *= t.scale if not alone else 0.75 if t.scale < 1 else 1.1 if t.scale > 1 else 1.0
    h = min(h, view.width * (0.62 if alone else 0.36) / width_of(t.ref), view.height * 0.66)
    y = min(_feet(stage, ph), view.height * 0.93) if not alone else min(stage.ground.near, view.height * 0.88)
    lift = 0.0
    if t.ref in aliases.IN_SKY:
        y = view.height * 0.34 + h / 2
    elif t.ref in aliases.ON_WATER and stage.ground.water and not stage.ground.inside:
        y = stage.ground.water + h * 0.55
    elif stage.ground.afloat:
        y = view.height * 0.6 + h / 2
    elif t.ref in aliases.ON_TABLE and stage.ground.inside and h < view.unit * 0.6:
        lift = min(view.unit * 0.24, ph * 0.42)
        top = min(y, view.height * 0.95)
        thing(stage.pen, "table", x, top, lift, depth=0.04)
        y = top - lift * 0.94
        h = min(h, ph * 0.5) if not alone else min(h, view.unit * 0.36)
    elif (t.ref in aliases.ON_TABLE or t.ref in aliases.IN_HAND) and not alone and not close:
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
    if stage.scene.place in ("beach", "mountain", "cave", "desert", "harbour", "tower", "street", "market", "town", "ship"):
        pen.shape(rect(x - w * 0.6, y - h, w * 1.2, h), "#a98258")
        pen.stroke(f"M{x - w * 0.6:.0f} {y - h * 0.5:.0f}h{w * 1.2:.0f}M{x - w * 0.3:.0f} {y - h:.0f}v{h * 0.5:.0f}M{x + w * 0.2:.0f} {y - h * 0.5:.0f}v{h * 0.5:.0f}", times=0.7)
        return h * 0.99
    pen.shape(f"M{x - w * 0.5:.0f} {y - h * 0.9:.0f}Q{x - w * 0.46:.0f} {y - h * 0.2:.0f} {x - w * 0.72:.0f} {y:.0f}H{x + w * 0.72:.0f}Q{x + w * 0.46:.0f} {y - h * 0.2:.0f} {x + w * 0.5:.0f} {y - h * 0.9:.0f}Z", "#86644a")
    pen.shape(ellipse(x, y - h * 0.9, w * 0.5, h * 0.17), "#d3b285")
    pen.stroke(ellipse(x, y - h * 0.9, w * 0.26, h * 0.08), times=0.6, opacity=0.7)
    return h * 0.86


def _behind(stage: Stage, t: Thing) -> None:
    """Large things stand in the middle distance, to a side."""
    view = stage.view
    x = view.x(stage.rng.choice((0.14, 0.86)) if stage.scene.actors else stage.rng.choice((0.3, 0.7)))
    h = min(view.unit * 0.3 * aliases.SIZES.get(t.ref, 1.2), view.unit * 0.62) * t.scale ** 0.5
    y = stage.ground.far
    if t.ref in aliases.ON_WATER and stage.ground.water:
        y = stage.ground.water + h * 0.3
    if t.ref in aliases.LIGHTS and (stage.view.night or stage.scene.weather in ("storm", "fog")):
        stage.pen.glow(x, y - h * 0.92, h * 0.6, "#fff0bd", 0.9)
    thing(stage.pen, t.ref, x, y, h, depth=0.3)


def _secondary(stage: Stage, things: list[Thing], before: bool) -> None:
    """Small things: those of the air and of walls behind, the others at the feet of people, in front, where there is room."""
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

