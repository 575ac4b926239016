"""A contents page made of links, for files without a declared table of contents (HTML, old EPUBs)."""

from __future__ import annotations

from projects.readers import headings
from projects.readers.blocks import Block, Entry


def from_links(blocks: list[Block], links: list[tuple[str, str, int]]) -> list[Entry]:
    """Entries of the links that lead forward to headings, in rising order; none when they are fewer than three.

    `links`: target, text, number of the block that holds the link.
    """
    where = {anchor: index for index, block in reversed(list(enumerate(blocks))) for anchor in block.anchors}
    found: list[tuple[int, Entry]] = []
    for target, text, own in links:
        index = where.get(target)
        if index is None or index <= own or (found and index <= found[-1][0]):
            continue
        if _is_heading(blocks, index) and not (text.isdigit() and len(text) < 4 and not _numbered(blocks[index])):
            found.append((index, Entry(text, target, _depth(text))))
    return [entry for _, entry in found] if len(found) >= 3 else []


def _is_heading(blocks: list[Block], index: int) -> bool:
    """A place counts when a heading stands there or right below (an anchor may hang on a picture above it)."""
    near = blocks[index : index + 3]
    return any(b.level or (b.text and len(b.text) < 100 and headings.recognise(b.text)) for b in near[:1]) or bool(
        near and near[0].picture and any(b.level for b in near[1:])
    )


def _numbered(block: Block) -> bool:
    head = headings.recognise(block.text)
    return head is not None and head.number is not None


def _depth(text: str) -> int:
    head = headings.recognise(text)
    return head.rank if head and head.rank < 3 else 3
