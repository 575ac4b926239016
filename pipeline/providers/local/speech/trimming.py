"""Finds sound in samples: cuts the silence around speech and keeps the word times exact."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

QUIET = 0.004  # of full scale: below it nothing is heard
LEAD, TAIL, FADE = 0.03, 0.06, 0.005  # seconds kept before and after the speech; of the ramps at both ends
Span = tuple[int, int]


def as_floats(samples: NDArray[np.integer]) -> NDArray[np.float32]:
    """16 bit samples in -1 to 1."""
    return samples.astype(np.float32) / np.float32(32768)


def as_bytes(samples: NDArray[np.float32], gain_db: float) -> bytes:
    """16 bit samples of what is -1 to 1, louder or quieter by `gain_db`; beyond full scale they are cut."""
    louder = samples * np.float32(10 ** (gain_db / 20))
    return np.round(np.clip(louder, -1, 1) * 32767).astype("<i2").tobytes()


def trim(audio: NDArray[np.float32], words: Sequence[Span], rate: int) -> tuple[NDArray[np.float32], list[Span]]:
    """From just before the first sound to just after the last, ramped at both ends; times in samples of it."""
    loud = np.flatnonzero(np.abs(audio) > QUIET)
    if not len(loud):
        return audio, list(words)
    first = max(0, int(loud[0]) - round(LEAD * rate))
    last = min(len(audio), int(loud[-1]) + 1 + round(TAIL * rate))
    kept = audio[first:last].copy()
    ramp = np.linspace(0, 1, min(round(FADE * rate), len(kept) // 2), dtype=np.float32)
    kept[: len(ramp)] *= ramp
    kept[len(kept) - len(ramp) :] *= ramp[::-1]
    inside = [(min(max(0, start - first), len(kept)), min(max(0, end - first), len(kept))) for start, end in words]
    return kept, inside


def spread(audio: NDArray[np.float32], starts: Sequence[int]) -> list[Span]:
    """Words from where each begins: a word ends with its last sound before the next begins."""
    loud = np.flatnonzero(np.abs(audio) > QUIET)
    spans = []
    for start, until in zip(starts, [*starts[1:], len(audio)], strict=True):
        last = int(np.searchsorted(loud, until)) - 1
        end = int(loud[last]) + 1 if last >= 0 else until
        spans.append((start, max(start, min(end, until))))
    return spans


def pauses(audio: NDArray[np.float32], count: int, rate: int) -> tuple[int, int, list[Span]]:
    """First sound, end of the last one, and the `count` longest silences (of 40 ms or more) between them, in order."""
    loud = np.flatnonzero(np.abs(audio) > QUIET)
    if not len(loud):
        return 0, len(audio), []
    gaps = np.diff(loud)
    longest = [at for at in np.argsort(-gaps, kind="stable")[:count] if gaps[at] >= 0.04 * rate]
    return int(loud[0]), int(loud[-1]) + 1, sorted((int(loud[at]) + 1, int(loud[at + 1])) for at in longest)
