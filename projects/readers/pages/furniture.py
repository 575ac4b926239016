"""What stands on pages but is no text: running heads, page numbers, footers."""

from __future__ import annotations

import re
from collections import Counter

from projects.readers import headings
from projects.readers.pages.line import Line

_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of)\s*\d+)?\W*", re.I)


def drop(pages: list[list[Line]], body: float) -> list[list[Line]]:
    """The pages without furniture. `body` is the size of the running text."""
    tops, bottoms = [_edge(p, top=True) for p in pages], [_edge(p, top=False) for p in pages]
    bad_texts = _repeated(tops, pages, body) | _repeated(bottoms, pages, body)
    titles = {headings.key(x.text) for page in pages for x in page if x.size > 1.15 * body}
    body_heads = _openings(tops, body)
    places = _places(tops, pages, body) | _places(bottoms, pages, body)
    kept = []
    for lines, top, bottom in zip(pages, tops, bottoms, strict=True):
        gone = {
            id(x) for x in top + bottom if (_key(x) in bad_texts or _place(x) in places) and id(x) not in body_heads
        }
        gone |= {id(x) for x in top + bottom if x.size < 0.93 * body and headings.key(x.text) in titles}
        gone |= {id(x) for x in bottom[:1] if _NUMBER.fullmatch(x.text) and x.size < 1.2 * body and len(lines) > 1}
        gone |= {
            id(x)
            for x in top[:1]
            if _NUMBER.fullmatch(x.text) and x.text.strip(" -–—").isdigit() and _numbers_pages(tops, x)
        }
        kept.append([x for x in lines if id(x) not in gone])
    return kept


def _openings(tops: list[list[Line]], body: float) -> set[int]:
    """Lines that head chapters: numbered or known titles, not small, each of which stands only once at its height."""
    found = [
        (x, (x.text.casefold(), _place(x))) for top in tops for x in top if len(x.text) < 80 and x.size > 0.96 * body
    ]
    counts = Counter(place for _, place in found)
    heads = [(x, headings.recognise(x.text)) for x, place in found if counts[place] == 1]
    return {id(x) for x, head in heads if head and head.family not in ("caps", "roman", "digit", "roman+", "digit+")}


def _edge(lines: list[Line], *, top: bool) -> list[Line]:
    """The two outermost lines of a page and what shares a line with them."""
    ordered = sorted(lines, key=lambda x: -x.middle if top else x.middle)
    rows: list[float] = []
    found = []
    for line in ordered:
        if not rows or abs(line.middle - rows[-1]) > 0.5 * line.size:
            rows.append(line.middle)
        if len(rows) > 2:
            break
        found.append(line)
    return found


def _key(line: Line) -> str:
    """What repeats: the words, numbers aside, in the same size (a chapter's title is larger than its running head)."""
    words = re.sub(r"\d+", "#", re.sub(r"\W+", "", line.text.casefold()))
    return f"{words} {round(line.size)}" if words.strip("#") else ""


def _repeated(edges: list[list[Line]], pages: list[list[Line]], body: float) -> set[str]:
    """Texts that stand apart at the edge of many pages, numbers aside."""
    counts: Counter[str] = Counter()
    for edge, lines in zip(edges, pages, strict=True):
        counts.update({_key(x) for x in edge if _key(x) and _stands_apart(x, lines, body, 1.25)})
    return {key for key, count in counts.items() if count >= max(3, 0.04 * len(pages))}


def _place(line: Line) -> tuple[int, int]:
    return round(line.top / 2), round(line.size * 2)


def _places(edges: list[list[Line]], pages: list[list[Line]], body: float) -> set[tuple[int, int]]:
    """Heights at which many pages have a line that stands apart from the text or in another size."""
    apart: Counter[tuple[int, int]] = Counter()
    for edge, lines in zip(edges, pages, strict=True):
        if edge and len(lines) > 1 and _stands_apart(edge[0], lines, body):
            apart.update({_place(x) for x in edge if abs(x.middle - edge[0].middle) < 0.5 * x.size})
    return {place for place, count in apart.items() if count >= max(3, 0.3 * len(pages))}


def _stands_apart(line: Line, lines: list[Line], body: float, gap: float = 1.7) -> bool:
    """Whether a line is smaller than the text, or further from it than lines are from each other."""
    if line.size > 1.15 * body:
        return False
    others = [abs(x.middle - line.middle) for x in lines if abs(x.middle - line.middle) > 0.5 * line.size]
    return line.size < 0.93 * body or not others or min(others) > gap * body


def _numbers_pages(tops: list[list[Line]], line: Line) -> bool:
    """Whether numbers at the top rise with the pages, as this one would."""
    pairs = [(x.page, int(x.text.strip(" -–—"))) for top in tops for x in top[:1] if x.text.strip(" -–—").isdigit()]
    offset = int(line.text.strip(" -–—")) - line.page
    return sum(number - page == offset for page, number in pairs) >= 3
