"""The meter against the figures of ITU-R BS.1770 and EBU Tech 3341."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.rendering.sound.loudness import Meter


def sine(level_db: float, seconds: float, hertz: float = 997, rate: int = 48_000) -> np.ndarray:
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(
        np.float32
    )


def measured(*channels: np.ndarray, rate: int = 48_000, block: int = 10_007):
    meter = Meter(rate, len(channels))
    for start in range(0, len(channels[0]), block):
        meter.feed(np.stack([channel[start : start + block] for channel in channels]))
    return meter.cells()


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_tone_reads_its_level(level):
    assert measured(sine(level, 5, 1000), sine(level, 5, 1000)).lufs() == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_other_rates_read_the_same(rate):
    tone = sine(-20, 4, rate=rate)
    assert measured(tone, tone, rate=rate).lufs() == pytest.approx(-20, abs=0.1)


def test_the_gate_leaves_out_what_is_far_below():
    tone = np.concatenate([sine(-36, 4), sine(-23, 20), sine(-36, 4)])
    assert measured(tone, tone).lufs() == pytest.approx(-23, abs=0.1)


def test_a_peak_between_samples_is_seen():
    tone = np.sin(np.pi / 2 * np.arange(9_600) + np.pi / 4).astype(np.float32) * 0.5
    cells = measured(tone[480:], block=4_801)
    assert np.abs(tone).max() < 0.36
    assert cells.peak[3:-3].max() == pytest.approx(0.5, abs=0.01)


def test_silence_has_a_floor():
    assert measured(np.zeros(48_000, np.float32)).lufs() == -120
