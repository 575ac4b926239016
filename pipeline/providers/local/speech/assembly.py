"""Puts spoken pieces together: samples, silences and word times on one clock."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable
from dataclasses import dataclass

RATE = 24_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples (16 bit mono at RATE) of a run of words, the times of these words in it, and the silence after it in samples."""

    pcm: bytes
    words: tuple[tuple[int, int], ...]
    silence: int = 0

    @property
    def samples(self) -> int:
        return len(self.pcm) // 2


def joined(pieces: Iterable[Piece]) -> tuple[bytes, list[tuple[int, int]]]:
    """All samples, and all word times from the start of them."""
    pcm = bytearray()
    times: list[tuple[int, int]] = []
    for piece in pieces:
        at = len(pcm) // 2
        times += [(start + at, end + at) for start, end in piece.words]
        pcm += piece.pcm + bytes(2 * piece.silence)
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
