"""Word times for vendors that give none: heard by a recogniser, or shared out over what sounds.

`words` are what the voice read (normalised); every answer has one (start, end) in seconds a word, in order.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.providers import sound
from pipeline.providers.base import HeardWord, ProviderFault, Transcriber, TranscriptionRequest

Spans = tuple[tuple[float, float], ...]
LETTERS = re.compile(r"[^\W_]+")
QUIET = 130  # of 32,767: below it nothing is heard
GAP = 0.06  # seconds of quiet that part two stretches of sound
LEAST_HEARD = 0.5  # of the words: below it the recogniser was of no help


class ByLength:
    """Shares the stretches that sound out by the words' letters. Needs nothing, and is off by a syllable or two."""

    def align(self, audio: bytes, words: Sequence[str], language: str = "en") -> Spans:
        return shared_out(sound.decode(audio), words, sound.RATE)


class ByEar:
    """Times of the words as a recogniser hears them; those it heard otherwise share the time between their neighbours."""

    def __init__(self, transcriber: Transcriber) -> None:
        self.transcriber = transcriber

    def align(self, audio: bytes, words: Sequence[str], language: str = "en") -> Spans:
        """By length when too little was understood. Faults of the recogniser are not passed on: the sound is there."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said"
            path.write_bytes(audio)
            try:
                heard = self.transcriber.transcribe(TranscriptionRequest(str(path), language)).words
            except ProviderFault:
                heard = ()
        fallback = ByLength().align(audio, words, language)
        return matched(words, heard, fallback)


def shared_out(samples: sound.Samples, words: Sequence[str], rate: int) -> Spans:
    """Each word gets sounding time by its letters; a word never reaches over a gap to fill it."""
    stretches = _stretches(samples, rate)
    lengths = np.array([max(1, len(letters(word))) for word in words], float)
    total = sum(end - start for start, end in stretches)
    edges = np.concatenate([[0.0], np.cumsum(lengths)]) * (total / max(lengths.sum(), 1.0))
    return tuple(
        (round(_at(stretches, start, later=True), 4), round(_at(stretches, end, later=False), 4))
        for start, end in pairwise(edges.tolist())
    )


def _stretches(samples: sound.Samples, rate: int) -> list[tuple[float, float]]:
    """Where it sounds, in seconds; all of it when it never does."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return [(0.0, len(samples) / rate)]
    cuts = np.flatnonzero(np.diff(loud) > GAP * rate)
    starts = [loud[0], *loud[cuts + 1]]
    ends = [*loud[cuts], loud[-1]]
    return [(start / rate, (end + 1) / rate) for start, end in zip(starts, ends, strict=True)]


def _at(stretches: Sequence[tuple[float, float]], passed: float, *, later: bool) -> float:
    """The time at which `passed` seconds have sounded; on the edge of a gap, its later or its earlier side."""
    for start, end in stretches:
        length = end - start
        if passed < length - 1e-9 or (not later and passed <= length + 1e-9):
            return start + max(0.0, passed)
        passed -= length
    return stretches[-1][1]


def matched(words: Sequence[str], heard: Sequence[HeardWord], fallback: Spans) -> Spans:
    """The words laid along what was heard: equal ones take its times, runs of others share the time between."""
    said = [letters(word) for word in words]
    ears = [letters(word.text) for word in heard]
    blocks = SequenceMatcher(None, said, ears, autojunk=False).get_matching_blocks()
    known = {
        block.a + step: (heard[block.b + step].start, heard[block.b + step].end)
        for block in blocks
        for step in range(block.size)
    }
    if len(known) < LEAST_HEARD * len(words):
        return fallback
    spans: list[tuple[float, float]] = []
    for at in range(len(words)):
        spans.append(known.get(at) or _between(at, known, said, fallback))
    return ordered(spans)


def _between(
    at: int, known: dict[int, tuple[float, float]], said: Sequence[str], fallback: Spans
) -> tuple[float, float]:
    """The share of word `at` in the time from the last known word before it to the first one after it."""
    before = max((one for one in known if one < at), default=-1)
    after = min((one for one in known if one > at), default=len(said))
    low = known[before][1] if before >= 0 else fallback[0][0]
    high = known[after][0] if after < len(said) else fallback[-1][1]
    run = [max(1, len(word)) for word in said[before + 1 : after]]
    done = sum(run[: at - before - 1])
    step = max(0.0, high - low) / sum(run)
    return low + done * step, low + (done + run[at - before - 1]) * step


def ordered(spans: Sequence[tuple[float, float]]) -> Spans:
    """No word begins before the one before it ended, none ends before it begins."""
    clean: list[tuple[float, float]] = []
    floor = 0.0
    for start, end in spans:
        start = max(start, floor)
        floor = max(start, end)
        clean.append((round(start, 4), round(floor, 4)))
    return tuple(clean)


def letters(word: str) -> str:
    """What counts when words are compared."""
    return "".join(LETTERS.findall(word.casefold()))
