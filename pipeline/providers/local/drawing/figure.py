# ruff: noqa: E501 - path data reads better on one line
"""A person (or an animal that walks upright) drawn in a pose: bones first, then limbs as tapered tubes, clothes, head.

Own units: the standing figure is about 1000 high, its feet at y = 0, looking right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shapely import unary_union
from shapely.geometry.base import BaseGeometry

from .colour import darker, lighter, mix
from .geometry import Spot, disc, hull, limb, path, reach, soft
from .heads import ANCHOR, SKULL, Tones, draw_part
from .looks import Outfit
from .pen import Pen
from .poses import Pose
from .things import thing, width_of

Up = Callable[[float], Spot]  # a place on the spine, so far above the pelvis


@dataclass(frozen=True, slots=True)
class Build:
    head: float
    neck: float
    torso: float
    thigh: float
    shin: float
    upper: float
    fore: float
    girth: float = 1.0


ADULT = Build(head=226, neck=22, torso=268, thigh=206, shin=208, upper=150, fore=138, girth=1.08)
CHILD = Build(head=296, neck=14, torso=236, thigh=176, shin=172, upper=132, fore=120, girth=1.12)
BEAST = Build(head=300, neck=4, torso=265, thigh=160, shin=160, upper=138, fore=128, girth=1.15)


@dataclass(frozen=True, slots=True)
class Joints:
    """Where the bones meet, feet on y = 0."""

    pelvis: Spot
    neck: Spot
    head: Spot
    near_arm: tuple[Spot, Spot, Spot]
    far_arm: tuple[Spot, Spot, Spot]
    near_leg: tuple[Spot, Spot, Spot]
    far_leg: tuple[Spot, Spot, Spot]
    low: float


def build_of(who: Outfit) -> Build:
    return BEAST if who.animal else CHILD if who.child else ADULT


def _chain(start: Spot, bones: tuple[float, float], first: float, second: float) -> tuple[Spot, Spot, Spot]:
    middle = reach(start, bones[0], first)
    return start, middle, reach(middle, bones[1], second)


def joints(build: Build, pose: Pose) -> Joints:
    """The skeleton with its pelvis at the origin, then lifted so that the lowest foot touches the ground."""
    pelvis = (0.0, 0.0)
    neck = reach(pelvis, 180 - pose.lean, build.torso)
    shoulder = reach(pelvis, 180 - pose.lean, build.torso * 0.9)
    head = reach(neck, 180 - pose.lean * 0.5, build.neck)
    near_leg = _chain((-8.0, 0.0), pose.near_leg, build.thigh, build.shin)
    far_leg = _chain((12.0, 0.0), pose.far_leg, build.thigh, build.shin)
    lowest = max(near_leg[2][1], far_leg[2][1], near_leg[1][1], far_leg[1][1]) + 34
    if pose.rest == "seat":
        lowest = max(lowest, build.shin * 1.02 + 30)
    return Joints(
        pelvis, neck, head, _chain((shoulder[0] - 20, shoulder[1]), pose.near_arm, build.upper, build.fore),
        _chain((shoulder[0] + 22, shoulder[1]), pose.far_arm, build.upper, build.fore), near_leg, far_leg, lowest,
    )  # fmt: skip


def _shoe(leg: tuple[Spot, Spot, Spot], shin: float) -> BaseGeometry:
    ankle = leg[2]
    toe = reach(ankle, shin + 82, 50)
    heel = reach(ankle, shin - 60, 8)
    return hull([disc((heel[0], heel[1] + 8), 22), disc((toe[0], toe[1] + 12), 17)])


def _hand(arm: tuple[Spot, Spot, Spot], angle: float) -> BaseGeometry:
    wrist = arm[2]
    palm = reach(wrist, angle, 26)
    thumb = limb([reach(wrist, angle, 8), reach(palm, angle + 62, 22)], [9, 8])
    return soft(unary_union([limb([wrist, palm, reach(palm, angle + 8, 16)], [18, 25, 18]), thumb]), 3)


class Figure:
    """Draws one outfit in one pose. After `draw`, `box` is the head's box and `hand` the near hand, in own units."""

    def __init__(self, who: Outfit, pose: Pose, mood_face: str, face_char: str = "") -> None:
        self.who, self.pose, self.face_char = who, pose, face_char
        self.expression = mood_face
        self.build = build_of(who)
        self.j = joints(self.build, pose)
        self.skin = _fur(who, face_char) if who.animal else who.skin

    @property
    def hand(self) -> Spot:
        return reach(self.j.near_arm[2], self.pose.near_arm[1], 24)

    @property
    def head_centre(self) -> Spot:
        return reach(self.j.head, 180 - self.pose.nod * 0.4, self.build.head * 0.5)

    def draw(self, pen: Pen, held: str = "") -> None:
        """Feet at (0, 0) of the pen's current group."""
        with pen.group(0, -self.j.low):
            self._arm(pen, self.j.far_arm, self.pose.far_arm, far=True)
            self._legs(pen)
            self._torso(pen)
            raised = max(self.pose.near_arm) > 112 and self.pose.face not in ("eat", "sadness") and self.pose.nod < 10
            if raised:
                self._arm(pen, self.j.near_arm, self.pose.near_arm, far=False)
            self._head(pen)
            if held and self.pose.face != "eat":
                self._hold(pen, held)
            if not raised:
                self._arm(pen, self.j.near_arm, self.pose.near_arm, far=False)
            if held and self.pose.face == "eat":
                self._hold(pen, held)

    def _hold(self, pen: Pen, char: str) -> None:
        x, y = self.hand
        big = 300 if char in "🎣🗡🧹🪓🌂🏹🎻" else 200 if char in "📖🧺🪣🗺" or char == "lantern" else 160
        low = 0.94 if char in ("lantern", "🧺", "🪣") else 0.32
        thing(pen, char, x + (30 if char == "📖" else 12), y + big * low, big, shadow=False)

    # -- limbs ------------------------------------------------------------------------------
    def _arm(self, pen: Pen, arm: tuple[Spot, Spot, Spot], angles: tuple[float, float], far: bool) -> None:
        g = self.build.girth
        cloth = darker(self.who.top, 0.16) if far else self.who.top
        if self.who.vest:
            cloth = darker("#efe9dc", 0.12) if far else "#efe9dc"
        pen.shape(path(_hand(arm, angles[1])), self.skin)
        sleeve = limb(arm, [40 * g, 34 * g, 26 * g])
        if self.who.garment in ("robe", "gown") and not self.who.animal:
            sleeve = limb(arm, [40, 38, 36])
        pen.shape(path(soft(sleeve, 7)), cloth)
        cuff = limb([reach(arm[2], angles[1], -16), reach(arm[2], angles[1], 2)], [28 * g, 28 * g])
        pen.shape(path(cuff), lighter(cloth, 0.25))

    def _legs(self, pen: Pen) -> None:
        skirted = self.who.garment in ("dress", "gown", "robe")
        for leg, angles, far in (
            (self.j.far_leg, self.pose.far_leg, True),
            (self.j.near_leg, self.pose.near_leg, False),
        ):
            colour = (
                (lighter(self.who.shoes, 0.75) if self.who.garment != "robe" else self.who.bottom)
                if skirted
                else self.who.bottom
            )
            if self.who.animal and skirted:
                colour = self.skin
            colour = darker(colour, 0.16) if far else colour
            pen.shape(path(_shoe(leg, angles[1])), self.who.shoes if not self.who.animal else self.skin)
            radii = [36, 28, 21] if skirted else [54 * self.build.girth, 42, 32]
            pen.shape(path(soft(limb(leg, radii), 8)), colour)
        if skirted:
            self._skirt(pen)

    def _skirt(self, pen: Pen) -> None:
        """From the waist over both thighs down to the hem, which follows the shins."""
        down = {"dress": 0.15, "gown": 0.82, "robe": 0.9}[self.who.garment]
        flare = {"dress": 74, "gown": 84, "robe": 66}[self.who.garment]
        parts, hems = [], []
        waist = disc(reach(self.j.pelvis, 180 - self.pose.lean, 62), 58)
        for leg, angles in ((self.j.near_leg, self.pose.near_leg), (self.j.far_leg, self.pose.far_leg)):
            hem = reach(leg[1], angles[1] * 0.6, self.build.shin * down)
            hems.append(disc(hem, flare))
            parts.append(hull([waist, disc(leg[1], 60)]))
            parts.append(hull([disc(leg[1], 60), hems[-1]]))
        knees = [disc(self.j.near_leg[1], 64), disc(self.j.far_leg[1], 64)]
        parts.append(
            hull([waist, *hems])
            if self.pose.rest != "seat"
            else unary_union([hull([waist, *knees]), hull([*knees, *hems])])
        )
        if self.pose.rest == "seat" and self.who.garment != "dress":
            parts.append(hull([disc((40, 60), 60), *hems]))
        skirt = soft(unary_union(parts), 14)
        pen.shape(path(skirt), self.who.top if self.who.garment != "robe" else darker(self.who.top, 0.08))
        if self.who.apron:
            front = skirt.intersection(hull([disc((30, -60), 40), *[h.buffer(-14) for h in hems]])).buffer(-10)
            pen.shape(path(soft(front, 6)), self.who.apron, line=0.8)
        self._folds(pen, hems, skirt)

    def _folds(self, pen: Pen, hems: list[BaseGeometry], skirt: BaseGeometry) -> None:
        for share, hem in ((0.25, hems[0]), (0.6, hems[1])):
            x0, _, x1, y1 = hem.bounds
            x = x0 + (x1 - x0) * share
            if skirt.contains(disc((x, y1 - 40), 12)):
                pen.stroke(f"M{x:.0f} {y1 - 26:.0f}q-4 -40 {-x * 0.2:.0f} -84", times=0.7, opacity=0.6)

    # -- body -------------------------------------------------------------------------------
    def _torso(self, pen: Pen) -> None:
        g, b, lean = self.build.girth, self.build, self.pose.lean
        up = lambda d: reach(self.j.pelvis, 180 - lean, d)  # noqa: E731
        wide = 1.0 if self.who.garment not in ("dress", "gown") else 0.88
        chest, waist = up(b.torso * 0.76), up(b.torso * 0.3)
        body = limb([chest, waist, self.j.pelvis], [76 * g * wide, 62 * g * wide, 66 * g * wide])
        shoulders = limb(
            [(up(b.torso * 0.88)[0] - 34, up(b.torso * 0.88)[1]), (up(b.torso * 0.88)[0] + 34, up(b.torso * 0.88)[1])],
            [42, 42],
        )
        shape = soft(unary_union([body, shoulders]), 10)
        neck = limb([up(b.torso * 0.94), self.j.head, reach(self.j.head, 180, b.head * 0.1)], [30, 28, 28])
        if self.who.garment in ("coat", "robe"):
            shape = unary_union([shape, self._tails()])
        pen.shape(path(soft(shape, 10)), self.who.top)
        if not self.who.animal:
            pen.shape(path(neck), darker(self.skin, 0.08))
        self._front(pen, shape, up)

    def _tails(self) -> BaseGeometry:
        return hull([disc(self.j.pelvis, 66), *[disc(reach(leg[0], a[0] * 0.8, self.build.thigh * 0.72), 52) for leg, a in
                     ((self.j.near_leg, self.pose.near_leg), (self.j.far_leg, self.pose.far_leg))]])  # fmt: skip

    def _front(self, pen: Pen, shape: BaseGeometry, up: Up) -> None:
        """Collar, waistcoat, bib: what makes the clothes these clothes."""
        deep = self.build.torso
        if self.who.vest:
            vest = shape.intersection(limb([up(deep * 0.8), up(4)], [64, 76])).buffer(-4)
            pen.shape(path(soft(vest, 6)), self.who.vest)
            self._buttons(pen, up, (0.28, 0.46, 0.64), 26)
        elif self.who.garment in ("coat", "trousers") and not self.who.animal:
            self._shirt(pen, shape, up)
        elif self.who.apron:
            x, y = up(deep * 0.62)
            bib = shape.intersection(limb([(x + 22, y), (22, -30)], [44, 52]))
            pen.shape(path(bib.buffer(-3)), self.who.apron, line=0.8)
        else:
            x, y = up(deep * 0.98)
            collar = limb([(x - 26, y + 22), (x + 12, y + 36), (x + 46, y + 20)], [13, 15, 13])
            pen.shape(path(collar), lighter(self.who.top, 0.5), line=0.8)
        if self.who.garment in ("dress", "gown"):
            x, y = up(66)
            pen.shape(path(limb([(x - 50, y + 2), (x + 48, y + 2)], [13, 13])), darker(self.who.top, 0.3), line=0.8)

    def _shirt(self, pen: Pen, shape: BaseGeometry, up: Up) -> None:
        """The shirt in the opening of a jacket, its buttons; a belt when there are trousers below."""
        (x, y), (mx, my) = up(self.build.torso * 0.98), up(self.build.torso * 0.55)
        shirt = hull([disc((x + 2, y + 6), 12), disc((mx + 26, my), 3), disc((x + 44, y + 24), 8)])
        pen.shape(path(shirt.intersection(shape)), "#f2ecdf", line=0.8)
        if self.who.garment == "coat":
            self._buttons(pen, up, (0.16, 0.32, 0.46), 34)
            return
        bx, by = up(10)
        belt = limb([(bx - 80, by), (bx + 80, by)], [12, 12]).intersection(shape)
        pen.shape(path(belt), darker(self.who.shoes, 0.1), line=0.8)

    def _buttons(self, pen: Pen, up: Up, shares: tuple[float, ...], out: float) -> None:
        for share in shares:
            x, y = up(self.build.torso * share)
            pen.fill(path(disc((x + out, y), 6)), pen.inked())

    def _head(self, pen: Pen) -> None:
        x, y = self.j.head
        turn = self.pose.nod + self.pose.lean * 0.25
        if self.face_char:
            with pen.group(x, y, 1, turn):
                thing(pen, self.face_char, 10, 26, self.build.head, shadow=False, colour=self.who.fur)
                self._wear(pen, -self.build.head * 0.72 + 26, 0.6)
            return
        s = self.build.head / SKULL
        with pen.group(x, y, s, turn), pen.group(-ANCHOR[0], -ANCHOR[1]):
            tones = Tones(self.skin, self.who.hair, mix(self.who.top, "#f2ecdf", 0.3))
            draw_part(pen, "head", self.who.head, tones)
            if self.who.beard:
                draw_part(pen, "facialHair", self.who.beard, tones)
            draw_part(pen, "expression", self.expression, tones, solid=True)
            if self.who.glasses:
                draw_part(pen, "accessories", self.who.glasses, tones, solid=True)
        with pen.group(x, y, 1, turn):
            self._wear(pen, -self.build.head * 0.82, 0.74)

    def _wear(self, pen: Pen, y: float, share: float) -> None:
        """`share`: how wide the hat is beside the head's height."""
        if self.who.hat == "cap":
            _cap(pen, self.build.head * share, y + 20, self.who.top)
        elif self.who.hat:
            wide = self.build.head * share * (0.72 if self.who.hat == "👑" else 1.0 if self.who.hat != "👒" else 1.25)
            thing(pen, self.who.hat, 6, y + 26, wide / width_of(self.who.hat), shadow=False, turn=-4)


