"""Colours as #rrggbb strings: mixing, muting and lifting."""

from __future__ import annotations

import colorsys
from functools import lru_cache


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hexed(r: float, g: float, b: float) -> str:
    return "#" + "".join(f"{min(255, max(0, round(c))):02x}" for c in (r, g, b))


@lru_cache(4096)
def mix(one: str, other: str, share: float) -> str:
    """`share` 0 gives `one`, 1 gives `other`."""
    a, b = rgb(one), rgb(other)
    return hexed(*(x + (y - x) * share for x, y in zip(a, b, strict=True)))


@lru_cache(4096)
def muted(colour: str, saturation: float = 0.72) -> str:
    """The colour with its saturation scaled, as watercolour would have it."""
    h, lightness, s = colorsys.rgb_to_hls(*(c / 255 for c in rgb(colour)))
    return hexed(*(c * 255 for c in colorsys.hls_to_rgb(h, lightness, s * saturation)))


def lighter(colour: str, share: float = 0.14) -> str:
    return mix(colour, "#fff8ea", share)


def darker(colour: str, share: float = 0.18) -> str:
    return mix(colour, "#241a1c", share)


def luminance(colour: str) -> float:
    """0 black, 1 white (Rec. 709 weights, no gamma)."""
    r, g, b = rgb(colour)
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
