"""What lies under the voice besides our own music: recordings that go round, and the sounds of places."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.providers.base import SoundRequest
from pipeline.providers.local.sounds import LocalSounds
from pipeline.rendering.failures import BadMaterial
from pipeline.rendering.sound import Placement, Recording, Span, mix
from pipeline.rendering.sound.ambience import ALONE, LEVEL, UNDER, Atmosphere, layers
from pipeline.rendering.sound.looping import Ring, decoded
from pipeline.rendering.sound.loudness import Meter
from pipeline.rendering.sound.music import bed_of

from .conftest import speech, write_wav
from .test_mix import decoded as encoded
from .test_mix import loudness

RATE = 48_000


def tune(path, seconds, rate=44_100, loud=0.2):
    """A hum with silence at both ends, as vendors send it."""
    time = np.arange(int(seconds * rate)) / rate
    hum = loud * np.sin(2 * np.pi * 330 * time) * (1 + 0.3 * np.sin(2 * np.pi * 3 * time))
    hum[: rate // 4] = hum[-rate // 2 :] = 0
    return write_wav(path, hum, rate)


def recording(tmp_path, frames, seconds=9):
    return Recording(tune(tmp_path / "tune.wav", seconds), "a" * 64, frames, tmp_path / "kept", "as they say")


@pytest.fixture
def rain(tmp_path):
    path = tmp_path / "rain.wav"
    path.write_bytes(LocalSounds().sound(SoundRequest("rain", 4.0)).data)
    return path


@pytest.fixture
def sea(tmp_path):
    path = tmp_path / "sea.wav"
    path.write_bytes(LocalSounds().sound(SoundRequest("sea", 9.0)).data)
    return path


def power(sound, start, end):
    return 10 * np.log10(np.square(sound[:, int(start * RATE) : int(end * RATE)]).mean() + 1e-12)


def test_a_recording_fills_the_film_without_a_gap_or_a_step(tmp_path):
    bed = bed_of(recording(tmp_path, 900))
    sound = encoded(bed.path).reshape(-1, 2).T / 32768
    assert sound.shape == (2, 900 * 1600)
    loud = [power(sound, s, s + 0.5) for s in np.arange(0.5, 29, 0.5)]
    assert max(loud) - min(loud) < 4
    assert np.abs(np.diff(sound)).max() < 0.05
    assert bed.licence == "as they say"


def test_its_first_round_begins_with_its_own_beginning(tmp_path):
    sound = decoded(tune(tmp_path / "tune.wav", 9))
    ring = Ring.of(sound)
    assert np.array_equal(ring.over(0, 1000), sound[:, :1000])
    assert not np.array_equal(ring.over(ring.samples, 1000), sound[:, :1000])
    assert np.array_equal(ring.over(ring.samples * 5 + 7, 300), ring.over(ring.samples + 7, 300))


def test_a_recording_is_led_to_one_loudness_and_kept(tmp_path):
    bed = bed_of(recording(tmp_path, 600))
    assert -28 < bed.lufs < -20
    stamp = bed.path.stat().st_mtime_ns
    assert bed_of(recording(tmp_path, 600)).path.stat().st_mtime_ns == stamp
    assert recording(tmp_path, 600).recipe != recording(tmp_path, 601).recipe


@pytest.mark.parametrize("content", [b"", b"RIFF no sound", None])
def test_what_is_no_sound_is_bad_material(tmp_path, content):
    path = tmp_path / "bad.wav"
    path.write_bytes(content) if content is not None else write_wav(path, np.zeros(RATE))
    with pytest.raises(BadMaterial, match=r"bad\.wav"):
        decoded(path)


def test_a_place_is_heard_in_its_span_alone_and_gives_way_at_constant_power(rain, sea):
    air = Atmosphere(layers([Span(rain, 5 * RATE, 20 * RATE), Span(rain, 20 * RATE, 30 * RATE)], 40 * RATE))
    sound = np.concatenate([air.take(RATE) for _ in range(40)], axis=1)
    assert not sound[:, : 3 * RATE].any() and not sound[:, 32 * RATE :].any()
    steady = [power(sound, s, s + 1) for s in range(7, 28)]
    assert max(steady) - min(steady) < 1.5
    both = Atmosphere(layers([Span(rain, 0, 20 * RATE), Span(sea, 20 * RATE, 40 * RATE)], 40 * RATE))
    assert power(np.concatenate([both.take(RATE) for _ in range(40)], axis=1), 19, 21) > min(steady) - 6


def test_every_loop_is_brought_to_one_loudness(rain, sea):
    for layer in layers([Span(rain, 0, 5 * RATE), Span(sea, 5 * RATE, 10 * RATE)], 10 * RATE):
        meter = Meter(RATE, peaks=False)
        meter.feed(layer.ring.turn * layer.gains.nodes.max())
        assert meter.cells().lufs() == pytest.approx(LEVEL, abs=0.3)


def under(tmp_path, **beds):
    """Twelve seconds of voice in thirty of film, with and without what is laid under it."""
    voice = write_wav(tmp_path / "voice.wav", speech(12))
    made = []
    for name, laid in (("bare", {}), ("full", beds)):
        mix([Placement(voice, 9 * RATE)], 900, tmp_path / f"{name}.m4a", **laid)
        made.append(encoded(tmp_path / f"{name}.m4a"))
    return made


def test_places_lie_far_under_the_voice_and_leave_it_where_and_as_loud_as_it_was(tmp_path, rain):
    bare, full = under(tmp_path, places=[Span(rain, 2 * RATE, 29 * RATE)])
    alone, (lufs, peak) = loudness(full[:, 4 * RATE : 8 * RATE])[0], loudness(full)
    assert lufs == pytest.approx(-14, abs=0.3) and peak <= -1
    assert alone == pytest.approx(-14 - ALONE, abs=1.5)
    assert 20 * np.log10(np.abs(full - bare)[:, 10 * RATE : 20 * RATE].std()) < -14 - UNDER + 6
    lags = [np.vdot(np.roll(full[0], -k), bare[0]) for k in range(-3, 4)]
    assert int(np.argmax(lags)) == 3


def test_a_recording_is_ducked_as_our_own_music_is(tmp_path):
    _, full = under(tmp_path, music=recording(tmp_path, 900))
    assert loudness(full)[0] == pytest.approx(-14, abs=0.4) and loudness(full)[1] <= -1
    assert power(full, 3, 7) > -32
    assert power(full, 28.5, 30) < power(full, 23, 25) - 6


def test_both_together_are_the_same_every_time(tmp_path, rain, sea):
    first, again = (
        under(tmp_path, music=recording(tmp_path, 900), places=[Span(rain, 0, 15 * RATE), Span(sea, 15 * RATE, 30 * RATE)])[1]
        for _ in range(2)
    )  # fmt: skip
    assert np.array_equal(first, again)
