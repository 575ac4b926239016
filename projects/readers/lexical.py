"""Chapters by what lines say, where a file has no levels: plain text, and anything whose headings are mere lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from projects.readers import headings, listed
from projects.readers.blocks import Block
from projects.readers.book import NARRATED, Role
from projects.readers.headings import Heading
from projects.readers.outline import Segment

WEAK = ("roman+", "roman", "digit+", "year", "digit", "scene", "section", "caps", "apart")  # in the order of trust


@dataclass(slots=True)
class Candidate:
    """A block that could be a heading; `end` is the number of its last block (a title may stand below the number)."""

    index: int
    head: Heading
    text: str
    end: int
    listed: bool = False


def segments(blocks: list[Block], *, commit: bool) -> list[Segment]:
    """A segment for each heading found; `commit` also marks their blocks as headings."""
    contents = listed.find(blocks)
    found = _candidates(blocks, contents)
    chosen = _choose(found, blocks)
    chosen = _with_titles(chosen, blocks)
    if commit:
        for index in contents.region:
            blocks[index].role = Role.TABLE if blocks[index].role in NARRATED else blocks[index].role
        for candidate in chosen:
            for index in range(candidate.index, candidate.end + 1):
                blocks[index].role, blocks[index].level = Role.HEADING, max(candidate.head.rank, 1)
    return [Segment(c.index, c.text, c.head.rank) for c in chosen]


def _candidates(blocks: list[Block], contents: listed.Contents) -> list[Candidate]:
    found = []
    for index, block in enumerate(blocks):
        if index in contents.region or not eligible(block):
            continue
        head = headings.recognise(block.text)
        if headings.key(block.text) in contents.keys:
            head = replace(head, rank=min(head.rank, 3)) if head else Heading("listed", 3, None, block.text)
            found.append(Candidate(index, head, block.text, index, listed=True))
        elif head:
            found.append(Candidate(index, head, block.text, index))
        elif _set_apart(blocks, index):
            found.append(Candidate(index, Heading("apart", 5, None, block.text), block.text, index))
    return _without_lists(found, blocks)


def eligible(block: Block) -> bool:
    """Whether a block may be a heading at all: short, of few lines, not a note or a table."""
    return (
        bool(block.text)
        and len(block.text) <= headings.LONGEST
        and len(block.lines) <= 4
        and block.role in (Role.NARRATION, Role.HEADING, Role.VERSE, Role.QUOTE)
    )


def _set_apart(blocks: list[Block], index: int) -> bool:
    """A short line like a title, below more empty lines than paragraphs have between them, above prose."""
    block = blocks[index]
    if block.gap < 3 or len(block.lines) > 1 or len(block.text) > 70 or block.text[-1] in ".,;:!”\"'":
        return False
    below = blocks[index + 1 : index + 3]
    return _titled(block.text) and any(len(b.text) > 100 for b in below)


def _without_lists(found: list[Candidate], blocks: list[Block]) -> list[Candidate]:
    """Drops lines of a contents list without a heading: no text below them, and the same heading comes again."""
    later: Counter[tuple[str, int | None, str]] = Counter()
    keep = []
    for position in range(len(found) - 1, -1, -1):
        candidate = found[position]
        identity = _identity(candidate.head)
        following = found[position + 1].index if position + 1 < len(found) else len(blocks)
        words = sum(len(b.text.split()) for b in blocks[candidate.index + 1 : following] if b.role in NARRATED)
        opens = following < len(blocks) and _opens_sections(candidate.head, found[position + 1].head)
        if (
            words < 12
            and later[identity]
            and not opens
            and candidate.head.family != "caps"
            and candidate.head.rank >= 2
        ):
            continue
        later[identity] += 1
        keep.append(candidate)
    return keep[::-1]


def _opens_sections(head: Heading, below: Heading) -> bool:
    """ "II. THE RED LANE" right above "I." is a story with numbered sections, not a line of a list."""
    return below.number == 1 and below.family != head.family and below.rank >= head.rank


def _identity(head: Heading) -> tuple[str, int | None, str]:
    family = head.family.rstrip("+")
    return family, head.number, "" if head.number is not None else headings.key(head.title)


def _choose(found: list[Candidate], blocks: list[Block]) -> list[Candidate]:
    """Keyword headings where there are some; else the most trusted kind of bare numbers or capitals that spans the book."""
    found = _without_repeats(found)
    strong = [c for c in found if c.listed or c.head.rank < 3 or (c.head.rank == 3 and c.head.family not in WEAK)]
    chapters = [c for c in strong if c.head.rank == 3 and c.head.family != "named"]
    if _spans(chapters, blocks, 0.35) or (any(c.listed for c in chapters) and len(chapters) > 2):
        return strong
    parts = [c.index for c in strong if c.head.rank < 3]
    for family in WEAK:
        members = _sequence([c for c in found if c.head.family == family], parts, family, blocks)
        if len(members) >= (3 if family in ("digit", "caps", "apart") else 2) and _spans(members, blocks, 0.4):
            more = []
            if family in ("caps", "apart"):
                more = [_ranked(c, 4) for c in _numbered_below(found, members, blocks)]
                members = [_ranked(c, 3) for c in members]
            return sorted({c.index: c for c in [*strong, *members, *more]}.values(), key=lambda c: c.index)
    return strong


def _ranked(candidate: Candidate, rank: int) -> Candidate:
    return replace(candidate, head=replace(candidate.head, rank=rank))


def _numbered_below(found: list[Candidate], members: list[Candidate], blocks: list[Block]) -> list[Candidate]:
    """Numbered titles that stand as far apart as the unnumbered ones do: parts of a tale that are chapters as well."""
    titled = [c for c in found if c.head.family in ("roman+", "digit+") and blocks[c.index].gap >= 3]
    starts = [c.index for c in members]
    return [
        c
        for family in ("roman+", "digit+")
        for c in _sequence([t for t in titled if t.head.family == family], starts, family, blocks)
    ]


def _without_repeats(found: list[Candidate]) -> list[Candidate]:
    """The same numbered heading twice in a row is a running head or "continued"."""
    kept: list[Candidate] = []
    for candidate in found:
        before = next((k for k in reversed(kept) if k.head.family == candidate.head.family), None)
        same = before and candidate.head.number is not None and before.head.number == candidate.head.number
        between = any(k.head.rank < candidate.head.rank for k in kept[kept.index(before) + 1 :]) if before else False
        if not (same and not between and _title_repeats(before, candidate)):
            kept.append(candidate)
    return kept


def _title_repeats(before: Candidate | None, after: Candidate) -> bool:
    if before is None:
        return False
    first, second = headings.key(before.head.title), headings.key(after.head.title)
    return first == second or not second or second.startswith("continued")


def _sequence(members: list[Candidate], parts: list[int], family: str, blocks: list[Block]) -> list[Candidate]:
    """Members whose numbers run on (one may be missing), beginning again after a part; years only have to rise."""
    if family in ("caps", "apart"):
        return _spaced([c for c in members if _apart(c)], blocks)
    kept: list[Candidate] = []
    last = 0
    for candidate in members:
        number = candidate.head.number or 0
        restart = number == 1 and (not kept or any(kept[-1].index < p <= candidate.index for p in parts))
        if family == "year":
            if number > last:
                kept.append(candidate)
                last = number
        elif restart or (kept and last < number <= last + 2):
            kept.append(candidate)
            last = number
    return kept


def _spaced(members: list[Candidate], blocks: list[Block]) -> list[Candidate]:
    """Where some stand below many empty lines and others below few, the latter are by-lines and signs."""
    wide = [c for c in members if blocks[c.index].gap >= 3]
    return wide if len(wide) >= 3 else members


def _apart(candidate: Candidate) -> bool:
    """A line of capitals counts only when it is no shout and no closing word."""
    return not re.match(r"(?:the )?end\b|finis\b|fin\b", candidate.text, re.I) and len(candidate.text.split()) <= 12


def _spans(members: list[Candidate], blocks: list[Block], share: float) -> bool:
    """Whether the stretch from the first member to the book's end holds this share of it."""
    if not members:
        return False
    total = sum(len(b.text) for b in blocks)
    inside = sum(len(b.text) for b in blocks[members[0].index :])
    spread = sum(len(b.text) for b in blocks[members[0].index : members[-1].index])
    return inside >= share * total and (len(members) < 3 or spread >= 0.2 * total)


