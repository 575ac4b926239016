"""The programme as it leaves the encoder: where the voice lies, how loud it is, that it is the same every time."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.rendering.failures import BadMaterial, Stopped
from pipeline.rendering.sound import Placement, mix
from pipeline.rendering.sound.loudness import Meter

from .conftest import speech, write_wav


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as film:
        return np.concatenate([frame.to_ndarray() for frame in film.decode(audio=0)], axis=1)


def loudness(samples: np.ndarray) -> tuple[float, float]:
    meter = Meter(48_000)
    meter.feed(samples)
    return meter.cells().lufs(), meter.cells().dbtp()


def test_the_programme_is_as_long_as_the_film(voice, tmp_path):
    mix([Placement(voice, 4800)], 100, tmp_path / "film.m4a")
    assert 100 * 1600 <= decoded(tmp_path / "film.m4a").shape[1] < 100 * 1600 + 1024


def test_the_voice_lies_on_its_sample(tmp_path):
    burst = speech(0.5, 48_000)
    path = write_wav(tmp_path / "burst.wav", burst, 48_000)
    mix([Placement(path, 31_337)], 60, tmp_path / "film.m4a")
    heard = decoded(tmp_path / "film.m4a")[0]
    lags = np.correlate(heard[31_000 : 31_000 + len(burst) + 700], burst.astype(np.float32), "valid")
    assert int(np.argmax(lags)) + 31_000 == 31_337


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_other_rates_keep_their_place_and_pitch(rate, tmp_path):
    time = np.arange(rate) / rate
    path = write_wav(tmp_path / "chirp.wav", 0.3 * np.sin(2 * np.pi * (300 * time + 800 * time**2)), rate)
    mix([Placement(path, 9_999)], 60, tmp_path / "film.m4a")
    time = np.arange(48_000) / 48_000
    wanted = np.sin(2 * np.pi * (300 * time + 800 * time**2)).astype(np.float32)
    lags = np.correlate(decoded(tmp_path / "film.m4a")[0][9_000 : 9_000 + 50_000], wanted, "valid")
    assert abs(int(np.argmax(lags)) + 9_000 - 9_999) <= 1


def test_quiet_and_loud_voices_come_out_at_fourteen_lufs_under_the_ceiling(tmp_path):
    for number, loud in enumerate((0.08, 3.0)):
        path = write_wav(tmp_path / f"{number}.wav", speech(4) * loud)
        mix([Placement(path, 0)], 120, tmp_path / "film.m4a")
        lufs, peak = loudness(decoded(tmp_path / "film.m4a"))
        assert lufs == pytest.approx(-14, abs=0.3)
        assert peak <= -1


def test_the_same_sound_gives_the_same_bytes(voice, tmp_path):
    for name in ("one.m4a", "two.m4a"):
        mix([Placement(voice, 100), Placement(voice, 150_000)], 200, tmp_path / name)
    assert (tmp_path / "one.m4a").read_bytes() == (tmp_path / "two.m4a").read_bytes()


def test_a_missing_voice_names_its_scene(voice, tmp_path):
    with pytest.raises(BadMaterial, match="scene 7") as fault:
        mix([Placement(voice, 0, 6), Placement(tmp_path / "gone.wav", 9, 7)], 50, tmp_path / "film.m4a")
    assert fault.value.scene == 7


def test_an_undecodable_voice_names_its_scene_and_leaves_no_file(tmp_path):
    (tmp_path / "bad.wav").write_bytes(b"RIFF not a sound")
    with pytest.raises(BadMaterial, match="scene 3"):
        mix([Placement(tmp_path / "bad.wav", 0, 3)], 50, tmp_path / "film.m4a")
    assert not list(tmp_path.glob("film*"))


def test_stopping_leaves_nothing(voice, tmp_path):
    asked = iter([False] * 7 + [True])
    with pytest.raises(Stopped):
        mix([Placement(voice, 0)], 90, tmp_path / "film.m4a", stopping=lambda: next(asked))
    assert not list(tmp_path.glob("film*"))


def test_progress_counts_up_to_what_there_is_to_do(voice, tmp_path):
    seen: list[tuple[int, int]] = []
    mix([Placement(voice, 0)], 90, tmp_path / "film.m4a", progress=lambda done, of: seen.append((done, of)))
    assert seen == sorted(seen)
    assert seen[-1] == (270, 270)


def test_silence_stays_silence(tmp_path):
    mix([], 30, tmp_path / "film.m4a")
    assert np.abs(decoded(tmp_path / "film.m4a")).max() < 1e-4
