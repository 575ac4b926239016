"""Rain, storm, wind and fire: noise that breathes, with drops, thunder and sparks in it."""

from __future__ import annotations

import numpy as np

from .ring import (
    RATE,
    Dice,
    Sound,
    band,
    breath,
    decay,
    evenly,
    noise,
    place,
    summed,
    swarm,
    sway,
    times,
    wide,
)


def drop(dice: Dice, hertz: float, seconds: float) -> Sound:
    """One drop: a short ping with a wet edge."""
    at = times(seconds)
    ping = np.sin(2 * np.pi * hertz * at * (1 + 0.3 * at / seconds))
    return (ping + 0.6 * dice.standard_normal(len(at))) * decay(at, seconds, 0.0006)


def rain(seconds: float, dice: Dice) -> Sound:
    """A steady fall on leaves: hiss, many small drops, some large ones near."""
    count = round(seconds * RATE)
    fall = wide(count, dice, band(400, 4200, 1.0, -0.25), 0.8) * breath(count, dice, 0.4, 1.0)
    small = swarm(count, dice, [drop(dice, hertz, 0.012) for hertz in dice.uniform(1400, 5200, 12)], int(160 * seconds))
    near = swarm(count, dice, [drop(dice, hertz, 0.03) for hertz in dice.uniform(700, 2600, 8)], int(21 * seconds), 0.5)
    return summed([(0, fall), (-7, small), (-11, near)])


def thunder(dice: Dice, seconds: float = 6.0) -> Sound:
    """A far roll: dark noise in several blows that die away."""
    at = times(seconds)
    roll = noise(len(at), dice, band(28, 110, 2.0, -0.3))
    shape = np.zeros(len(at))
    for blow in np.sort(dice.uniform(0, 2.2, 5)):
        after = np.clip(at - blow, 0, None)
        shape += dice.uniform(0.4, 1.0) * (1 - np.exp(-after / 0.08)) * np.exp(-after / 1.1)
    return roll * shape * np.clip((seconds - at) / 1.5, 0, 1)


def storm(seconds: float, dice: Dice) -> Sound:
    """Heavy rain driven by gusts, with thunder about every twelve seconds."""
    count = round(seconds * RATE)
    heavy = wide(count, dice, band(300, 6000, 1.0, -0.3), 0.8) * breath(count, dice, 0.5, 2.5)
    far = np.zeros((2, count))
    for moment in evenly(dice, seconds, 12.0, 0.5):
        place(far, thunder(dice), moment, dice.uniform(0.25, 0.75), dice.uniform(0.7, 1.0))
    drops = swarm(count, dice, [drop(dice, hertz, 0.014) for hertz in dice.uniform(1200, 4600, 12)], int(220 * seconds))
    return summed([(0, heavy), (-6, wind(seconds, dice)), (-9, drops), (1, far)])


def wind(seconds: float, dice: Dice) -> Sound:
    """Gusts: the stronger they blow, the higher they sound."""
    count = round(seconds * RATE)
    gust = np.clip(0.6 + 0.28 * sway(count, dice, 0.28), 0.22, 1.3)
    low = wide(count, dice, band(90, 320, 1.5), 0.6) * gust
    middle = wide(count, dice, band(260, 800, 2.0), 0.6) * gust**1.8
    high = wide(count, dice, band(700, 2400, 2.0), 0.7) * gust**3
    howl = wide(count, dice, band(430, 470, 7.0), 0.4) * gust**2.5
    return low + 0.55 * middle + 0.22 * high + 0.05 * howl


def fire(seconds: float, dice: Dice) -> Sound:
    """A hearth: a low flutter, crackles in bursts, now and then a log that pops."""
    count = round(seconds * RATE)
    flutter = wide(count, dice, band(60, 350, 1.5, -0.2), 0.5) * breath(count, dice, 6.0, 2.5)
    air = wide(count, dice, band(1500, 6000, 1.0), 0.7) * breath(count, dice, 3.0, 3.0)
    at = times(0.007)
    sparks = [dice.standard_normal(len(at)) * decay(at, 0.006, 0.0002) for _ in range(12)]
    busy = np.clip(0.3 + sway(count, dice, 0.8), 0, None)
    crackle = swarm(count, dice, sparks, int(34 * seconds), 0.5) * busy
    pops = np.zeros((2, count))
    for moment in evenly(dice, seconds, 3.1, 0.9):
        long = times(0.09)
        pop = (np.sin(2 * np.pi * 320 * long) + dice.standard_normal(len(long))) * decay(long, 0.07, 0.0005)
        place(pops, pop, moment, dice.uniform(0.3, 0.7), dice.uniform(0.4, 1.0))
    return summed([(0, flutter), (-17, air), (-12, crackle), (-15, pops)])
