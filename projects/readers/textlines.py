"""Headings that a plain text glues to other lines: told apart before lines are joined."""

from __future__ import annotations

from projects.readers import headings


def split_headings(stanza: list[str], width: int) -> list[list[str]]:
    """A run of lines in parts: a heading's line (and its title's) apart from the text below it."""
    if len(stanza) < 2:
        return [stanza]
    head = headings.recognise(stanza[0])
    if (
        head is None
        or head.number is None
        or head.family in ("roman", "digit", "year", "roman+", "digit+")
        or head.rank > 4
    ):
        return [stanza]
    if len(stanza[0].strip()) > 70:
        return [stanza]
    rest = stanza[1:]
    if len(rest) <= 2 and all(len(line) < 0.8 * min(width, 80) for line in rest) and not _lists(rest):
        return [[*_joined(stanza[0], rest, head)]]
    if _lists(rest) or max(map(len, rest)) < 0.6 * min(width, 80):
        return [stanza]
    return [[stanza[0]], rest]


def _joined(first: str, rest: list[str], head: headings.Heading) -> list[str]:
    """Number and title as one line when the number stands alone; else the lines as they are."""
    return [headings.join(first.strip(), " ".join(line.strip() for line in rest))] if head.bare else [first, *rest]


def _lists(lines: list[str]) -> bool:
    """Whether the lines below are headings as well: a list of contents."""
    return any((h := headings.recognise(line)) is not None and h.number is not None for line in lines)
