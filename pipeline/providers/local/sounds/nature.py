"""Birds by day, crickets by night."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ring import RATE, Dice, Sound, band, breath, evenly, hall, hump, place, summed, sway, sweep, times, wide


@dataclass(frozen=True, slots=True)
class Bird:
    """How one bird sings: pitch in Hz, how far a note glides (share of its pitch), notes a phrase, seconds a note."""

    pitch: float
    glide: float
    notes: int
    long: float
    trill: float = 0.0  # Hz


def meadow(seconds: float, dice: Dice) -> Sound:
    """Open country: several birds near and far, a light breeze, a few insects."""
    count = round(seconds * RATE)
    air = wide(count, dice, band(150, 900, 1.2, -0.2), 0.8) * breath(count, dice, 0.3, 1.5)
    grass = wide(count, dice, band(2500, 7000, 1.5), 0.9) * breath(count, dice, 0.4, 4.0)
    return summed([(-4, air), (-15, grass), (-2, birds(seconds, dice, 4, 2.6)), (-20, _hum(seconds, dice))])


def forest(seconds: float, dice: Dice) -> Sound:
    """Leaves in the wind, and birds that answer each other between the trees."""
    count = round(seconds * RATE)
    gust = np.clip(0.7 + 0.25 * sway(count, dice, 0.25), 0.35, None)
    leaves = wide(count, dice, band(900, 5200, 1.0, -0.2), 0.9) * gust
    trunks = wide(count, dice, band(90, 500, 1.2, -0.2), 0.6) * gust
    return summed([(-2, leaves), (-3, trunks), (-6, hall(birds(seconds, dice, 3, 3.6), dice, 1.6, 0.5))])


def birds(seconds: float, dice: Dice, many: int, every: float) -> Sound:
    """`many` birds, each with a song and a tree of its own; a phrase of each about every `many x every` seconds."""
    ring = np.zeros((2, round(seconds * RATE)))
    for _ in range(many):
        bird = Bird(
            dice.uniform(2300, 4600), dice.uniform(-0.25, 0.3), int(dice.integers(2, 7)), dice.uniform(0.07, 0.2),
            dice.choice([0.0, 0.0, 24.0]),
        )  # fmt: skip
        pan, far = dice.uniform(0.1, 0.9), dice.uniform(0.25, 1.0)
        tune = dice.uniform(0.88, 1.14, bird.notes)
        for moment in evenly(dice, seconds, many * every, 0.8):
            place(ring, phrase(bird, tune, dice), moment, pan, far)
    return ring


def phrase(bird: Bird, tune: Sound, dice: Dice) -> Sound:
    """One strophe: its notes stay the same, how fast it sings them does not."""
    gap = np.zeros(int(RATE * bird.long * dice.uniform(0.5, 0.9)))
    sung = []
    for step in tune:
        at = times(bird.long)
        way = at / at[-1]
        hertz = bird.pitch * step * (1 + bird.glide * way * dice.uniform(0.9, 1.1))
        if bird.trill:
            hertz = hertz * (1 + 0.05 * np.sin(2 * np.pi * bird.trill * at))
        sung += [(sweep(hertz) + 0.12 * sweep(2 * hertz)) * hump(at), gap]
    return np.concatenate(sung)


def _hum(seconds: float, dice: Dice) -> Sound:
    """Bees somewhere."""
    count = round(seconds * RATE)
    near = np.clip(sway(count, dice, 0.25), 0, None)
    return wide(count, dice, band(190, 215, 6.0), 0.5) * near


def night(seconds: float, dice: Dice) -> Sound:
    """Crickets near and far over still air, and an owl now and then where there is time for one."""
    count = round(seconds * RATE)
    air = wide(count, dice, band(80, 500, 1.2, -0.3), 0.7) * breath(count, dice, 0.2, 1.5)
    ring = np.zeros((2, count))
    for pan, far in ((0.25, 1.0), (0.7, 0.6), (0.9, 0.35), (0.1, 0.3)):
        cricket(ring, seconds, dice, pan, far)
    field = wide(count, dice, band(4300, 5200, 6.0), 0.9) * breath(count, dice, 9.0, 2.0)
    owl = [(-17, _owl(seconds, dice))] if seconds >= 12 else []
    return summed([(-3, air), (-6, ring), (-13, field), *owl])


def cricket(ring: Sound, seconds: float, dice: Dice, pan: float, far: float) -> None:
    """Chirps of three or four pulses, as steady as a clock."""
    pitch, pulses = dice.uniform(3900, 4700), int(dice.integers(3, 5))
    at = times(0.019)
    pulse = np.sin(2 * np.pi * pitch * at) * hump(at)
    chirp = np.concatenate([np.concatenate([pulse, np.zeros(int(0.013 * RATE))]) for _ in range(pulses)])
    for moment in evenly(dice, seconds, dice.uniform(0.42, 0.75), 0.08):
        place(ring, chirp, moment, pan, far * dice.uniform(0.8, 1.0))


def _owl(seconds: float, dice: Dice) -> Sound:
    ring = np.zeros((2, round(seconds * RATE)))
    for moment in evenly(dice, seconds, 17.0, 0.6):
        for start, long in ((0.0, 0.5), (0.9, 0.25), (1.3, 0.8)):
            at = times(long)
            place(ring, sweep(np.full(len(at), 380.0) - 20 * at) * hump(at), moment + start, 0.8, 0.5)
    return hall(ring, dice, 1.8, 0.8)
