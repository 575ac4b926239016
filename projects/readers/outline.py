"""Where chapters begin: by the table of contents first, then by headings, then by what lines say."""

from __future__ import annotations

from dataclasses import dataclass

from projects.readers import headings, kinds
from projects.readers.blocks import Block, Draft, Entry
from projects.readers.book import NARRATED, Kind, Role


@dataclass(slots=True)
class Segment:
    """A stretch of blocks from `start` to the next segment's. `title` "" asks for one; `depth` 0 is outermost."""

    start: int
    title: str = ""
    depth: int = 0
    listed: bool = False  # stands in the table of contents
    above: tuple[str, ...] = ()  # titles it stands under, outermost first


def plan(draft: Draft) -> list[Segment]:
    """Segments in reading order that cover all blocks; at least one."""
    from projects.readers import levels, lexical

    blocks = draft.blocks
    found = by_contents(blocks, draft.contents)
    if not _enough(found, blocks):
        own = levels.segments(blocks, (draft.title, *draft.authors))
        read = lexical.segments(blocks, commit=False)
        if _numbered(read) > 2 * _numbered(own) or len(own) < 2 <= len(read):
            own = lexical.segments(blocks, commit=True)
        if not found or (len(own) > 1 and len(own) > len(_tale(found)) and max(_numbered(own), len(own) - 2) > 1):
            found = own
    if not any(s.listed for s in found):
        for segment, above in zip(found, nest([(s.title, s.depth) for s in found]), strict=True):
            segment.above = above
    return _with_margins(found, blocks)


def nest(entries: list[tuple[str, int]]) -> list[tuple[str, ...]]:
    """For each title and depth, the titles above it: less deep ones, and parts in a flat list."""
    above: list[tuple[str, int]] = []
    found = []
    for title, depth in entries:
        above = [upper for upper in above if _over(upper, (title, depth))]
        found.append(tuple(upper for upper, _ in above))
        above.append((title, depth))
    return found


def _over(upper: tuple[str, int], lower: tuple[str, int]) -> bool:
    if upper[1] != lower[1]:
        return upper[1] < lower[1]
    one, two = headings.recognise(upper[0]), headings.recognise(lower[0])
    if one is None or one.family not in ("volume", "part", "act") or headings.named(lower[0]):
        return False
    return (two.rank if two else 3) > one.rank


def by_contents(blocks: list[Block], contents: list[Entry]) -> list[Segment]:
    """A segment for each entry whose place is known, in the order of the book."""
    where: dict[str, int] = {}
    for number, block in enumerate(blocks):
        for anchor in block.anchors:
            where.setdefault(anchor, number)
    found = []
    paths = nest([(entry.title, entry.depth) for entry in contents])
    for entry, above in zip(contents, paths, strict=True):
        index = where.get(entry.target, where.get(entry.target.partition("#")[0]))
        if index is not None and entry.title and not _section(entry.title, above):
            found.append(Segment(index, entry.title, entry.depth, listed=True, above=above))
    found.sort(key=lambda s: s.start)
    claimed = {s.start for s in found}
    for segment in found:
        segment.start = _pull_back(blocks, segment.start, claimed)
    return found


def _section(title: str, above: tuple[str, ...]) -> bool:
    """Whether an entry stands under a numbered chapter: its sections are no chapters."""
    own = headings.recognise(title)
    if own and own.family in ("chapter", "letter", "canto"):
        return False
    upper = [headings.recognise(t) for t in above]
    return any(h is not None and h.family in ("chapter", "letter", "canto", "roman+", "digit+") for h in upper)


def _pull_back(blocks: list[Block], start: int, claimed: set[int]) -> int:
    """An entry may point at the title below the number: headings right above belong to it as well."""
    while start > 0 and start - 1 not in claimed and blocks[start - 1].level and not new_file(blocks[start]):
        above = headings.recognise(blocks[start - 1].text)
        if above is None or not above.bare:
            break
        start -= 1
    return start


def _tale(found: list[Segment]) -> list[Segment]:
    return [s for s in found if kinds.by_title(s.title) in (None, Kind.BODY)]


def _enough(found: list[Segment], blocks: list[Block]) -> bool:
    """Whether a table of contents divides the book: two chapters of the tale that share its words."""
    tale = {s.start for s in _tale(found)}
    if len(tale) < 2:
        return False
    starts = sorted({s.start for s in found})
    sizes = [
        sum(len(b.text) for b in blocks[a:b] if b.role in NARRATED)
        for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True)
    ]
    return len(tale) >= 4 or max(sizes) <= 0.9 * max(sum(sizes), 1)


def _numbered(found: list[Segment]) -> int:
    heads = [headings.recognise(s.title) for s in found]
    return sum(h is not None and h.number is not None for h in heads)


def _with_margins(found: list[Segment], blocks: list[Block]) -> list[Segment]:
    """Adds what lies before the first entry, file by file, and unlisted front or back matter between and after."""
    starts = {s.start for s in found}
    first = min(starts, default=len(blocks))
    extra = []
    for index, block in enumerate(blocks):
        if index in starts or not (new_file(block) or index == 0):
            continue
        if index == 0 or index < first or _outer(block):
            extra.append(Segment(index))
    return sorted([*found, *extra], key=lambda s: s.start)


def new_file(block: Block) -> bool:
    """Whether a file of the book begins with this block."""
    return any("#" not in anchor for anchor in block.anchors)


def _outer(block: Block) -> bool:
    """Whether a file that no entry lists is front or back matter of its own."""
    by_title = kinds.by_title(block.text) if block.role is Role.HEADING else None
    return kinds.by_words(block.hint) in (Kind.FRONT, Kind.BACK) or by_title in (Kind.FRONT, Kind.BACK, headings.EITHER)
