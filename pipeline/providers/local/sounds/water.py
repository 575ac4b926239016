"""Sea and running water."""

from __future__ import annotations

import numpy as np

from .ring import RATE, Dice, Sound, band, breath, evenly, hump, place, summed, sweep, times, wide

WAVE = 8.0  # seconds from one wave to the next


def sea(seconds: float, dice: Dice) -> Sound:
    """Waves on a beach: each swells, breaks and runs back over the sand."""
    count = round(seconds * RATE)
    deep = wide(count, dice, band(60, 400, 1.5, -0.2), 0.6)
    foam = wide(count, dice, band(700, 5500, 1.0, -0.2), 0.9)
    swell, hiss = np.full(count, 0.25), np.full(count, 0.05)
    for moment in evenly(dice, seconds, WAVE, 0.35):
        size = dice.uniform(0.7, 1.0)
        _lay(swell, _wave(2.8, 4.0), moment, size)
        _lay(hiss, _wave(1.6, 5.5), moment + 1.4, size)
    return 0.8 * deep * swell + 0.5 * foam * hiss**1.3


def _wave(rise: float, fall: float) -> Sound:
    """Up as a half wave, down as it runs out."""
    up = np.sin(times(rise) / rise * np.pi / 2) ** 2
    at = times(fall)
    return np.concatenate([up, np.exp(-3.2 * at / fall) * np.clip((fall - at) / 0.8, 0, 1)])


def _lay(ring: Sound, shape: Sound, at: float, size: float) -> None:
    """Add a shape to a ring of shape (n,)."""
    both = np.stack([ring, ring])
    place(both, shape, at, 0.5, size * np.sqrt(2))
    ring[:] = both[0]


def river(seconds: float, dice: Dice) -> Sound:
    """A brook over stones: a rush in several voices, and bubbles."""
    count = round(seconds * RATE)
    rush = [
        (level, wide(count, dice, band(low, 1.7 * low, 2.5), 0.9) * breath(count, dice, pace, 3.5))
        for level, low, pace in ((0, 280, 2.0), (-1, 550, 4.0), (-4, 1000, 6.0), (-9, 2000, 8.0))
    ]
    return summed([*rush, (-5, _bubbles(seconds, dice))])


def _bubbles(seconds: float, dice: Dice) -> Sound:
    """Small sines that rise as a bubble does."""
    ring = np.zeros((2, round(seconds * RATE)))
    for moment in dice.uniform(0, seconds, int(9 * seconds)):
        at = times(dice.uniform(0.03, 0.09))
        start = dice.uniform(380, 1500)
        grain = sweep(start * (1 + dice.uniform(0.15, 0.7) * at / at[-1])) * hump(at)
        place(ring, grain, moment, dice.uniform(0.15, 0.85), dice.lognormal(-1, 0.6))
    return ring
