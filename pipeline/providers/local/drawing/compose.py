"""Puts a scene into a frame: the place, things at their depth, people; few of them, one of them large."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from random import Random

from . import aliases
from .acting import act
from .geometry import rect
from .pen import Pen, Style
from .places import PLACES, Ground, View
from .places.parts import waves
from .scene import Scene, Thing
from .setting import behind, put_hero, secondary
from .stage import Stage, frame
from .weather import fall, lightning


def compose(scene: Scene, style: Style, width: int, height: int) -> Stage:
    """Draws the scene for this frame."""
    w, h = frame(width, height)
    unit = min(h, w * 1.3) if h > w * 1.2 else min(h, w * 1.08)
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
    pen.fill(rect(0, 0, view.width, view.height), scene.light.on("#cfc3a8") if not pen.style.dark else scene.light.haze)
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
    ground = replace(
        ground,
        near=min(ground.near * z + top, view.height * 0.95),
        far=ground.far * z + top,
        sky=ground.sky * z + top,
        water=ground.water * z + top if ground.water else 0.0,
    )
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


def _fill(stage: Stage) -> None:
    scene = stage.scene
    hero, rest = _hero(stage)
    large = [t for t in rest if t.ref in aliases.LARGE]
    small = [t for t in rest if t.ref not in aliases.LARGE]
    n = len(scene.actors)
    spots = _spots(stage, n + (1 if hero else 0))
    for t in large:
        behind(stage, t)
    left_first = stage.rng.random() < 0.5
    order = list(range(n))
    places = spots if left_first else spots[::-1]
    secondary(stage, small, before=True)
    if hero:
        put_hero(stage, hero, places[-1], len(spots) == 1)
    for i in reversed(order):
        toward = places[-1] if hero and n == 1 else places[1 - i] if n == 2 else stage.view.x(0.5)
        if toward == places[i]:
            toward = places[i] + (1 if left_first else -1)
        act(stage, scene.actors[i], places[i], flip=toward < places[i], index=i)
    secondary(stage, small, before=False)
    if stage.focus is None:
        stage.focus = (stage.view.x(0.5), stage.view.y(0.5))


def _hero(stage: Stage) -> tuple[Thing | None, list[Thing]]:
    """The thing that is shown large beside the people, or alone."""
    things = list(stage.scene.things)
    if not things or len(stage.scene.actors) > 2:
        return None, things
    choice = next(
        (t for t in things if t.ref not in aliases.LARGE and t.ref not in aliases.IN_SKY),
        things[0] if not stage.scene.actors else None,
    )
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
