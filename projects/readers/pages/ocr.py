"""Scanned pages: characters recognised by rapidocr, which carries its models; each page with its confidence."""

from __future__ import annotations

import statistics
from dataclasses import replace
from typing import Any

from projects.readers import limits
from projects.readers.pages.line import Line

DPI = 200
PER_PAGE = 30.0  # seconds that a page may take on a slow machine
MOST = 400  # pages at a time
POOR = 0.75


class Recogniser:
    """Loads the models once; `None` results mean a page without readable text."""

    def __init__(self) -> None:
        limits.heavy()
        from rapidocr_onnxruntime import RapidOCR

        self._engine = RapidOCR(intra_op_num_threads=2, inter_op_num_threads=1)

    def read(self, page: Any, number: int) -> tuple[list[Line], float]:
        """Lines with places in points, and the mean confidence 0..1 (0 when nothing was read)."""
        limits.more(PER_PAGE)
        picture = page.render(scale=DPI / 72, grayscale=False).to_numpy()
        # The model that turns lines upside down errs on upright pages: it is asked only when a page reads badly.
        found, _ = self._engine(picture, use_cls=False)
        if _confidence(found) < POOR:
            turned, _ = self._engine(picture, use_cls=True)
            found = max(found, turned, key=_confidence)
        height = page.get_height()
        return [_line(box, text, number, height) for box, text, _ in found or () if text.strip()], _confidence(found)


def _confidence(found: Any) -> float:
    """The mean over all letters, 0 without any."""
    sure = [(float(score), len(text)) for _, text, score in found or ()]
    return sum(score * n for score, n in sure) / (sum(n for _, n in sure) or 1)


def _line(box: Any, text: str, number: int, height: float) -> Line:
    scale = 72 / DPI
    xs, ys = [float(p[0]) * scale for p in box], [float(p[1]) * scale for p in box]
    return Line(text, number, min(xs), max(xs), height - min(ys), height - max(ys), max(ys) - min(ys))


def joined(lines: list[Line]) -> list[Line]:
    """Pieces of one row, found apart, as one line from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (-x.middle, x.left)):
        row = next((r for r in reversed(rows[-3:]) if abs(r[0].middle - line.middle) < 0.4 * line.size), None)
        near = (
            row is not None
            and min(abs(line.left - max(x.right for x in row)), abs(min(x.left for x in row) - line.right))
            < 1.2 * line.size
        )
        if row is not None and near:
            row.append(line)
        else:
            rows.append([line])
    return _evened([_row(sorted(row, key=lambda x: x.left)) for row in rows])


def _evened(lines: list[Line]) -> list[Line]:
    """Boxes hug the letters of their own line, so heights vary: near the middle one they mean the same size."""
    usual = statistics.median_low([x.size for x in lines]) if lines else 0.0
    return [replace(x, size=usual) if 0.65 * usual < x.size < 1.3 * usual else x for x in lines]


def _row(pieces: list[Line]) -> Line:
    first = pieces[0]
    text = " ".join(p.text for p in pieces)
    return Line(
        text, first.page, first.left, max(p.right for p in pieces), max(p.top for p in pieces), min(p.bottom for p in pieces),
        max(p.size for p in pieces),
    )  # fmt: skip
