"""Phonemes word by word: espeak joins words ("out of" becomes one); here each word gets its own back, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

STRESS = dict.fromkeys(map(ord, "ˈˌ^"))
MOST = 4  # words in one token, tokens in one word
Speak = Callable[[str], list[str]]  # a clause → espeak's tokens
Group = tuple[int, int, int, int]  # tokens from, to; words from, to


def by_word(words: Sequence[str], speak: Speak) -> list[str]:
    """One phoneme string a word, said in its clause. A token that espeak made of several words is cut where it fits."""
    tokens = speak(" ".join(words))
    if len(tokens) == len(words):
        return tokens
    alone = ["".join(speak(word)) for word in words]
    if not tokens:
        return alone
    said: list[str] = []
    for first, last, start, end in _groups(tokens, alone):
        joined = "".join(tokens[first:last])
        said += [joined] if end - start == 1 else _cut(joined, alone[start:end])
    return said


def _groups(tokens: Sequence[str], alone: Sequence[str]) -> list[Group]:
    """Which tokens make which words: one on either side, so that all together differ least from the words alone."""
    slack = abs(len(tokens) - len(alone)) + MOST
    best: dict[tuple[int, int], tuple[float, Group]] = {(0, 0): (0.0, (0, 0, 0, 0))}
    for i in range(len(tokens) + 1):
        for j in range(len(alone) + 1):
            if (i or j) and abs(i - j) <= slack:
                ways = _ways(best, tokens, alone, i, j)
                best |= {(i, j): min(ways)} if ways else {}
    if (len(tokens), len(alone)) not in best:
        return [(0, len(tokens), 0, len(alone))]
    groups, at = [], (len(tokens), len(alone))
    while at != (0, 0):
        groups.append(best[at][1])
        at = groups[-1][0], groups[-1][2]
    return groups[::-1]


def _ways(
    best: dict[tuple[int, int], tuple[float, Group]], tokens: Sequence[str], alone: Sequence[str], i: int, j: int
) -> list[tuple[float, Group]]:
    """Every last group that ends at token i and word j, with the cost of all up to there."""
    sizes = [(1, 1)] + [(1, n) for n in range(2, MOST + 1)] + [(n, 1) for n in range(2, MOST + 1)] + [(0, 1)]
    ways = []
    for di, dj in sizes:
        before = best.get((i - di, j - dj))
        if before and di <= i and dj <= j:
            cost = distance("".join(tokens[i - di : i]), "".join(alone[j - dj : j])) + (di != dj) * 0.5
            ways.append((before[0] + cost, (i - di, i, j - dj, j)))
    return ways


def _cut(joined: str, alone: Sequence[str]) -> list[str]:
    """Cut `joined` into len(alone) pieces, each as near to the word said alone as can be."""
    size = len(joined)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * size
    steps = []
    for word in alone:
        best = [
            min((best[start][0] + distance(joined[start:end], word), start) for start in range(end + 1))
            for end in range(size + 1)
        ]
        steps.append([start for _, start in best])
    pieces, end = [], size
    for starts in reversed(steps):
        pieces.append(joined[starts[end] : end])
        end = starts[end]
    return pieces[::-1]


@lru_cache(maxsize=20_000)
def distance(left: str, right: str) -> int:
    """Edit distance that takes no notice of stress."""
    a, b = left.translate(STRESS), right.translate(STRESS)
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (one != other))
    return row[-1]
