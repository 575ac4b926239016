"""Cuts spoken text into what is said in one breath, and says how long to wait after it."""

from __future__ import annotations

from dataclasses import dataclass

PAUSES = {".": 0.38, "!": 0.38, "?": 0.4, "…": 0.5, "—": 0.25, ";": 0.25, ":": 0.25, ",": 0.15}  # seconds after a mark
LINE, PARAGRAPH = 0.3, 0.6  # at the end of a line of verse, of a paragraph, at least
ENDS = ".!?…"
SHORT = 24  # letters: a sentence below it goes along with the next, for voices stumble over single words


@dataclass(frozen=True, slots=True)
class Breath:
    """Words said at once, and the seconds of silence after them."""

    words: tuple[str, ...]
    pause: float


def breaths(spoken: str) -> list[Breath]:
    """Sentences of every line, short ones together. The last one of all is followed by no pause: its utterance tells it."""
    lines = spoken.split("\n")
    found: list[Breath] = []
    for number, line in enumerate(lines):
        groups = _sentences(line.split())
        found += [Breath(tuple(group), PAUSES.get(group[-1][-1], 0.0)) for group in groups]
        if groups:
            least = PARAGRAPH if number + 1 < len(lines) and not lines[number + 1].strip() else LINE
            found[-1] = Breath(found[-1].words, max(found[-1].pause, least))
    return [*found[:-1], Breath(found[-1].words, 0.0)] if found else []


def _sentences(words: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for word in words:
        groups[-1].append(word)
        if word[-1] in ENDS and sum(map(len, groups[-1])) >= SHORT:
            groups.append([])
    if len(groups) > 1 and not groups[-1]:
        groups.pop()
    return [group for group in groups if group]
