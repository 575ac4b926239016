"""Loudness, true peak and silence of the finished sound."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..parts import RATE, SAMPLES_PER_FRAME
from ..sound.loudness import CELLS_A_SECOND, Meter, curve
from ..sound.types import Floats
from ..timeline import Timeline
from .gate import Gate
from .stretches import longest, runs
from .watch import Silent

TARGET, NEAR = -14.0, 0.7  # LUFS
CEILING = -1.0  # dBTP
QUIET = -50.0  # dBFS: a cell of 10 ms whose peak is lower is silent
SPARE = 0.5  # seconds of silence allowed beyond the longest planned: breath and fading of a last syllable
CELL = RATE // CELLS_A_SECOND


@dataclass(slots=True)
class Listening(Silent):
    meter: Meter = field(default_factory=lambda: Meter(RATE))
    samples: int = 0

    def hear(self, start: int, block: Floats) -> None:
        self.meter.feed(block)
        self.samples += block.shape[1]

    def gates(self, timeline: Timeline) -> list[Gate]:
        cells = self.meter.cells()
        return [_loudness(cells.lufs(), curve(cells.energy)), _peak(cells.dbtp()), silence(cells.peak, timeline)]


def _loudness(lufs: float, over_time: list[float]) -> Gate:
    """`curve`: over three seconds, evenly spread over the film."""
    ok = abs(lufs - TARGET) <= NEAR
    goal = f"{TARGET:g} ± {NEAR:g} LUFS"
    return Gate("loudness", goal, round(lufs, 2), ok, f"{lufs:.1f} LUFS", {"curve": over_time})


def _peak(dbtp: float) -> Gate:
    return Gate("true peak", f"at most {CEILING:g} dBTP", round(dbtp, 2), dbtp <= CEILING, f"peaks at {dbtp:.1f} dBTP")


def silence(peaks: Floats, timeline: Timeline) -> Gate:
    """The longest silence against the longest between two words of the plan."""
    quiet = peaks < 10 ** (QUIET / 20)
    start, end = longest(runs(((int(i) * CELL, True) for i in np.flatnonzero(quiet)), CELL))
    seconds, most = (end - start) / RATE, planned_silence(timeline) / RATE + SPARE
    ok = seconds <= most
    said = f"longest silence {seconds:.1f} s"
    said += "" if ok else f" from {start / RATE:.1f} s on, where at most {most:.1f} s was planned"
    goal = f"no silence longer than {most:.2f} s, the longest planned and {SPARE:g} s"
    facts = {"from_s": round(start / RATE, 3), "planned_s": round(most - SPARE, 3)}
    return Gate("silence", goal, round(seconds, 3), ok, said, facts)


def planned_silence(timeline: Timeline) -> int:
    """Samples of the longest time in which no word is said: between words, at borders, under cards."""
    last, most = 0, 0
    for place in timeline.scenes:
        spoken = [(w.start, w.end) for w in place.part.words] or [(0, place.samples)]
        for start, end in spoken:
            most = max(most, place.voice_start + start - last)
            last = max(last, place.voice_start + end)
    return max(most, timeline.frames * SAMPLES_PER_FRAME - last)
