"""The pen: shapes in, SVG out, in one of three styles. It knows line weight, depth, light and nothing of what is drawn.

Units: the short side of the frame is 720, whatever the pixels; a line is 3 of them wide near by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .colour import darker, lighter, mix, muted
from .geometry import ellipse
from .light import Light

LINE = 3.0


@dataclass(frozen=True, slots=True)
class Style:
    """How one hand works. `ink`: colour of lines; `outlined`: shapes have lines; `cast`: shapes throw an offset shadow; `dark`: shapes are silhouettes."""

    id: str
    name: str
    description: str
    ink: str = "#4a3c36"
    outlined: bool = True
    cast: bool = False
    dark: bool = False
    saturation: float = 0.86
    grain: float = 1.0


STYLES = {
    "ink": Style("ink", "Ink and tint", "Pen lines of one weight over light watercolour, on paper."),
    "paper": Style(
        "paper", "Cut paper", "Flat coloured paper in layers that throw soft shadows; no lines.",
        ink="#3b302e", outlined=False, cast=True, saturation=1.12, grain=1.3,
    ),
    "shadow": Style(
        "shadow", "Shadow theatre", "Dark figures with cut-out details before a glowing screen.",
        ink="#f3cf8e", outlined=False, dark=True, saturation=0.6, grain=0.8,
    ),
}  # fmt: skip


class Pen:
    """Collects SVG. `width`, `height` in units; groups nest, and line weight stays the same inside scaled ones."""

    def __init__(self, style: Style, light: Light, width: float, height: float) -> None:
        self.style, self.light, self.width, self.height = style, light, width, height
        self.out: list[str] = []
        self.defs: dict[str, str] = {}
        self.scales = [1.0]
        self.lit = 0.0  # how far the figures stand out of the dark: 0 not at all, 1 as by day

    @property
    def scale(self) -> float:
        return self.scales[-1]

    def svg(self, pixels: tuple[int, int]) -> str:
        w, h = pixels
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'preserveAspectRatio="none"><defs>{"".join(self.defs.values())}</defs>{"".join(self.out)}</svg>'
        )

    # -- colours ----------------------------------------------------------------------------
    def tone(self, colour: str, depth: float = 0.0) -> str:
        """The colour in this style and light."""
        if self.style.dark:
            near, far = "#140d12", mix("#d0905a" if not self.light.dark else "#5a6c96", self.light.haze, 0.3)
            return mix(mix(near, colour, 0.1), far, 0.06 + 0.6 * depth)
        tone = muted(colour, self.style.saturation)
        return mix(self.light.on(tone, depth * 0.62), tone, self.lit * 0.55)

    def inked(self, depth: float = 0.0) -> str:
        if self.style.dark:
            return mix(self.style.ink, self.light.haze, depth * 0.6)
        base = mix(self.style.ink, "#1c1a26", 0.4) if self.light.dark else self.style.ink
        return mix(base, self.light.haze, depth * 0.62)

    def weight(self, depth: float = 0.0, times: float = 1.0) -> float:
        return LINE * times * (1 - 0.5 * depth) / self.scale

    # -- marks ------------------------------------------------------------------------------
    def shape(self, d: str, colour: str, depth: float = 0.0, line: float = 1.0, flat: bool = False) -> None:
        """A closed form: tint, and ink around it when the style has lines."""
        if not d:
            return
        tone = self.tone(colour, depth)
        if self.style.cast and not flat and depth < 0.95:
            self._cast(d, depth)
        fill = tone if flat or self.style.dark or self.style.cast else f"url(#{self._shade(tone)})"
        edge = ""
        if line and self.style.outlined:
            edge = (
                f' stroke="{self.inked(depth)}" stroke-width="{self.weight(depth, line):.2f}" stroke-linejoin="round"'
            )
        self.out.append(f'<path d="{d}" fill-rule="evenodd" fill="{fill}"{edge}/>')

    def _cast(self, d: str, depth: float) -> None:
        """Paper throws a shadow: two offset copies, the farther one fainter."""
        for step, alpha in ((11, 0.08), (6.5, 0.1), (3, 0.13)):
            far = step * (1 - 0.5 * depth) / self.scale
            self.out.append(
                f'<path d="{d}" fill-rule="evenodd" fill="#1d120c" fill-opacity="{alpha}" transform="translate({far * 0.5:.2f} {far:.2f})"/>'
            )

    def _shade(self, tone: str) -> str:
        """A gradient a little lighter to the upper left, made once a tone."""
        key = f"s{tone[1:]}"
        if key not in self.defs:
            self.defs[key] = (
                f'<linearGradient id="{key}" x1="0" y1="0" x2="0.8" y2="1"><stop offset="0" stop-color="{lighter(tone)}"/>'
                f'<stop offset="0.55" stop-color="{tone}"/><stop offset="1" stop-color="{darker(tone, 0.1)}"/></linearGradient>'
            )
        return key

    def stroke(self, d: str, depth: float = 0.0, times: float = 1.0, colour: str = "", opacity: float = 1.0) -> None:
        """An open line. Without a colour it is ink: cut paper has a faint one, shadows a lit one."""
        if not colour and self.style.cast:
            opacity *= 0.42
        tone = self.tone(colour, depth) if colour else self.inked(depth)
        if colour and self.style.dark:
            tone = self.tone(colour, depth)
        self.out.append(
            f'<path d="{d}" fill="none" stroke="{tone}" stroke-width="{self.weight(depth, times):.2f}" stroke-opacity="{opacity:g}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def fill(self, d: str, colour: str, opacity: float = 1.0) -> None:
        """Plain paint: the colour as it is, no light, no line."""
        self.out.append(f'<path d="{d}" fill-rule="evenodd" fill="{colour}" fill-opacity="{opacity:g}"/>')

    def wash(self, x: float, y: float, w: float, h: float, top: str, bottom: str, opacity: float = 1.0) -> None:
        """A rectangle from one colour down to another."""
        key = f"w{top[1:]}{bottom[1:]}"
        self.defs[key] = (
            f'<linearGradient id="{key}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{top}"/>'
            f'<stop offset="1" stop-color="{bottom}"/></linearGradient>'
        )
        self.out.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="url(#{key})" fill-opacity="{opacity:g}"/>'
        )

    def glow(self, x: float, y: float, r: float, colour: str = "", opacity: float = 0.8) -> None:
        self._spot(x, y, r, r, colour or self.light.glow, opacity)

    def shadow(self, x: float, y: float, rx: float, opacity: float = 0.34) -> None:
        """The soft shadow under a thing that stands at (x, y)."""
        self._spot(x, y, rx, max(4.0, rx * 0.2), "#1a1418", opacity * (0.6 if self.style.dark else 1.0))

    def _spot(self, x: float, y: float, rx: float, ry: float, colour: str, opacity: float) -> None:
        key = f"g{colour[1:]}"
        self.defs[key] = (
            f'<radialGradient id="{key}"><stop offset="0" stop-color="{colour}"/><stop offset="0.45" stop-color="{colour}" stop-opacity="0.45"/>'
            f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
        )
        self.out.append(f'<path d="{ellipse(x, y, rx, ry)}" fill="url(#{key})" fill-opacity="{opacity:g}"/>')

    @contextmanager
    def group(
        self, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Everything inside moves to (x, y), turned (degrees), scaled, mirrored when `flip`."""
        across = -scale if flip else scale
        self.out.append(f'<g transform="translate({x:.2f} {y:.2f}) rotate({turn:g}) scale({across:.5g} {scale:.5g})">')
        self.scales.append(self.scale * scale)
        yield
        self.scales.pop()
        self.out.append("</g>")

    @contextmanager
    def clip(self, d: str) -> Iterator[None]:
        key = f"c{len(self.defs)}"
        self.defs[key] = f'<clipPath id="{key}"><path d="{d}"/></clipPath>'
        self.out.append(f'<g clip-path="url(#{key})">')
        yield
        self.out.append("</g>")

    @contextmanager
    def in_light(self, share: float = 1.0) -> Iterator[None]:
        """What is drawn inside keeps more of its own colour when the scene is dark."""
        before, self.lit = self.lit, share
        yield
        self.lit = before

    @contextmanager
    def faded(self, opacity: float) -> Iterator[None]:
        self.out.append(f'<g opacity="{opacity:g}">')
        yield
        self.out.append("</g>")
