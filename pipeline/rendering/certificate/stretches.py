"""Runs of something on the film's clock, and what is left of them after what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]  # first unit, first unit after


def runs(marks: Iterable[tuple[int, bool]], step: int) -> list[Stretch]:
    """Stretches of units whose mark is true; each mark stands for `step` units."""
    found: list[Stretch] = []
    for at, marked in marks:
        if not marked:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + step)
        else:
            found.append((at, at + step))
    return found


def without(stretch: Stretch, planned: Sequence[Stretch]) -> list[Stretch]:
    """The parts of `stretch` outside every planned one."""
    left, at = [], stretch[0]
    for start, end in sorted(planned):
        if start < stretch[1] and end > at:
            left.append((at, start))
            at = end
    left.append((at, stretch[1]))
    return [(a, b) for a, b in left if a < b]


def longest(stretches: Iterable[Stretch], planned: Sequence[Stretch] = ()) -> Stretch:
    """The longest unplanned part of any stretch; (0, 0) without one."""
    parts = [part for stretch in stretches for part in without(stretch, planned)]
    return max(parts, key=lambda part: (part[1] - part[0], -part[0]), default=(0, 0))
