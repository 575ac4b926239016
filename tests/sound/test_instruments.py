"""Real instruments under a real mix; skipped where they were never installed."""

from __future__ import annotations

import av
import numpy as np
import pytest

from pipeline.rendering.sound import Music, Placement, mix
from pipeline.rendering.sound.loudness import Meter
from pipeline.rendering.sound.music import MusicMissing, bed_for, installed

from .conftest import speech, write_wav


@pytest.fixture
def music(tmp_path, request):
    folder = request.config.rootpath / "var" / "models"
    try:
        installed(folder)
    except MusicMissing:
        pytest.skip("the instruments are not installed")
    return Music("calm", 600, folder, tmp_path / "music", seed=2)


@pytest.mark.slow
def test_music_plays_the_same_fades_and_stays_under_the_voice(music, tmp_path):
    first = bed_for(music).path.read_bytes()
    bed_for(music).path.unlink()
    assert bed_for(music).path.read_bytes() == first
    voice = write_wav(tmp_path / "voice.wav", speech(14))
    mixed = mix([Placement(voice, 5 * 48_000)], 600, tmp_path / "film.m4a", music=music)
    assert mixed.licence.startswith("MIT")
    with av.open(str(mixed.path)) as film:
        heard = np.concatenate([frame.to_ndarray() for frame in film.decode(audio=0)], axis=1)

    def lufs(start: float, end: float) -> float:
        meter = Meter(48_000, peaks=False)
        meter.feed(heard[:, int(start * 48_000) : int(end * 48_000)])
        return meter.cells().lufs()

    assert lufs(6, 18) > lufs(1.5, 4.3) + 6
    assert np.abs(heard[:, -2_000:]).max() < 0.01
