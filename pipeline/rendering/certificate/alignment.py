"""What was said against what was heard: the cheapest alignment of two lists of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKE_NAME = 0.6  # likeness of spelling from which a name counts as heard


@dataclass(frozen=True, slots=True)
class Token:
    """One normalised word; `owner` is the index of the word it comes from; a name's spelling can't be heard."""

    text: str
    owner: int
    name: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """`said` and `heard` are token indices (None: nothing there); `right`: they are the same."""

    said: int | None
    heard: int | None
    right: bool


def align(said: Sequence[Token], heard: Sequence[Token]) -> list[Step]:
    """Fewest wrong, missing and added words. Two words heard as one ("rabbit hole") or one as two are no error."""
    rows, columns = len(said), len(heard)
    cost = [[0] * (columns + 1) for _ in range(rows + 1)]
    way = [[""] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i or j:
                cost[i][j], way[i][j] = min(_choices(cost, said, heard, i, j))
    return _walk(way, said, heard)


_MOVES = {"a": (1, 1), "b": (1, 1), "c": (2, 1), "d": (1, 2), "e": (1, 0), "f": (0, 1)}


def _choices(
    cost: list[list[int]], said: Sequence[Token], heard: Sequence[Token], i: int, j: int
) -> list[tuple[int, str]]:
    """(cost, move): a same, b wrong, c two said as one, d one heard as two, e missing, f added."""
    found = []
    if i and j:
        same = alike(said[i - 1], heard[j - 1])
        found.append((cost[i - 1][j - 1] + (not same), "a" if same else "b"))
        if i > 1 and said[i - 2].text + said[i - 1].text == heard[j - 1].text:
            found.append((cost[i - 2][j - 1], "c"))
        if j > 1 and said[i - 1].text == heard[j - 2].text + heard[j - 1].text:
            found.append((cost[i - 1][j - 2], "d"))
    if i:
        found.append((cost[i - 1][j] + 1, "e"))
    if j:
        found.append((cost[i][j - 1] + 1, "f"))
    return found


def alike(said: Token, heard: Token) -> bool:
    if said.text == heard.text:
        return True
    return said.name and SequenceMatcher(None, said.text, heard.text).ratio() >= LIKE_NAME


def _walk(way: list[list[str]], said: Sequence[Token], heard: Sequence[Token]) -> list[Step]:
    steps: list[Step] = []
    i, j = len(said), len(heard)
    while i or j:
        move = way[i][j]
        down, across = _MOVES[move]
        i, j = i - down, j - across
        right = move in "acd"
        pairs = max(down, across)
        for k in reversed(range(pairs)):
            first = i + min(k, down - 1) if down else None
            second = j + min(k, across - 1) if across else None
            steps.append(Step(first, second, right))
    return steps[::-1]
