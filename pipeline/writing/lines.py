"""The book as data: its lines numbered, one a row, cut into chunks that a model can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.language.script import Line
from pipeline.routing.estimate import tokens

Row = tuple[int, str]  # a line's number, from 1 over the whole script, and what of it is shown
T = TypeVar("T")
_SAFE = str.maketrans({"<": "‹", ">": "›"})


def plain(text: str) -> str:
    """One row, whatever the book does: no passage can end the fence, nor begin a row of its own."""
    return " ".join(text.translate(_SAFE).split())


def row(number: int, line: Line, measure: str) -> str:
    return f"[{number}] ({measure}) {plain(line.text)}"


def chunks(rows: Sequence[T], text: Callable[[T], str], most: int, bound: Callable[[T, T], bool]) -> Iterator[list[T]]:
    """Neighbours of at most `most` tokens, parted where `bound(before, after)` holds if that can be.

    A row that is longer by itself is a chunk by itself.
    """
    held: list[T] = []
    size = 0
    for one in rows:
        cost = tokens(text(one)) + 1
        if held and size + cost > most:
            at = _last_bound(held, one, bound)
            yield held[:at]
            held = held[at:]
            size = sum(tokens(text(kept)) + 1 for kept in held)
        held.append(one)
        size += cost
    if held:
        yield held


def _last_bound(held: Sequence[T], after: T, bound: Callable[[T, T], bool]) -> int:
    """Where to part: the last bound in the later half of what is held, else its end."""
    following = [*held[1:], after]
    for at in range(len(held), len(held) // 2, -1):
        if bound(held[at - 1], following[at - 1]):
            return at
    return len(held)
