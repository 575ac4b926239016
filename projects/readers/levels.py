"""Chapters by the levels of headings, where a file has levels (HTML, DOCX, Markdown, sizes of letters in a PDF)."""

from __future__ import annotations

from collections import Counter

from projects.readers import headings
from projects.readers.blocks import Block
from projects.readers.book import Role
from projects.readers.outline import Segment


def segments(blocks: list[Block], names: tuple[str, ...] = ()) -> list[Segment]:
    """A segment for each heading down to the level of chapters. `names`: the book's title and authors."""
    heads = [i for i, b in enumerate(blocks) if b.level and b.role is Role.HEADING]
    heads = _without_title(blocks, heads, {headings.key(n) for n in names if n})
    levels = sorted({blocks[i].level for i in heads})
    counts = Counter(blocks[i].level for i in heads)
    several = [level for level in levels if counts[level] > 1]
    if not several:
        return [Segment(i, blocks[i].text, 0) for i in heads] if heads else []
    chosen = _deepen(blocks, heads, several)
    titles = Counter(headings.key(blocks[i].text) for i in heads)
    kept = [
        i for i in heads
        if blocks[i].level <= chosen
        or (blocks[i].level == chosen + 1 and headings.named(blocks[i].text) and titles[headings.key(blocks[i].text)] == 1)
    ]  # fmt: skip
    return _with_titles(blocks, kept, heads, chosen)


def _without_title(blocks: list[Block], heads: list[int], names: set[str]) -> list[int]:
    """The book's own title and author at its head are no chapters."""
    page = [i for n, i in enumerate(heads) if i < 12 and n < 4 and _names(blocks[i].text, names)]
    heads = [i for i in heads if i not in page]
    if len(heads) < 2:
        return heads
    first = blocks[heads[0]]
    alone = sum(blocks[i].level <= first.level for i in heads) == 1
    known = headings.recognise(first.text)
    return heads[1:] if alone and (known is None or known.family == "caps") else heads


def _names(text: str, names: set[str]) -> bool:
    key = headings.key(text)
    return key in names or key.removeprefix("by") in names


def _deepen(blocks: list[Block], heads: list[int], several: list[int]) -> int:
    """The level of chapters: below levels that only group (parts) or that hold no text of their own."""
    chosen = several[0]
    for deeper in several[1:]:
        upper = [n for n, i in enumerate(heads) if blocks[i].level <= chosen and not headings.named(blocks[i].text)]
        if not upper:
            chosen = deeper
            continue
        lone = [
            n
            for n in upper
            if n + 1 < len(heads) and heads[n + 1] == heads[n] + 1 and blocks[heads[n + 1]].level > chosen
        ]
        below = sum(blocks[i].level == deeper for i in heads)
        grouped = len(lone) * 2 >= len(upper) and below > 1.5 * len(upper)
        if (
            grouped
            or (_parts(blocks, heads, chosen) and below > len(upper))
            or _chapters_below(blocks, heads, chosen, deeper)
        ):
            chosen = deeper
        else:
            break
    return chosen


def _share(blocks: list[Block], heads: list[int], level: int, families: set[str]) -> float:
    own = [headings.recognise(blocks[i].text) for i in heads if blocks[i].level == level]
    return sum(h is not None and h.family in families for h in own) / max(len(own), 1)


def _parts(blocks: list[Block], heads: list[int], level: int) -> bool:
    return _share(blocks, heads, level, {"volume", "part", "act"}) >= 0.5


def _chapters_below(blocks: list[Block], heads: list[int], level: int, deeper: int) -> bool:
    names = {"chapter", "letter", "canto"}
    return _share(blocks, heads, deeper, names) >= 0.5 and _share(blocks, heads, level, names) < 0.2


def _with_titles(blocks: list[Block], kept: list[int], heads: list[int], chosen: int) -> list[Segment]:
    """Joins a bare number with the heading right below it."""
    found, taken = [], set()
    for i in kept:
        if i in taken:
            continue
        text, depth = blocks[i].text, blocks[i].level
        known = headings.recognise(text)
        following = i + 1 if i + 1 in heads else None
        if known and known.bare and following is not None and titles_it(blocks[following], depth, chosen):
            text = headings.join(text, blocks[following].text)
            taken.add(following)
        found.append(Segment(i, text, depth))
    return found


def titles_it(below: Block, level: int, chosen: int) -> bool:
    """Whether a heading right below a bare number is its title, not a chapter of its own."""
    known = headings.recognise(below.text)
    numbered = known is not None and known.number is not None
    return below.level >= level and not numbered and (level >= chosen or below.level > chosen)
