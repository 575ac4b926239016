"""Bells, clocks, steps, doors, a train, people far away: what people and their things sound like."""

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
    filtered,
    hall,
    noise,
    place,
    summed,
    sway,
    times,
    unit,
    wide,
)

PARTIALS = (  # of a church bell: times its strike note, loudness, seconds to die away
    (0.5, 0.6, 6.0), (1.0, 1.0, 4.5), (1.19, 0.7, 3.5), (1.5, 0.4, 2.6), (2.0, 0.8, 2.4), (2.5, 0.25, 1.5),
    (3.0, 0.3, 1.1), (4.1, 0.2, 0.7),
)  # fmt: skip


def bell(seconds: float, dice: Dice) -> Sound:
    """A church bell, a stroke about every three seconds; what rings on at the end is heard at the beginning."""
    ring, at = np.zeros((2, round(seconds * RATE))), times(6.0)
    note = dice.uniform(280, 420)
    parts = [loud * np.sin(2 * np.pi * note * part * at) * decay(at, long, 0.003) for part, loud, long in PARTIALS]
    clapper = filtered(dice.standard_normal(len(at)) * decay(at, 0.05, 0.001), band(800, 3000))
    for moment in evenly(dice, seconds, 3.0, 0.05):
        place(ring, np.sum(parts, axis=0) + 0.5 * clapper, moment, 0.5, dice.uniform(0.85, 1.0))
    return hall(ring, dice, 2.0, 0.35)


def clock(seconds: float, dice: Dice) -> Sound:
    """A clock in a still room: tick and tock, an even number of them."""
    ring, pairs = np.zeros((2, round(seconds * RATE))), max(1, round(seconds / 1.5))
    step, at = seconds / pairs / 2, times(0.12)
    for k in range(2 * pairs):
        hertz = (1900, 1450)[k % 2]
        wood = np.sin(2 * np.pi * hertz / 5 * at) * decay(at, 0.09, 0.001)
        click = (np.sin(2 * np.pi * hertz * at) + 0.7 * dice.standard_normal(len(at))) * decay(at, 0.03, 0.0004)
        place(ring, click + 0.6 * wood, k * step, 0.5)
    room = wide(ring.shape[1], dice, band(60, 300, 1.5, -0.3))
    return summed([(0, hall(ring, dice, 0.7, 0.3)), (-26, room)])


def footsteps(seconds: float, dice: Dice) -> Sound:
    """Somebody walks on a path: heel, then sole."""
    ring = np.zeros((2, round(seconds * RATE)))
    for k, moment in enumerate(evenly(dice, seconds, 0.58, 0.08)):
        at = times(0.22)
        heel = filtered(dice.standard_normal(len(at)) * decay(at, 0.08, 0.002), band(70, 420, 2.0))
        grit = filtered(dice.standard_normal(len(at)) * decay(at, 0.2, 0.02), band(1500, 5000, 1.5))
        side = 0.45 + 0.1 * (k % 2)
        place(ring, 1.6 * unit(heel), moment, side, dice.uniform(0.8, 1.0))
        place(ring, 0.5 * unit(grit), moment + 0.07, side, dice.uniform(0.6, 1.0))
    return hall(ring, dice, 0.5, 0.12)


def door(seconds: float, dice: Dice) -> Sound:
    """A door creaks and falls shut; then it is still."""
    count, long = round(seconds * RATE), min(2.2, 0.55 * seconds)
    at = times(long)
    speed = (22 + 26 * np.sin(np.pi * at / long) ** 2) * (1 + 0.12 * sway(len(at), dice, 5.0))
    teeth = np.diff(np.floor(np.cumsum(speed) / RATE), prepend=0.0)
    body = [filtered(teeth, band(hertz, 1.04 * hertz, 6.0)) for hertz in (420, 760, 1130, 1900)]
    creak = unit(np.sum(body, axis=0)) * np.sin(np.pi * at / long) ** 0.6 * 0.5
    after = times(min(0.6, 0.3 * seconds))
    thud = filtered(dice.standard_normal(len(after)) * decay(after, 0.3, 0.001), band(45, 300, 2.0))
    latch = filtered(dice.standard_normal(len(after)) * decay(after, 0.04, 0.0005), band(1200, 3500))
    ring = np.zeros((2, count))
    place(ring, creak, 0.05 * seconds, 0.45)
    place(ring, 1.6 * unit(thud) + 0.5 * unit(latch), 0.05 * seconds + long, 0.5)
    ends = np.clip(np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.02 * RATE), 0, 1)
    return hall(ring, dice, 0.4, 0.15) * ends


