# ruff: noqa: E501 - path data reads better on one line
"""Pieces that rooms are put together from: walls, windows, doors, shelves."""

from __future__ import annotations

from random import Random

from ..colour import darker, lighter, mix
from ..geometry import curve, ellipse, polygon, rect
from ..light import light_for
from ..pen import Pen
from ..things import thing
from .view import View


def room(
    pen: Pen, view: View, wall: str, floor: str, *, deep: float = 0.62, boards: bool = True, tiles: bool = False
) -> tuple[float, float, float, float]:
    """Back wall, floor and hints of side walls. Gives the back wall: left, right, top, bottom."""
    inset = 0.1 if view.width > view.height else 0.05
    left, right = view.x(inset), view.x(1 - inset)
    top, bottom = view.y(0.06), view.y(deep)
    pen.shape(rect(-20, -20, view.width + 40, view.height + 40), darker(wall, 0.16), 0.25, line=0)
    if pen.style.dark:
        pen.wash(
            left,
            top,
            right - left,
            bottom - top,
            mix("#8a4f2c", view.light.tint, 0.35),
            mix("#f0c27c", view.light.tint, 0.15),
        )
    else:
        pen.shape(rect(left, top, right - left, bottom - top), wall, 0.25, line=0.8)
    pen.shape(
        polygon([(left, bottom), (right, bottom), (view.width + 30, view.height + 20), (-30, view.height + 20)]),
        floor,
        0.12,
        line=0.8,
    )
    for x, edge in ((left, -30.0), (right, view.width + 30)):
        pen.stroke(f"M{x:.1f} {top:.1f}L{edge:.1f} -20", 0.35, 0.8)
    n = 9
    if boards or tiles:
        for i in range(1, n):
            xb = left + (right - left) * i / n
            xf = -30 + (view.width + 60) * i / n
            pen.stroke(f"M{xb:.1f} {bottom:.1f}L{xf:.1f} {view.height + 20:.1f}", 0.5, 0.6, opacity=0.7)
    if tiles:
        for k in (0.12, 0.3, 0.55):
            y = bottom + (view.height - bottom) * k
            pen.stroke(f"M-20 {y:.1f}H{view.width + 20:.1f}", 0.5, 0.6, opacity=0.7)
    pen.shape(rect(left, bottom - 12, right - left, 12), lighter(wall, 0.3), 0.25, line=0.6)
    return left, right, top, bottom


def lamp_glow(pen: Pen, view: View, x: float, y: float, r: float = 0.6) -> None:
    pen.glow(x, y, view.unit * r, opacity=0.75 if view.night else 0.55)


def window(pen: Pen, view: View, rng: Random, x: float, y: float, w: float, h: float, round_top: bool = False) -> None:
    """A window with what is outside: sky of the hour, a hill, the moon, rain."""
    out = light_for(view.time, view.weather, False)
    frame = (
        f"M{x:.1f} {y + h:.1f}v{-h * 0.7:.1f}a{w / 2:.1f} {h * 0.3:.1f} 0 0 1 {w:.1f} 0v{h * 0.7:.1f}Z"
        if round_top
        else rect(x, y, w, h)
    )
    pen.shape(frame, "#efe6d2", 0.2)
    if not view.night:
        pen.glow(x + w / 2, y + h / 2, w * 1.5, "#fff4d2", 0.4)
    with pen.clip(frame):
        pen.wash(x, y, w, h, *out.sky)
        if not out.dark:
            pen.fill(
                curve([(x - 5, y + h * 0.75), (x + w * 0.4, y + h * 0.64), (x + w + 5, y + h * 0.8)])
                + f"V{y + h:.0f}H{x:.0f}Z",
                out.on("#86a56c", 0.5),
            )
        else:
            pen.fill(ellipse(x + w * 0.7, y + h * 0.28, w * 0.09, w * 0.09), "#f6efd2")
            for _ in range(8):
                pen.fill(ellipse(x + rng.uniform(0, w), y + rng.uniform(0, h * 0.7), 1.2, 1.2), "#f4efd9", 0.8)
        if view.weather in ("rain", "storm"):
            for _ in range(14):
                rx, ry = x + rng.uniform(0, w), y + rng.uniform(0, h)
                pen.stroke(f"M{rx:.0f} {ry:.0f}l-5 16", 0.6, 0.5, opacity=0.5)
        if view.weather == "snow":
            for _ in range(16):
                pen.fill(ellipse(x + rng.uniform(0, w), y + rng.uniform(0, h), 2, 2), "#ffffff", 0.9)
    pen.stroke(frame, 0.15, 1.6)
    pen.stroke(f"M{x + w / 2:.1f} {y:.1f}v{h:.1f}M{x:.1f} {y + h * 0.52:.1f}h{w:.1f}", 0.2, 1.2)
    pen.shape(rect(x - 10, y + h, w + 20, 12), "#b99f7c", 0.15, line=0.8)


