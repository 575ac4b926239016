"""Sound on a ring: what is made here has no seam, its end runs into its beginning.

Noise is drawn as a spectrum, movements are whole numbers of waves, and a grain that reaches past the end goes on at the
beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
Sound = NDArray[np.floating[Any]]
Dice = np.random.Generator


def band(low: float, high: float, steep: float = 2.0, tilt: float = 0.0) -> Callable[[Sound], Sound]:
    """Amplitude by frequency: even from `low` to `high` Hz, falling `6 x steep` dB an octave outside, `tilt` x 6 inside."""

    def curve(hertz: Sound) -> Sound:
        safe = np.maximum(hertz, 1.0)
        return (1 + (low / safe) ** 2) ** (-steep / 2) * (1 + (safe / high) ** 2) ** (-steep / 2) * safe**tilt

    return curve


def noise(count: int, dice: Dice, curve: Callable[[Sound], Sound]) -> Sound:
    """Noise of shape (count,), of unit power."""
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    bins = dice.standard_normal(len(hertz)) + 1j * dice.standard_normal(len(hertz))
    bins[0] = 0
    return unit(np.fft.irfft(bins * curve(hertz), count))


def wide(count: int, dice: Dice, curve: Callable[[Sound], Sound], width: float = 0.6) -> Sound:
    """Noise of shape (2, count): `width` 0 is one place, 1 two noises."""
    middle = noise(count, dice, curve)
    sides = np.stack([noise(count, dice, curve) for _ in range(2)])
    return np.sqrt(1 - width) * middle + np.sqrt(width) * sides


def sway(count: int, dice: Dice, hertz: float, slowest: float = 0.0) -> Sound:
    """A movement of unit deviation around 0, of waves from `slowest` to `hertz`, the slow ones the larger."""
    last = max(1, int(hertz * count / RATE))
    waves = np.arange(min(last, max(1, int(slowest * count / RATE))), last + 1)
    bins = np.zeros(count // 2 + 1, complex)
    bins[waves] = (dice.standard_normal(len(waves)) + 1j * dice.standard_normal(len(waves))) / np.sqrt(waves)
    return unit(np.fft.irfft(bins, count))


def breath(count: int, dice: Dice, hertz: float, decibels: float) -> Sound:
    """A gain that moves about so many dB round 1."""
    return 10 ** (np.clip(sway(count, dice, hertz), -2, 2) * decibels / 20)


def filtered(sound: Sound, curve: Callable[[Sound], Sound]) -> Sound:
    """The sound through a filter that neither delays nor rings past the end."""
    count = sound.shape[-1]
    return np.fft.irfft(np.fft.rfft(sound) * curve(np.fft.rfftfreq(count, 1 / RATE)), count)


def scattered(count: int, dice: Dice, grain: Sound, many: int, spread: float = 0.8) -> Sound:
    """`many` copies of a grain at places and loudnesses of chance, shape (2, count)."""
    marks = np.zeros((2, count))
    loud, pan = dice.lognormal(0, spread, many), dice.uniform(0.1, 0.9, many)
    at = dice.integers(0, count, many)
    np.add.at(marks[0], at, loud * np.cos(pan * np.pi / 2))
    np.add.at(marks[1], at, loud * np.sin(pan * np.pi / 2))
    return np.fft.irfft(np.fft.rfft(marks) * np.fft.rfft(folded(grain, count)), count)


def swarm(count: int, dice: Dice, grains: Sequence[Sound], many: int, spread: float = 0.8) -> Sound:
    """`many` grains scattered, so many kinds of them that no pitch stands out, shape (2, count)."""
    share = max(1, many // len(grains))
    return np.sum([scattered(count, dice, unit(grain), share, spread) for grain in grains], axis=0)


def folded(grain: Sound, count: int) -> Sound:
    """A grain laid round a ring of `count` samples."""
    turns = -(-len(grain) // count)
    return np.pad(grain, (0, turns * count - len(grain))).reshape(turns, count).sum(axis=0)


def place(ring: Sound, grain: Sound, at: float, pan: float = 0.5, gain: float = 1.0) -> None:
    """Add a grain at `at` seconds of a ring of shape (2, n); `pan` 0 is left."""
    count = ring.shape[1]
    laid = np.roll(folded(grain, count), round(at * RATE) % count) * gain
    ring += np.stack([laid * np.cos(pan * np.pi / 2), laid * np.sin(pan * np.pi / 2)])


def hall(sound: Sound, dice: Dice, seconds: float, wet: float) -> Sound:
    """The sound in the open or in a room: echoes that die away, darker than itself."""
    length = int(seconds * RATE)
    tail = dice.standard_normal((2, length)) * 10 ** (-3 * np.arange(length) / length)
    laid = np.stack([folded(row, sound.shape[1]) for row in tail]) / np.sqrt(length / 6)
    dark = band(150, 2500, 1.0)(np.fft.rfftfreq(sound.shape[1], 1 / RATE))
    return sound + wet * np.fft.irfft(np.fft.rfft(sound) * np.fft.rfft(laid) * dark, sound.shape[1])


def times(seconds: float) -> Sound:
    """The moments of so many seconds."""
    return np.arange(max(1, round(seconds * RATE))) / RATE


def decay(moments: Sound, seconds: float, rise: float = 0.002) -> Sound:
    """An envelope that rises at once and falls 60 dB in `seconds`, ended at zero."""
    fall = 10 ** (-3 * moments / seconds) * np.clip(moments / rise, 0, 1)
    return fall * np.clip((moments[-1] - moments) / min(0.01, moments[-1] / 4 + 1e-9), 0, 1)


def hump(moments: Sound) -> Sound:
    """An envelope that swells and goes."""
    return np.sin(np.pi * np.clip(moments / moments[-1], 0, 1)) ** 2


def sweep(hertz: Sound) -> Sound:
    """A sine whose frequency moves as given, a sample each."""
    return np.sin(2 * np.pi * np.cumsum(hertz) / RATE)


def evenly(dice: Dice, seconds: float, every: float, loose: float = 0.25) -> list[float]:
    """Moments about `every` seconds apart, a whole number of them on the ring."""
    many = max(1, round(seconds / every))
    step = seconds / many
    return [(k + loose * dice.uniform(-0.5, 0.5)) * step % seconds for k in range(many)]


def unit(sound: Sound) -> Sound:
    """Of unit power."""
    return sound / max(1e-12, float(np.sqrt(np.mean(np.square(sound)))))


def summed(parts: Iterable[tuple[float, Sound]]) -> Sound:
    """(dB, sound) together, each of unit power before."""
    return sum((10 ** (level / 20) * unit(sound) for level, sound in parts), start=np.zeros(1))
