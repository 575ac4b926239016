"""WebVTT captions."""

from __future__ import annotations

from collections.abc import Sequence

from .clock import Shown, stamp


def vtt(cues: Sequence[Shown], language: str = "") -> str:
    """The cues as a .vtt file's text. Browsers find each cue's direction by themselves, so nothing is added for it."""
    head = "WEBVTT\nKind: captions\n" + (f"Language: {language}\n" if language else "")
    blocks = []
    for number, cue in enumerate(cues, 1):
        times = f"{stamp(cue.start)} --> {stamp(cue.end)}"
        blocks.append("\n".join([str(number), times, *map(_escaped, cue.lines)]) + "\n")
    return "\n".join([head, *blocks])


def _escaped(line: str) -> str:
    return " ".join(line.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