def _with_titles(chosen: list[Candidate], blocks: list[Block]) -> list[Candidate]:
    """A bare number takes the line below as its title when most numbers of its family have such a line."""
    starts = {c.index for c in chosen}
    votes: dict[str, list[bool]] = {}
    for candidate in chosen:
        if candidate.head.bare:
            votes.setdefault(candidate.head.family, []).append(_title_below(candidate, blocks, starts, loose=True))
    for candidate in chosen:
        if not candidate.head.bare:
            continue
        own = votes[candidate.head.family]
        loose = len(own) > 1 and sum(own) >= 0.6 * len(own)
        if _title_below(candidate, blocks, starts, loose=loose):
            candidate.end = candidate.index + 1
            candidate.text = headings.join(candidate.text, blocks[candidate.end].text)
    return chosen


_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "into",
    "is",
    "it",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
    "de",
    "la",
    "le",
    "les",
    "du",
    "des",
    "et",
    "der",
    "die",
    "das",
    "und",
    "von",
    "zu",
    "van",
    "el",
    "los",
    "y",
}


_STOPS = re.compile(r"[.。!！?？،؛;；:：,，、।]")


def _capital(text: str) -> float:
    """Share of its words that begin as in a title, small words aside; scripts without capitals go by length and stops."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", text) if w.lower() not in _SMALL]
    if text.upper() == text.lower():
        return float(bool(words) and len(text) <= 30 and not _STOPS.search(text))
    return sum(w[0].isupper() or not w[0].islower() for w in words) / len(words) if words else 0.0


def _titled(text: str) -> bool:
    """Whether a line is written as titles are: all capitals, or a capital for each word and no stop at its end."""
    capital = _capital(text)
    cased = text.upper() != text.lower()
    return bool(capital) and ((cased and text.upper() == text) or (capital >= 0.8 and text[-1] not in ".;,:"))


def _title_below(candidate: Candidate, blocks: list[Block], starts: set[int], *, loose: bool) -> bool:
    index = candidate.index + 1
    if index + 1 >= len(blocks) or index in starts or not eligible(blocks[index]) or blocks[index].role is Role.VERSE:
        return False
    block, text = blocks[index], blocks[index].text
    if len(block.lines) > 3 or len(text) > 100 or block.gap > 3 or text[0] in "“\"‘'«„—(":
        return False
    known = headings.recognise(text)
    if known and known.family in ("roman", "digit"):
        return False
    titled, capital = _titled(text), _capital(text)
    return titled or (
        loose and text[-1] not in ",;:" and (capital >= 0.5 or text[-1] not in '.!?”"') and text.upper() != text.lower()
    )
