"""Shapes as shapely polygons, and as SVG path data."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from shapely import MultiPoint, Point, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

Spot = tuple[float, float]


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry, largest first."""
    parts = [shape] if isinstance(shape, Polygon) else list(getattr(shape, "geoms", ()))
    found = [p for part in parts for p in ([part] if isinstance(part, Polygon) else polygons(part))]
    return sorted((p for p in found if not p.is_empty), key=lambda p: (-p.area, p.bounds))


def path(shape: BaseGeometry, scale: float = 1.0, digits: int = 1) -> str:
    """SVG path data (even-odd) of a geometry, its coordinates times `scale`."""

    def ring(coords: Iterable[Sequence[float]]) -> str:
        spots = [f"{round(c[0] * scale, digits):g} {round(c[1] * scale, digits):g}" for c in coords]
        return "M" + "L".join(spots[:-1]) + "Z"

    return "".join(ring(r.coords) for p in polygons(shape) for r in (p.exterior, *p.interiors))


def line(spots: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)


def curve(spots: Sequence[Spot], closed: bool = False) -> str:
    """A smooth path through the spots (Catmull-Rom as cubics)."""
    n = len(spots)

    def at(i: int) -> Spot:
        return spots[i % n] if closed else spots[max(0, min(n - 1, i))]

    parts = [f"M{spots[0][0]:.1f} {spots[0][1]:.1f}"]
    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        parts.append(
            f"C{bx + (cx - ax) / 6:.1f} {by + (cy - ay) / 6:.1f} {cx - (dx - bx) / 6:.1f} {cy - (dy - by) / 6:.1f} {cx:.1f} {cy:.1f}"
        )
    return "".join(parts) + ("Z" if closed else "")


def rect(x: float, y: float, w: float, h: float) -> str:
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}Z"


def ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    return f"M{cx - rx:.1f} {cy:.1f}a{rx:.1f} {ry:.1f} 0 1 0 {2 * rx:.1f} 0a{rx:.1f} {ry:.1f} 0 1 0 {-2 * rx:.1f} 0Z"


def polygon(spots: Sequence[Spot]) -> str:
    return line(spots) + "Z"


def disc(spot: Spot, radius: float) -> BaseGeometry:
    return Point(spot).buffer(radius, quad_segs=12)


def limb(spots: Sequence[Spot], radii: Sequence[float]) -> BaseGeometry:
    """A tapered tube along the spots: hulls of neighbouring discs, united."""
    discs = [disc(s, r) for s, r in zip(spots, radii, strict=True)]
    if len(discs) == 1:
        return discs[0]
    return unary_union([unary_union(pair).convex_hull for pair in itertools.pairwise(discs)])


def hull(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return unary_union(list(shapes)).convex_hull


def cloud_of(spots: Sequence[Spot]) -> BaseGeometry:
    return MultiPoint(list(spots)).convex_hull


def soft(shape: BaseGeometry, radius: float) -> BaseGeometry:
    """Corners rounded, in and out."""
    return shape.buffer(radius, quad_segs=6).buffer(-2 * radius, quad_segs=6).buffer(radius, quad_segs=6)


def reach(spot: Spot, degrees: float, length: float) -> Spot:
    """Where a bone of `length` ends: 0 hangs down, 90 points right (forward), 180 up."""
    a = math.radians(degrees)
    return spot[0] + math.sin(a) * length, spot[1] + math.cos(a) * length
