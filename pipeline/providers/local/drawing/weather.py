# ruff: noqa: E501 - path data reads better on one line
"""Weather in front of everything: rain, snow, fog, lightning; and the motes of a calm day."""

from __future__ import annotations

from random import Random

from .colour import mix
from .geometry import ellipse, line
from .pen import Pen
from .places import View


def fall(pen: Pen, view: View, rng: Random) -> None:
    """What comes down or drifts by, over the whole frame."""
    if view.weather in ("rain", "storm"):
        _rain(pen, view, rng, 150 if view.weather == "storm" else 95)
    elif view.weather == "snow":
        for _ in range(130):
            r = rng.choice((1.5, 2.2, 3.0, 4.4))
            pen.fill(ellipse(view.x(rng.random()), view.y(rng.random()), r, r), "#ffffff", rng.uniform(0.6, 0.95))
    elif view.weather == "fog":
        for i in range(2):
            y = view.y(0.5 + 0.4 * i)
            pen.out.append(
                f'<ellipse cx="{view.x(rng.random()):.0f}" cy="{y:.0f}" rx="{view.width * 0.75:.0f}" ry="{view.height * 0.1:.0f}" fill="{mix(view.light.haze, "#f4f4f0", 0.5)}" fill-opacity="0.26"/>'
            )


def _rain(pen: Pen, view: View, rng: Random, count: int) -> None:
    lean = 16 if view.weather == "storm" else 7
    tone = mix(view.light.haze, "#eef4f6", 0.6)
    for _ in range(count):
        x, y, n = view.x(rng.uniform(-0.05, 1.1)), view.y(rng.random()), rng.uniform(16, 34)
        pen.out.append(
            f'<path d="M{x:.0f} {y:.0f}l{-lean * n / 24:.1f} {n:.1f}" stroke="{tone}" stroke-width="1.7" stroke-opacity="0.6" stroke-linecap="round"/>'
        )


def lightning(pen: Pen, view: View, rng: Random, below: float) -> None:
    """A bolt behind the near things."""
    if view.weather != "storm":
        return
    x, y = view.x(rng.uniform(0.2, 0.8)), 0.0
    spots = [(x, y)]
    while y < below:
        x, y = x + rng.uniform(-34, 34), y + rng.uniform(26, 60)
        spots.append((x, y))
    pen.glow(spots[len(spots) // 2][0], below * 0.5, view.unit * 0.5, "#f4f1dc", 0.7)
    pen.out.append(f'<path d="{line(spots)}" fill="none" stroke="#fffbe4" stroke-width="4.5" stroke-linejoin="bevel"/>')
