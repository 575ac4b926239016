"""SubRip captions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .clock import Shown, stamp

RIGHT_TO_LEFT_MARK = "\u200f"


def srt(cues: Sequence[Shown]) -> str:
    """The cues as a .srt file's text. Right-to-left lines carry marks: their full stops then stand at the left."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        times = f"{stamp(cue.start, ',')} --> {stamp(cue.end, ',')}"
        blocks.append("\n".join([str(number), times, *map(_marked, cue.lines)]) + "\n")
    return "\n".join(blocks)


def right_to_left(line: str) -> bool:
    """Whether the first letter with a direction reads from the right (Unicode bidi rules P2 and P3)."""
    for letter in line:
        way = unicodedata.bidirectional(letter)
        if way in {"L", "R", "AL"}:
            return way != "L"
    return False


def _marked(line: str) -> str:
    clean = " ".join(line.split())
    return f"{RIGHT_TO_LEFT_MARK}{clean}{RIGHT_TO_LEFT_MARK}" if right_to_left(clean) else clean
