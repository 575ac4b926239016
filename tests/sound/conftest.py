"""Small sounds made by rule: a voice that is known to the sample."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest


def write_wav(path: Path, samples: np.ndarray, rate: int = 24_000) -> Path:
    """Mono 16 bit."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def speech(seconds: float, rate: int = 24_000, seed: int = 1) -> np.ndarray:
    """Noise in syllables and pauses: as peaky as a voice."""
    time = np.arange(int(seconds * rate)) / rate
    noise = np.random.default_rng(seed).standard_normal(len(time))
    smooth = np.convolve(noise, np.hanning(9) / 4, "same")
    return 0.15 * smooth * np.clip(np.sin(2 * np.pi * 2.5 * time), 0, 1) ** 2 * (np.sin(2 * np.pi * 0.3 * time) > -0.8)


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "voice.wav", speech(3))
