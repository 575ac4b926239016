"""Abridging: the author's own sentences, chosen by dynamic programming to fit a time and still be a story.

Each chapter gets its share of the time. A unit is worth its salience for each second it takes; a gap costs, more the
wider it is (so the choice spreads over the whole chapter), and no gap may lead into a sentence that leans on what was
left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.language.characters import Cast
from pipeline.language.salience import worth
from pipeline.language.script import Line
from pipeline.language.units import Unit, units_of

_STEP = 0.5  # seconds: resolution of the clock
_JUMP = 3.5  # what a gap costs, in seconds of average text
_VAGUE = 4.0
_SCRAP = 5.0  # seconds: what is shorter is hardly worth a gap before it
_OPEN = 5.0  # leaving a question without its answer
_UNKNOWN = 2.5  # speaking of a thing whose bringing in was just left out
_WINDOW = 90  # units looked back over
_TOO_LITTLE = 0.3  # of its first unit: with less time than that a chapter is left out
_NEVER = -1e9


def abridge(lines: Sequence[Line], cast: Cast, limit: float, wpm: float) -> list[Line]:
    """The lines to keep, in order, taking about `limit` seconds at `wpm` words a minute."""
    chapters = [units_of(own, cast, wpm) for own in _by_chapter(lines)]
    left, rest = limit, sum(u.seconds for units in chapters for u in units)
    if rest <= limit * 1.03:
        return list(lines)
    kept: list[Line] = []
    for units in chapters:
        length = sum(u.seconds for u in units)
        share = max(0.0, left) * length / rest if rest > 0 else 0.0
        if kept and share < _TOO_LITTLE * units[0].seconds:  # the chapters before have used up its time
            chosen = []
        else:
            chosen = _choose(units, share, cast)
        kept += [line for u in chosen for line in u.lines]
        left, rest = left - sum(u.seconds for u in chosen), rest - length
    return kept


def _by_chapter(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or groups[-1][-1].chapter != line.chapter:
            groups.append([])
        groups[-1].append(line)
    return groups


def _choose(units: list[Unit], share: float, cast: Cast) -> list[Unit]:
    """The best choice that takes about `share` seconds."""
    n = len(units)
    if sum(u.seconds for u in units) <= share * 1.02:
        return units
    value = worth(units, cast)
    clock = int(share * 1.035 / _STEP) + 1
    length = [max(1, round(u.seconds / _STEP)) for u in units]
    total = np.concatenate([[0.0], np.cumsum([u.seconds for u in units])])
    usual = max(2.0, float(total[-1]) / max(1.0, share) * 8.0)  # seconds of text that a gap leaves out on average
    best = np.full((n, clock), _NEVER)
    back = np.full((n, clock), -2, dtype=np.int32)
    for i in range(n):
        if length[i] >= clock:
            continue
        _begin(best, back, i, units, value, length, total, usual)
        for j in range(max(0, i - _WINDOW), i):
            cost = _step_cost(units, i, j, float(total[i] - total[j + 1]), usual)
            if cost is None:
                continue
            here = best[j, : clock - length[i]] + value[i] - cost
            target = best[i, length[i] :]
            better = here > target
            target[better] = here[better]
            back[i, length[i] :][better] = j
    return _walk_back(units, best, back, length, total, usual, share)


def _begin(best, back, i, units, value, length, total, usual) -> None:  # type: ignore[no-untyped-def]
    """Lets the abridgement begin with unit `i`: the chapter's first, or a later one at a price."""
    if i and (units[i].needs_before or any(name for name, _ in units[i].leans)):
        return
    cost = 0.0 if i == 0 else 12.0 + _width(float(total[i]), usual)
    best[i, length[i]], back[i, length[i]] = value[i] - cost, -1


def _step_cost(units: list[Unit], i: int, j: int, gap: float, usual: float) -> float | None:
    """What it costs to tell unit `i` right after unit `j`; None when it can't be."""
    if j == i - 1:
        return 0.0
    if units[i].needs_before:
        return None
    for name, sex in units[i].leans:
        if units[j].last.get(sex) != name:
            return None
    cost = _JUMP + _width(gap, usual) + _VAGUE * units[i].vague + max(0.0, _SCRAP - units[i].seconds)
    cost += _UNKNOWN * min(3, sum(j < k < i for k in units[i].assumes))
    return cost + (_OPEN if units[j].wants_after else 0.0)


def _width(gap: float, usual: float) -> float:
    return 3.0 * (gap / usual) ** 1.6


def _walk_back(units, best, back, length, total, usual, share) -> list[Unit]:  # type: ignore[no-untyped-def]
    """The chosen units of the best end near `share`; the chapter's end missing costs as a gap does."""
    n = len(units)
    tail = np.array([0.0 if i == n - 1 else 30.0 + _width(float(total[n] - total[i + 1]), usual) for i in range(n)])
    final = best - tail[:, None]
    low = int(share * 0.965 / _STEP)
    for least in (low, int(share * 0.85 / _STEP), 0):
        window = final[:, least:]
        i, t = np.unravel_index(int(np.argmax(window)), window.shape)
        if window[i, t] > _NEVER / 2:
            return _trace(units, back, length, int(i), int(t) + least)
    return units[:1]


def _trace(units, back, length, i: int, t: int) -> list[Unit]:  # type: ignore[no-untyped-def]
    chosen = []
    while i >= 0:
        chosen.append(units[i])
        i, t = int(back[i, t]), t - length[i]
    return chosen[::-1]