def train(seconds: float, dice: Dice) -> Sound:
    """A steam train under way: four chuffs a turn of the wheel, rails below."""
    count = round(seconds * RATE)
    ring, rails = np.zeros((2, count)), np.zeros((2, count))
    chuffs = 4 * max(1, round(seconds * 0.55))
    for k in range(chuffs):
        at = times(0.32)
        puff = filtered(dice.standard_normal(len(at)) * decay(at, 0.34, 0.03), band(180, 2200, 1.5))
        place(ring, unit(puff), k * seconds / chuffs, 0.5, (1.0, 0.72, 0.85, 0.68)[k % 4])
    for k in range(max(1, round(seconds / 1.2))):
        for beat in (0.0, 0.14):
            at = times(0.12)
            clack = filtered(dice.standard_normal(len(at)) * decay(at, 0.08, 0.001), band(250, 1400, 2.0))
            place(rails, unit(clack), k * seconds / max(1, round(seconds / 1.2)) + beat, 0.55)
    wheels = wide(count, dice, band(45, 260, 1.5, -0.2), 0.6) * breath(count, dice, 1.5, 1.5)
    return summed([(0, ring), (-3, wheels), (-7, rails)])


def crowd(seconds: float, dice: Dice) -> Sound:
    """People talking somewhere, too far away for a word to be heard."""
    count = round(seconds * RATE)
    return hall(np.sum([_talker(count, dice) for _ in range(14)], axis=0), dice, 0.9, 0.5)


def _talker(count: int, dice: Dice) -> Sound:
    """A murmur in syllables: a buzz and breath through a mouth that opens and shuts, heard through the air."""
    pitch = dice.uniform(95, 215) * 2 ** (sway(count, dice, 1.5) * 0.12)
    phase = np.cumsum(pitch) / RATE
    phase = phase * (max(1, round(phase[-1])) / phase[-1]) + dice.uniform()
    buzz = np.sum([np.sin(2 * np.pi * k * phase) / k for k in range(1, 7)], axis=0)
    voiced = filtered(buzz * np.clip(sway(count, dice, 5.5, 2.5) + 0.1, 0, 1.5), band(220, 620, 1.5))
    speaks = np.clip(0.6 + sway(count, dice, 0.4, 0.1), 0.1, 1)
    breathy = noise(count, dice, band(400, 900, 2.0)) * np.clip(sway(count, dice, 6.0, 2.5), 0, 1.5)
    pan, far = dice.uniform(0.1, 0.9), dice.uniform(0.5, 1.0)
    heard = (unit(voiced) + 0.35 * breathy) * speaks * far
    return np.stack([heard * np.cos(pan * np.pi / 2), heard * np.sin(pan * np.pi / 2)])


def town(seconds: float, dice: Dice) -> Sound:
    """A street: people far away, carts on the stones, somebody who walks by."""
    count = round(seconds * RATE)
    carts = wide(count, dice, band(70, 420, 1.5, -0.2), 0.8) * breath(count, dice, 0.3, 3.0)
    air = wide(count, dice, band(200, 1200, 1.0, -0.4), 0.8)
    return summed([(0, crowd(seconds, dice)), (-2, carts), (-10, air), (-14, footsteps(seconds, dice))])
