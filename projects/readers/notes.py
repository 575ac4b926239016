"""Links note marks with their notes: marks leave the text, notes keep their place and get an id."""

from __future__ import annotations

import re

from projects.readers.blocks import Block
from projects.readers.book import Role

TOKEN = re.compile("\x02(\\d+)\x03")


def link(blocks: list[Block]) -> None:
    """Fills `notes` of blocks that refer and `note_id` of notes (n1, n2 ... by first mention); mends the texts."""
    where = {anchor: index for index, block in enumerate(blocks) for anchor in block.anchors}
    kept = {block.note for block in blocks if block.note}
    ids: dict[str, str] = {}
    for index, block in enumerate(blocks):
        if not block.marks:
            continue
        found: list[str] = []
        shown = []
        for target, text, explicit in block.marks:
            key = _note_key(blocks, where, kept, index, target, explicit)
            if key is not None and key and key not in found:
                found.append(ids.setdefault(key, f"n{len(ids) + 1}"))
            shown.append(text if key is None else "")
        block.notes = tuple(dict.fromkeys(found))
        block.text = re.sub(r"  +", " ", TOKEN.sub(lambda m, shown=shown: shown[int(m.group(1))], block.text)).strip()  # type: ignore[misc]
    _name_notes(blocks, ids)


def _note_key(
    blocks: list[Block], where: dict[str, int], kept: set[str], index: int, target: str, explicit: bool
) -> str | None:
    """The note that a mark means; "" for a way back (its text goes); None when it is no note mark (its text stays)."""
    block, there = blocks[index], where.get(target)
    if block.note or block.role is Role.FOOTNOTE:
        return "" if there is None or there < index else None
    if target in kept:
        return target
    if there is None:
        return "" if explicit else None
    note = blocks[there]
    if note.note:
        return note.note
    if there <= index:
        return "" if any(t in block.anchors for t, _, _ in note.marks) else None
    if explicit or any(t in block.anchors for t, _, _ in note.marks):
        note.role, note.note = Role.FOOTNOTE, target
        return target
    return None


def _name_notes(blocks: list[Block], ids: dict[str, str]) -> None:
    for block in blocks:
        if block.note:
            block.role = Role.FOOTNOTE if block.role is not Role.HEADING else block.role
            block.note_id = ids.setdefault(block.note, f"n{len(ids) + 1}")
