"""A table of contents inside the text: where it stands, and which titles it promises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from projects.readers import headings
from projects.readers.blocks import Block
from projects.readers.book import Role

_HEAD = re.compile(
    r"(?:the )?(?:table of )?contents(?: of .{0,40})?[.:]?|index|inhalt(?:sverzeichnis)?[.:]?|table des matières|índice|indice|содержание|оглавление|目次|目录",
    re.I,
)
_LEADER = re.compile(r"(?:\s*\.){3,}.*$|[\s.…·_-]{2,}\s*(?:p\.?\s*)?[\divxlc]+\s*$|\s+\d{1,4}$|\s*\|\s*\d+\s*$", re.I)


@dataclass(slots=True)
class Contents:
    """Numbers of the blocks of the list, and the keys of the titles it names."""

    region: set[int] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


def find(blocks: list[Block]) -> Contents:
    """The contents list in the first third of the text; an empty one when there is none."""
    limit = max(len(blocks) // 3, 40)
    for index, block in enumerate(blocks[:limit]):
        lines = block.lines or (block.text,)
        if _HEAD.fullmatch(lines[0].strip(" _*=[]")) and block.role is not Role.FOOTNOTE:
            return _collect(blocks, index)
    return Contents()


def _collect(blocks: list[Block], start: int) -> Contents:
    """Blocks below the head until prose comes, or until the first title named comes again."""
    entries: list[tuple[int, str]] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        lines = list(block.lines or tuple(block.text.split("\n")))[1 if index == start else 0 :]
        if _is_prose(block) or (
            entries and any(_same(clean(line), e) for line in lines[:1] for n, e in entries if n < index)
        ):
            break
        entries += [(index, clean(line)) for line in lines if clean(line)]
    titles = _titles([e for _, e in entries])
    later = (
        {headings.key(b.text) for b in blocks[entries[-1][0] + 1 :] if len(b.text) <= headings.LONGEST}
        if entries
        else set()
    )
    keys = {headings.key(t) for t in titles} & later
    if len(entries) < 2:
        return Contents()
    return Contents(set(range(start, entries[-1][0] + 1)), {k for k in keys if len(k) > 3})


def _titles(entries: list[str]) -> list[str]:
    """Every entry as it stands, and without its number."""
    found = []
    for entry in entries:
        found.append(entry)
        head = headings.recognise(entry)
        if head and head.number is not None and head.title:
            found.append(head.title)
    return found


def _is_prose(block: Block) -> bool:
    if block.role in (Role.CAPTION, Role.TABLE, Role.HEADING):
        return False
    lines = block.lines or (block.text,)
    longest = max(map(len, lines))
    listing = sum(bool(_LEADER.search(line)) or headings.recognise(line) is not None for line in lines)
    return (
        len(block.text) > 120 and longest > 50 and listing * 2 < len(lines) and sum(map(len, lines)) / len(lines) > 42
    )


def clean(line: str) -> str:
    """An entry without page number and leaders."""
    return _LEADER.sub("", line).strip(" .·…_|\t")


def _same(line: str, entry: str) -> bool:
    """Whether a line repeats an entry: same words, or same numbered heading."""
    if headings.key(line) == headings.key(entry):
        return True
    a, b = headings.recognise(line), headings.recognise(entry)
    return bool(
        a and b and a.number is not None and (a.family.rstrip("+"), a.number) == (b.family.rstrip("+"), b.number)
    )
