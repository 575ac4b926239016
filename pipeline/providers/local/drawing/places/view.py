"""What a place is told, and what it tells back."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ..light import Light
from ..pen import Pen


@dataclass(frozen=True, slots=True)
class View:
    """`unit`: what a thing as high as the frame's useful side measures; `zoom` above 1 for close pictures; `weather` as said."""

    width: float
    height: float
    unit: float
    framing: str
    time: str
    weather: str
    light: Light
    variant: int = 0
    tone: int = 0  # the same for every picture of one place, so that its walls keep their colour
    bare: bool = False  # leave the middle free of furniture

    @property
    def zoom(self) -> float:
        return {"wide": 0.82, "medium": 1.0, "close": 1.3}.get(self.framing, 1.0)

    @property
    def night(self) -> bool:
        return self.light.dark

    def y(self, share: float) -> float:
        return self.height * share

    def x(self, share: float) -> float:
        return self.width * share


@dataclass(frozen=True, slots=True)
class Ground:
    """`near`, `far`: y of feet in front and behind; `water`: y of open water if there is some; `sky`: y above which it is sky."""

    near: float
    far: float
    sky: float
    water: float = 0.0
    inside: bool = False
    afloat: bool = False  # feet have no ground: sky, space, water


Painter = tuple[Pen, View, Random]
