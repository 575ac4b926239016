"""What Fountain and Final Draft have in common: elements of a script become blocks with speakers."""

from __future__ import annotations

import re

from projects.readers.blocks import Block, tidy, tidy_lines
from projects.readers.book import Role

_EXTENSION = re.compile(r"\s*\([^)]*\)")


def speaker(cue: str) -> str:
    """The name in a cue: "ALICE (V.O.) (CONT'D)" is Alice's."""
    return tidy(_EXTENSION.sub("", cue)).rstrip(":^ ")


def scene(text: str) -> Block:
    """A scene heading: "INT. KITCHEN - DAY". Chapters are cut here when a script has no larger parts."""
    return Block(tidy(text), Role.HEADING, 3, hint=frozenset({"scene"}))


def part(text: str, level: int) -> Block:
    """An act or section above scenes; `level` 1 or 2."""
    return Block(tidy(text), Role.HEADING, level)


def cue(text: str, name: str = "") -> Block:
    """Who speaks, or how ("(whispering)"), or a transition ("CUT TO:", without a speaker)."""
    return Block(tidy(text), Role.CUE, speaker=name)


def speech(text: str, name: str) -> Block:
    lines = tidy_lines(text)
    return Block(lines.replace("\n", " "), Role.DIALOGUE, speaker=name)


def cut(blocks: list[Block]) -> list[Block]:
    """Sections make the chapters; scenes below them are mere headings. Without sections, each scene is one."""
    if sum(b.level in (1, 2) and "scene" not in b.hint for b in blocks) >= 2:
        for block in blocks:
            if "scene" in block.hint:
                block.level = 0
    return blocks
