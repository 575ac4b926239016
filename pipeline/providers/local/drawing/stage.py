"""The frame while it is filled, and how large and where people stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from . import aliases
from .pen import Pen
from .places import Ground, View
from .scene import Actor, Scene
from .things import width_of

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


HEIGHTS = {"wide": 0.53, "medium": 0.7, "close": 1.5}


def person_height(stage: Stage, count: int) -> float:
    h = HEIGHTS[stage.scene.framing]
    if stage.scene.framing == "close" and count > 1:
        h *= 0.84
    if stage.scene.framing == "medium" and count > 2:
        h *= 0.9
    across = sum(girth(a) for a in stage.scene.actors) + (0.34 if stage.scene.things and count < 3 else 0.0)
    room = stage.view.width * (1.9 if stage.scene.framing == "close" else 1.02)
    return min(stage.view.unit * h, room / max(0.5, across))


def girth(actor: Actor) -> float:
    """How much of the frame's width somebody takes, in heights of a person."""
    if actor.ref:
        return width_of(actor.ref) * max(0.5, aliases.SIZES.get(actor.ref, 0.42)) * 1.15
    if actor.pose.rest in ("lie", "water"):
        return 1.25
    return 0.62 if actor.pose.speed or actor.verb in ("row", "fall", "push", "pull") else 0.46


def feet_of(stage: Stage, height: float) -> float:
    """y of the feet: on the ground, or below the frame's edge in a close picture."""
    if stage.scene.framing == "close":
        return stage.view.height * 0.13 + height
    near = stage.ground.near
    return near + (stage.view.height * 0.97 - near) * (0.5 if stage.scene.framing == "medium" else 0.0)
