"""Puts spoken pieces together: samples, silences and word times on one clock."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

RATE = 24_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples (16 bit mono at RATE) of a run of words, the words' times in it, the silence after it in samples."""

    pcm: bytes
    words: tuple[tuple[int, int], ...]
    silence: int = 0


def piece(pcm: bytes, rate: int, words: Sequence[Sequence[int]], pause: float) -> Piece:
    """What an engine made, at RATE."""
    samples = resampled(np.frombuffer(pcm, "<i2").astype(np.float64), rate)
    times = tuple((round(start * RATE / rate), min(round(end * RATE / rate), len(samples))) for start, end in words)
    return Piece(np.clip(np.round(samples), -32767, 32767).astype("<i2").tobytes(), times, round(pause * RATE))


def resampled(samples: np.ndarray, rate: int) -> np.ndarray:
    """From `rate` to RATE by its spectrum: nothing is added above what was there, nothing shifts in time."""
    if rate == RATE:
        return samples
    block = rate // gcd(rate, RATE)
    blocks = -(-len(samples) // block)
    padded = np.zeros(blocks * block)
    padded[: len(samples)] = samples
    size = blocks * RATE // gcd(rate, RATE)
    spectrum = np.fft.rfft(padded)
    bins = np.zeros(size // 2 + 1, complex)
    shared = min(len(spectrum), len(bins))
    bins[:shared] = spectrum[:shared]
    return np.fft.irfft(bins, size)[: round(len(samples) * RATE / rate)] * (size / len(padded))


def joined(pieces: Iterable[Piece]) -> tuple[bytes, list[tuple[int, int]]]:
    """All samples, and all word times from the start of them."""
    pcm = bytearray()
    times: list[tuple[int, int]] = []
    for one in pieces:
        at = len(pcm) // 2
        times += [(start + at, end + at) for start, end in one.words]
        pcm += one.pcm + bytes(2 * one.silence)
    return bytes(pcm), times


def riff(pcm: bytes, rate: int = RATE) -> bytes:
    """A WAV file of 16 bit mono samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return file.getvalue()