def curtains(pen: Pen, x: float, y: float, w: float, h: float, colour: str) -> None:
    for side in (-1, 1):
        ex = x if side < 0 else x + w
        d = f"M{ex - side * w * 0.16:.1f} {y - 14:.1f}q{side * w * 0.05:.1f} {h * 0.6:.1f} {side * w * 0.34:.1f} {h + 40:.1f}h{-side * w * 0.3:.1f}V{y - 14:.1f}Z"
        d = f"M{ex - side * -w * 0.2:.1f} {y - 16:.1f}H{ex + side * w * 0.16:.1f}V{y + h + 46:.1f}H{ex - side * w * 0.02:.1f}Q{ex - side * w * 0.02:.1f} {y + h * 0.4:.1f} {ex - side * w * 0.2:.1f} {y - 16:.1f}Z"
        pen.shape(d, colour, 0.2, line=0.9)


def door(pen: Pen, x: float, y: float, w: float, h: float, colour: str = "#9a6540", depth: float = 0.22) -> None:
    pen.shape(rect(x - 7, y - h - 7, w + 14, h + 7), lighter(colour, 0.25), depth, line=0.9)
    pen.shape(rect(x, y - h, w, h), colour, depth, line=0.9)
    for k, s in ((0.1, 0.32), (0.5, 0.4)):
        pen.stroke(rect(x + w * 0.18, y - h * (1 - k), w * 0.64, h * s), depth, 0.7)
    pen.fill(ellipse(x + w * 0.87, y - h * 0.46, 4, 4), pen.inked(depth))


def rug(pen: Pen, x: float, y: float, w: float, colour: str) -> None:
    pen.shape(ellipse(x, y, w, w * 0.17), colour, 0.1, line=0.8)
    pen.stroke(ellipse(x, y, w * 0.86, w * 0.135), 0.3, 0.7, opacity=0.7)


def shelves(
    pen: Pen, view: View, rng: Random, x: float, y: float, w: float, h: float, goods: str = "", rows: int = 5
) -> None:
    """Shelves with books, or with `goods` among them."""
    pen.shape(rect(x, y, w, h), "#7d5a3e", 0.28)
    gap = h / rows
    for r in range(rows):
        low = y + gap * (r + 1) - 6
        pen.shape(rect(x + 6, low - gap + 12, w - 12, gap - 12), "#54402f", 0.35, line=0.5)
        _books(pen, rng, x + 10, low, w - 20, gap * 0.76, goods)
        pen.shape(rect(x, low, w, 8), "#96704c", 0.25, line=0.7)


def _books(pen: Pen, rng: Random, x: float, low: float, w: float, h: float, goods: str) -> None:
    end = x + w
    while x < end - 8:
        if goods and rng.random() < 0.5 and end - x > h * 0.9:
            thing(pen, rng.choice(goods), x + h * 0.45, low, h * 0.8, depth=0.25, shadow=False)
            x += h * 0.95
            continue
        bw, bh = rng.uniform(7, 16), h * rng.uniform(0.66, 1.0)
        if x + bw > end:
            break
        if rng.random() < 0.9:
            pen.shape(
                rect(x, low - bh, bw, bh),
                rng.choice(("#a2553f", "#5f7d8c", "#7a8a5c", "#c1a25e", "#6d5a78", "#8c6a4c", "#b98a6a")),
                0.25,
                line=0.6,
            )
        x += bw + rng.choice((0, 0, 1, 4))
