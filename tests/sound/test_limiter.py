"""Gains found before a sample is touched."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.rendering.sound.limiter import level, slopes
from pipeline.rendering.sound.loudness import Cells
from pipeline.rendering.sound.ramps import CELL


def test_slopes_never_pass_what_they_follow_and_never_hurry():
    wanted = np.zeros(100)
    wanted[40], wanted[43] = -12, -6
    curve = slopes(wanted, 3.0, 0.5)
    assert (curve <= wanted).all()
    assert curve[40] == -12
    assert np.diff(curve).min() >= -3
    assert np.diff(curve).max() <= 0.5


def test_a_lone_peak_dips_and_the_rest_keeps_its_gain():
    energy, peak = np.full(2000, 0.01), np.full(2000, 0.1, np.float32)
    peak[1000] = 1.0
    found = level(Cells(energy, peak), -14, -2)
    gains = found.gains.over(1000 * CELL, CELL)
    assert gains.max() <= 10 ** (-2 / 20) + 1e-6
    assert found.gains.over(0, CELL)[0] == pytest.approx(10 ** (found.gain_db / 20), rel=1e-5)
    assert found.lufs == pytest.approx(-14, abs=0.01)
