"""The order of reading on a page: columns from left to right between lines that span them."""

from __future__ import annotations

from itertools import pairwise

from projects.readers.pages.line import Line

FEWEST = 3  # lines that make a column


def in_order(lines: list[Line]) -> list[list[Line]]:
    """Groups of lines, one a column or a stretch across all columns, in the order of reading."""
    columns = _columns(lines)
    if len(columns) < 2:
        return [_downwards(lines)] if lines else []
    groups: list[list[Line]] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda x: -x.middle):
        if sum(_meets(line, column) for column in columns) > 1:
            groups += [*_by_column(band, columns), [line]]
            band = []
        else:
            band.append(line)
    groups += _by_column(band, columns)
    return _joined([g for g in groups if g], columns)


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """Left and right of each column; none when the page has a single one."""
    if len(lines) < 2 * FEWEST:
        return []
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    if sum(x.right - x.left > 0.6 * (right - left) for x in lines) > 0.5 * len(lines):
        return []  # most lines run across the page
    edges = [left, *_gutters(lines), right]
    found = []
    for left, right in pairwise(edges):
        own = [x for x in lines if x.left >= left - 1 and x.right <= right + 1]
        if len(own) >= FEWEST:
            found.append((min(x.left for x in own), max(x.right for x in own)))
    return found if _side_by_side(lines, found) else []


def _gutters(lines: list[Line]) -> list[float]:
    """Places that hardly any line crosses, with lines enough on both sides."""
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    most = max(1, int(0.12 * len(lines)))
    free: list[list[float]] = []
    for step in range(int(left + 0.15 * (right - left)), int(right - 0.15 * (right - left)), 2):
        if sum(x.left < step < x.right for x in lines) > most:
            continue
        if free and step - free[-1][-1] <= 2:
            free[-1].append(step)
        else:
            free.append([step])
    middles = [(run[0] + run[-1]) / 2 for run in free if len(run) > 1]
    return [m for m in middles if min(sum(x.right <= m for x in lines), sum(x.left >= m for x in lines)) >= FEWEST]


def _side_by_side(lines: list[Line], columns: list[tuple[float, float]]) -> bool:
    """Whether columns really stand beside each other, not one below the other (a centred line under a short one)."""
    if len(columns) < 2:
        return False
    spans = []
    for column in columns:
        own = [x for x in lines if _meets(x, column)]
        spans.append((min(x.bottom for x in own), max(x.top for x in own)))
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    return high - low > 0.3 * min(s[1] - s[0] for s in spans)


def _meets(line: Line, column: tuple[float, float]) -> bool:
    return line.left < column[1] - 1 and line.right > column[0] + 1


def _by_column(band: list[Line], columns: list[tuple[float, float]]) -> list[list[Line]]:
    found: list[list[Line]] = [[] for _ in columns]
    for line in band:
        nearest = min(
            range(len(columns)), key=lambda n: abs((columns[n][0] + columns[n][1]) / 2 - (line.left + line.right) / 2)
        )
        found[nearest].append(line)
    return found


def _joined(groups: list[list[Line]], columns: list[tuple[float, float]]) -> list[list[Line]]:
    """Stretches across all columns that follow each other are one group."""
    found: list[list[Line]] = []
    for group in groups:
        wide = len(group) == 1 and sum(_meets(group[0], c) for c in columns) > 1
        before = bool(found) and sum(_meets(found[-1][-1], c) for c in columns) > 1
        if wide and before:
            found[-1] += group
        else:
            found.append(group)
    return found


def _downwards(lines: list[Line]) -> list[Line]:
    """The file's own order when it goes down the page, else sorted by place."""
    jumps = sum(b.middle > a.middle + 2 * a.size for a, b in pairwise(lines))
    return sorted(lines, key=lambda x: (-round(x.middle), x.left)) if jumps else lines
