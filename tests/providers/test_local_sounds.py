"""Sounds by rule: each one there, of its level, without a seam, the same every time; what is not known is said."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from pipeline.providers.base import ProviderRefusal, SoundRequest
from pipeline.providers.local.sounds import KNOWN, LocalSounds, chosen

MIDDLE = {  # Hz between which the balance of each spectrum lies
    "rain": (2500, 6000), "storm": (900, 3000), "wind": (200, 1000), "sea": (400, 1800), "river": (600, 2000),
    "fire": (500, 3000), "night": (1000, 3500), "meadow": (1500, 4000), "forest": (1500, 4500), "town": (200, 900),
    "crowd": (200, 700), "bell": (250, 900), "clock": (1500, 6000), "footsteps": (300, 2000), "door": (200, 1500),
    "train": (700, 2500),
}  # fmt: skip


def made(prompt, seconds=4.0):
    with wave.open(io.BytesIO(LocalSounds().sound(SoundRequest(prompt, seconds)).data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2).T / 32768


@pytest.fixture(params=KNOWN)
def kind(request):
    return request.param


@pytest.fixture
def sound(kind):
    return made(kind)


def test_it_is_as_long_and_as_loud_as_all_and_nothing_is_clipped(sound):
    assert sound.shape == (2, 4 * 48_000)
    power = np.square(sound).mean(axis=0).reshape(-1, 4800).mean(axis=1)
    heard = power[power >= power.max() / 100]
    assert -29 < 10 * np.log10(heard.mean()) < -25
    assert 0.1 < np.abs(sound).max() < 0.7
    assert np.abs(sound.mean(axis=1)).max() < 0.002


def test_its_end_runs_into_its_beginning(sound):
    """The step over the seam is no larger than steps are just beside it, or of the whole."""
    turned = np.roll(sound, 2400, axis=1)
    steps = np.abs(np.diff(turned, axis=1)).max(axis=0)
    bends = np.abs(np.diff(turned, 2, axis=1)).max(axis=0)
    assert steps[2399] <= max(0.003, np.quantile(steps, 0.9995))
    assert bends[2398:2400].max() <= max(0.003, np.quantile(bends, 0.9995))


def test_its_spectrum_lies_where_such_a_sound_does(kind, sound):
    hertz, power = np.fft.rfftfreq(sound.shape[1], 1 / 48_000), (np.abs(np.fft.rfft(sound)) ** 2).sum(axis=0)
    low, high = MIDDLE[kind]
    assert low < (hertz * power).sum() / power.sum() < high


def test_the_same_wish_gives_the_same_bytes_and_another_wish_others():
    first, again, other = (LocalSounds().sound(SoundRequest(p, 1.0)).data for p in ("rain", "rain", "soft rain"))
    assert first == again != other


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("A door creaks in the old house", ("door",)),
        ("Waves on the beach at night, no wind", ("sea", "night")),
        ("Steady rain without thunder or wind", ("rain",)),
        ("rain, wind, bells and a steam train", ("rain", "wind", "bell")),
        ("a spaceship", ()),
    ],
)
def test_words_choose(prompt, kinds):
    assert chosen(prompt) == kinds


def test_what_is_not_known_is_refused_with_what_is():
    with pytest.raises(ProviderRefusal, match="rain, storm, wind"):
        LocalSounds().sound(SoundRequest("a spaceship"))


@pytest.mark.parametrize(("asked", "given"), [(0.0, 20.0), (0.1, 0.5), (400.0, 60.0), (2.34, 2.3)])
def test_lengths_are_held_within_bounds(asked, given):
    result = LocalSounds().sound(SoundRequest("a bell", asked))
    assert result.seconds == given == float(result.usage.units) and result.usage.cost_usd == 0