def _cap(pen: Pen, w: float, y: float, colour: str) -> None:
    """A seaman's cap: soft crown, band and peak."""
    dark = darker(colour, 0.45)
    pen.shape(
        f"M{-w * 0.5:.0f} {y:.0f}C{-w * 0.72:.0f} {y - w * 0.34:.0f} {-w * 0.3:.0f} {y - w * 0.5:.0f} {w * 0.06:.0f} {y - w * 0.46:.0f}S{w * 0.62:.0f} {y - w * 0.24:.0f} {w * 0.5:.0f} {y:.0f}Z",
        dark,
    )
    pen.shape(
        f"M{-w * 0.5:.0f} {y - w * 0.04:.0f}Q0 {y - w * 0.12:.0f} {w * 0.5:.0f} {y - w * 0.04:.0f}V{y + w * 0.08:.0f}Q0 {y:.0f} {-w * 0.5:.0f} {y + w * 0.08:.0f}Z",
        lighter(dark, 0.2),
    )
    pen.shape(
        f"M{w * 0.1:.0f} {y + w * 0.04:.0f}Q{w * 0.5:.0f} {y - w * 0.02:.0f} {w * 0.74:.0f} {y + w * 0.14:.0f}Q{w * 0.4:.0f} {y + w * 0.14:.0f} {w * 0.1:.0f} {y + w * 0.12:.0f}Z",
        "#3a3436",
    )


def _fur(who: Outfit, face: str) -> str:
    from .glyphs import tints

    if who.fur:
        return who.fur
    row = tints().get(face) or tints().get(who.animal) or ["#cbb48e"]
    return row[0]
