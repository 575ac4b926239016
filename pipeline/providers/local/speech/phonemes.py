"""Phonemes word by word: espeak joins words ("out of" becomes one); here each word gets its own back, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

STRESS = "ˈˌ"
Speak = Callable[[str], list[str]]  # a clause → espeak's tokens


def by_word(words: Sequence[str], speak: Speak) -> list[str]:
    """One phoneme string a word, said in its clause. A token that espeak made of several words is cut where it fits best."""
    tokens = speak(" ".join(words))
    if len(tokens) == len(words):
        return tokens
    alone = ["".join(speak(word)) for word in words]
    if not tokens:
        return alone
    return _cut("".join(tokens), [_bounds(tokens)][0], alone)


def _bounds(tokens: Sequence[str]) -> frozenset[int]:
    """Offsets in the joined string where a token begins."""
    places, at = set(), 0
    for token in tokens:
        places.add(at)
        at += len(token)
    return frozenset(places)


def _cut(joined: str, bounds: frozenset[int], alone: Sequence[str]) -> list[str]:
    """Cut `joined` into len(alone) pieces, each as near to the word said alone as can be; token bounds are preferred."""
    size = len(joined)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * size
    steps = []
    for word in alone:
        best = [_nearest(best, joined, end, word, bounds) for end in range(size + 1)]
        steps.append([start for _, start in best])
    pieces, end = [], size
    for starts in reversed(steps):
        pieces.append(joined[starts[end] : end])
        end = starts[end]
    return pieces[::-1]


def _nearest(
    before: Sequence[tuple[float, int]], joined: str, end: int, word: str, bounds: frozenset[int]
) -> tuple[float, int]:
    """Cheapest (cost, start) of a piece ending at `end` for `word`, after what came before."""
    reach = 2 * len(word) + 3
    found = (float("inf"), max(0, end - 1))
    for start in range(max(0, end - reach), end + 1):
        so_far = before[start][0]
        if so_far >= found[0]:
            continue
        cost = so_far + distance(joined[start:end], word) + (0 if start in bounds else 0.5)
        found = min(found, (cost, start))
    return found


@lru_cache(maxsize=20_000)
def distance(left: str, right: str) -> int:
    """Edit distance that takes no notice of stress."""
    a, b = (text.translate(dict.fromkeys(map(ord, STRESS))) for text in (left, right))
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (one != other))
    return row[-1]
