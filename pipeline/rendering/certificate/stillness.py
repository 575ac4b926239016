"""Black and frozen stretches: a picture that is missing, or that forgot to move."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..parts import FPS
from ..timeline import Timeline
from .gate import Gate
from .stretches import Stretch, longest, runs
from .watch import STEP, Silent

DARK = 32  # brightness (16 is black) under which a pixel is dark
NEARLY_ALL = 0.98  # part of the picture that must be dark
SAME = 0.02  # mean difference (of 255) between looks half a second apart, under which nothing moved
BACK = 3  # looks between the two that are compared
MOST_BLACK, MOST_FROZEN = FPS // 2, 2 * FPS  # frames


@dataclass(slots=True)
class Stillness(Silent):
    """Looks for dark pictures and for pictures like the one half a second before."""

    dark: list[tuple[int, bool]] = field(default_factory=list)
    same: list[tuple[int, bool]] = field(default_factory=list)
    before: list[np.ndarray] = field(default_factory=list)

    def see(self, frame: int, picture: np.ndarray) -> None:
        self.dark.append((frame, bool((picture < DARK).mean() >= NEARLY_ALL)))
        small = picture.astype(np.int16)
        if len(self.before) == BACK:
            self.same.append((frame, bool(np.abs(small - self.before.pop(0)).mean() < SAME)))
        self.before.append(small)

    def gates(self, timeline: Timeline) -> list[Gate]:
        return [self._black(timeline), self._frozen(timeline)]

    def _black(self, timeline: Timeline) -> Gate:
        worst = longest(runs(self.dark, STEP), cards(timeline) + borders(timeline))
        return _gate("black", "dark", worst, MOST_BLACK)

    def _frozen(self, timeline: Timeline) -> Gate:
        worst = longest(runs(self.same, STEP), cards(timeline))
        return _gate("frozen", "still", worst, MOST_FROZEN)


def _gate(name: str, word: str, worst: Stretch, most: int) -> Gate:
    seconds = (worst[1] - worst[0]) / FPS
    ok = worst[1] - worst[0] <= most
    said = (
        f"no {name} stretch"
        if ok
        else f"{word} for {seconds:.1f} s from {worst[0] / FPS:.1f} s on, which nobody planned"
    )
    return Gate(
        name, f"at most {most / FPS:g} s beyond what is planned", round(seconds, 3), ok, said, {"frames": list(worst)}
    )


def cards(timeline: Timeline) -> list[Stretch]:
    """Where a card stands, in frames."""
    found, at = [], 0
    for clip in timeline.video.clips:
        if clip.card is not None:
            found.append((at, at + clip.range.duration))
        at += clip.range.duration
    return found


def borders(timeline: Timeline, reach: int = FPS // 2) -> list[Stretch]:
    """Around every border between clips, where a transition may pass through black."""
    found, at = [], 0
    for clip in timeline.video.clips:
        found.append((at - reach, at + reach))
        at += clip.range.duration
    return [*found, (at - reach, at + reach)]
