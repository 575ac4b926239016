"""Puts a line drawing of a thing into the picture."""

from __future__ import annotations

from .aliases import BEASTS
from .colour import lighter, mix
from .glyphs import Drawing, drawing
from .pen import Pen
from .props import PROPS, WIDE

Box = tuple[float, float, float, float]


def width_of(ref: str) -> float:
    """Width of a drawing whose height is 1."""
    if ref in BEASTS:
        return 1.25
    if ref in PROPS:
        return WIDE.get(ref, 0.7)
    w, h = drawing(ref, 19.5).size
    return w / h


def thing(
    pen: Pen, ref: str, x: float, y: float, height: float, *, depth: float = 0.0, flip: bool = False, turn: float = 0.0,
    shadow: bool = True, colour: str = "", run: bool = False,
) -> Box:  # fmt: skip
    """Any drawing by its reference, standing at (x, y), `height` units high. Gives its box x, y, w, h, not turned."""
    if ref not in PROPS and ref not in BEASTS:
        return glyph(pen, ref, x, y, height, depth=depth, flip=flip, turn=turn, shadow=shadow, colour=colour)
    w = width_of(ref) * height
    if shadow:
        pen.shadow(x, y, w * 0.52, 0.3 * (1 - depth))
    with pen.group(x, y, height / 1000, turn, flip):
        if ref in PROPS:
            PROPS[ref](pen, depth)
        else:
            from .beasts import beast

            beast(pen, ref, depth, run)
    return x - w / 2, y - height, w, height


def glyph(
    pen: Pen, char: str, x: float, y: float, height: float, *, depth: float = 0, flip: bool = False, turn: float = 0,
    shadow: bool = True, colour: str = "",
) -> Box:  # fmt: skip
    """A character of the font, turned about its foot."""
    scale = height / drawing(char, 19.5).size[1]
    made = drawing(char, round(max(8.0, pen.weight(depth) / scale) / 2) * 2)
    x0, _, x1, y1 = made.box
    w = (x1 - x0) * scale
    if shadow:
        pen.shadow(x, y, w * 0.52, 0.3 * (1 - depth))
    with pen.group(x, y, scale, turn, flip), pen.group(-(x0 + x1) / 2, -y1):
        _ink(pen, made, depth, colour, ref_shines(char))
    return x - w / 2, y - height, w, height


def ref_shines(char: str) -> bool:
    """Flames and lights of the sky stay bright where all else is a silhouette."""
    return char in "🔥🌙🌕☀⭐⚡"


def _ink(pen: Pen, made: Drawing, depth: float, colour: str, shines: bool) -> None:
    if pen.style.dark and shines:
        pen.fill(made.whole, mix(pen.light.glow, "#ffb85c", 0.3), 1 - depth * 0.5)
        return
    if pen.style.dark:
        pen.shape(made.whole, colour or made.parts[0][1], depth)
        pen.fill(made.slits, pen.inked(depth), 0.55)
        return
    pen.shape(made.whole if pen.style.cast else made.parts[0][0], colour or made.parts[0][1], depth, line=0)
    for d, tint in made.parts[1:]:
        pen.shape(d, _near(tint, colour), depth, line=0, flat=pen.style.cast)
    if pen.style.outlined:
        pen.fill(made.ink, pen.inked(depth))
    else:
        pen.fill(made.slits, pen.inked(depth), 0.5)


def _near(tint: str, colour: str) -> str:
    """With a wanted colour, the regions keep only their lightness."""
    return lighter(colour, 0.3) if colour else tint
