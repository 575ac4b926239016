"""Lines of a PDF page with place and size, as pdfium sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from projects.readers.pages.line import BROKEN, Line

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ſt", 0xFB06: "st"}
_GUTTER = 1.3  # of the letter size: wider than any space between words
_MARK = re.compile(r"(?<=[^\W\d_.])(?:\d{1,3}|[*†‡])(?=\W|\Z)|(?<=[.,;:!?”’\"')\]])(?:\d{1,3}|[*†‡])(?=\s|\Z)")


class _Boxes:
    """Boxes, sizes and fonts of a text page's characters, by their place in its text."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._rect = pdfium.FS_RECTF()

    def index(self, at: int) -> int:
        return pdfium.FPDFText_GetCharIndexFromTextIndex(self.page, at)

    def box(self, at: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of the character's loose box."""
        if not pdfium.FPDFText_GetLooseCharBox(self.page, self.index(at), self._rect):
            return None
        return self._rect.left, self._rect.bottom, self._rect.right, self._rect.top

    def bold(self, at: int) -> bool:
        return pdfium.FPDFText_GetFontWeight(self.page, self.index(at)) >= 600


def of(text_page: Any, number: int, width: float) -> list[Line]:
    """The page's lines in the file's order; lines that run across a gutter are parted."""
    text = text_page.get_text_range()
    boxes = _Boxes(text_page.raw)
    spans = list(_spans(text))
    found = [(line, start, end) for start, end in spans if (line := _line(text, boxes, start, end, number))]
    gutter = _gutter(text, boxes, found, width)
    if gutter:
        spans = [part for _, start, end in found for part in _parted(text, boxes, start, end, gutter)]
        return [line for start, end in spans if (line := _line(text, boxes, start, end, number))]
    return _rejoined([line for line, _, _ in found])


def _rejoined(found: list[Line]) -> list[Line]:
    """Pieces of one row that a raised or lowered sign has parted are one line again."""
    out: list[Line] = []
    for line in found:
        last = out[-1] if out else None
        if (
            last
            and abs(last.middle - line.middle) < 0.35 * last.size
            and -1 <= line.left - last.right < 0.8 * last.size
        ):
            space = " " if line.left - last.right > 0.12 * last.size else ""
            moved = re.sub("\x04(\\d+)\x05", lambda m, n=len(last.raised): f"\x04{n + int(m.group(1))}\x05", line.text)  # type: ignore[misc]  # noqa: B008
            last.text, last.right, last.raised = last.text + space + moved, line.right, last.raised + line.raised
        else:
            out.append(line)
    return out


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line without outer spaces."""
    for match in re.finditer("[^\r\n\x02\ufffe]+[\x02\ufffe]?", text):
        start, _end = match.span()
        stripped = match.group().strip()
        if stripped:
            start += len(match.group()) - len(match.group().lstrip())
            yield start, start + len(stripped)


def _line(text: str, boxes: _Boxes, start: int, end: int, number: int) -> Line | None:
    first = next((b for at in range(start, min(start + 3, end)) if (b := boxes.box(at))), None)
    last = next((b for at in range(end - 1, max(end - 4, start - 1), -1) if (b := boxes.box(at))), None)
    if first is None or last is None:
        return None
    middle = boxes.box((start + end) // 2) or first
    heights = sorted((b[3] - b[1]) for b in (first, middle, last))
    words, raised = _raised(text[start:end], boxes, start, heights[1])
    return Line(
        clean(words), number, min(first[0], last[0]), max(first[2], last[2]), max(middle[3], last[3]), min(middle[1], last[1]),
        heights[1], boxes.bold((start + end) // 2), raised,
    )  # fmt: skip


def clean(text: str) -> str:
    """Ligatures as letters, broken-word signs as BROKEN, nothing else changed."""
    text = text.translate(_LIGATURES)
    return re.sub("[\x02\ufffe\u00ad]", BROKEN, text).replace("\x03", "").replace("\x00", "")


def _raised(text: str, boxes: _Boxes, start: int, height: float) -> tuple[str, tuple[str, ...]]:
    """The text with tokens in place of small raised marks, and the marks."""
    marks: list[str] = []

    def token(match: re.Match[str]) -> str:
        box = boxes.box(start + match.start())
        if box is None or box[3] - box[1] > 0.8 * height:
            return match.group()
        marks.append(match.group())
        return f"\x04{len(marks) - 1}\x05"

    if not _MARK.search(text):
        return text, ()
    return _MARK.sub(token, text), tuple(marks)


# -- gutters ------------------------------------------------------------------------------------
def _gutter(text: str, boxes: _Boxes, found: list[tuple[Line, int, int]], width: float) -> float:
    """Where columns part that the file wrote row by row: the same wide gap in most long lines. 0 when there is none."""
    long = [
        entry for entry in found if entry[0].right - entry[0].left > 0.5 * width and " " in text[entry[1] : entry[2]]
    ]
    if len(long) < 4:
        return 0.0
    step = max(len(long) // 8, 1)
    sampled = long[::step][:8]
    if not any(_widest_gap(text, boxes, start, end, line.size) for line, start, end in sampled[::3]):
        return 0.0
    gaps = [gap for line, start, end in sampled if (gap := _widest_gap(text, boxes, start, end, line.size))]
    if len(gaps) < max(3, 0.6 * len(sampled)):
        return 0.0
    middle = sorted(gaps)[len(gaps) // 2]
    return middle if sum(abs(g - middle) < 0.06 * width for g in gaps) >= 0.6 * len(sampled) else 0.0


def _widest_gap(text: str, boxes: _Boxes, start: int, end: int, size: float) -> float:
    """The middle of the widest space in a line when it is wide enough for a gutter, else 0."""
    widest, middle = _GUTTER * size, 0.0
    for match in re.finditer(r"\s+", text[start:end]):
        left, right = boxes.box(start + match.start() - 1), boxes.box(start + match.end())
        if left and right and right[0] - left[2] > widest:
            widest, middle = right[0] - left[2], (right[0] + left[2]) / 2
    return middle


def _parted(text: str, boxes: _Boxes, start: int, end: int, gutter: float) -> list[tuple[int, int]]:
    """A line's span in two where a wide space covers the gutter."""
    for match in re.finditer(r"\s+", text[start:end]):
        left, right = boxes.box(start + match.start() - 1), boxes.box(start + match.end())
        if left and right and left[2] - 2 <= gutter <= right[0] + 2 and right[0] - left[2] > 0.7 * (left[3] - left[1]):
            return [(start, start + match.start()), (start + match.end(), end)]
    return [(start, end)]
