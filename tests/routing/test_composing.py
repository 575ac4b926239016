"""This machine's composer, asked as a vendor is."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from pipeline.providers.base import MusicRequest, ProviderFault
from pipeline.routing import composing, local
from pipeline.routing.composing import LocalComposer, mood


@pytest.mark.parametrize(
    ("prompt", "felt"),
    [
        ("Calm strings under a voice in the evening", "calm"),
        ("a merry dance, playful and dark", "joyful"),
        ("Dark, uneasy and joyful music", "tense"),
        ("a wistful lament", "sad"),
        ("music", "calm"),
    ],
)
def test_words_choose_the_mood(prompt, felt):
    assert mood(prompt) == felt


def test_it_plays_as_long_as_asked_and_the_same_every_time():
    first, again = (LocalComposer().compose(MusicRequest("calm", 6.0)) for _ in range(2))
    assert first.data == again.data and first.seconds == 6.0
    with av.open(io.BytesIO(first.data)) as file:
        heard = np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)])
    assert len(heard) == 2 * 6 * 48_000 and np.abs(heard).max() > 1000


def test_without_instruments_it_says_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(composing.folders, "model_cache", lambda: tmp_path)
    with pytest.raises(ProviderFault, match="instruments are not installed"):
        LocalComposer().compose(MusicRequest("a joyful dance nobody played before", 7.7))


def test_this_machine_has_both():
    assert local.provider("sound").sound and local.provider("music").compose
