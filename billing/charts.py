"""Charts as plain SVG: bars and lines that need no script and no style of their own, and say in words what they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, FOOT, TOP = 720, 200, 56, 22, 12
COLOURS = ("#417690", "#ba2121")


def bars(
    title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str = ""
) -> SafeString:
    """One bar a label, of the series one upon the other. The first label, the last and the highest value are written."""
    heights = [sum(values[i] for _, values in series) for i in range(len(labels))]
    most = max(heights, default=0) or 1
    wide = (WIDTH - LEFT) / max(1, len(labels))
    shapes = []
    for i, label in enumerate(labels):
        base = float(HEIGHT - FOOT)
        for number, (name, values) in enumerate(series):
            high = _scaled(values[i], most)
            base -= high
            shapes.append(
                {
                    "x": round(LEFT + i * wide + wide * 0.1, 1), "y": round(base, 1), "width": round(wide * 0.8, 1),
                    "height": round(high, 1), "fill": COLOURS[number % 2], "title": f"{label}, {name}: {_plain(values[i])}{unit}",
                }
            )  # fmt: skip
    return _drawn(title, labels, series, most, unit, bars=shapes)


def lines(
    title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str = ""
) -> SafeString:
    """One line a series."""
    most = max((value for _, values in series for value in values), default=0) or 1
    step = (WIDTH - LEFT) / max(1, len(labels) - 1)
    drawn = [
        {
            "points": " ".join(
                f"{LEFT + i * step:.1f},{HEIGHT - FOOT - _scaled(value, most):.1f}" for i, value in enumerate(values)
            ),
            "stroke": COLOURS[number % 2],
        }
        for number, (_, values) in enumerate(series)
    ]
    return _drawn(title, labels, series, most, unit, lines=drawn)


def _scaled(value: float, most: float) -> float:
    return (HEIGHT - FOOT - TOP) * float(value) / float(most)


def _plain(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _drawn(title: str, labels: Sequence[str], series: Any, most: float, unit: str, **shapes: Any) -> SafeString:
    legend = [{"name": name, "fill": COLOURS[number % 2]} for number, (name, _) in enumerate(series)]
    context = {
        "title": title, "first": labels[0] if labels else "", "last": labels[-1] if labels else "",
        "most": f"{_plain(most)}{unit}", "legend": legend if len(legend) > 1 else [], "width": WIDTH, "height": HEIGHT,
        "left": LEFT, "foot": HEIGHT - FOOT, "top": TOP, "empty": not labels, **shapes,
    }  # fmt: skip
    return render_to_string("admin/chart.html", context)
