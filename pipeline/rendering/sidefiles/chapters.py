"""Chapter marks as YouTube reads them out of a description."""

from __future__ import annotations

from collections.abc import Sequence

from ..parts import FPS
from .clock import brief

LEAST = 10  # seconds between two marks
FEWEST = 3  # marks: with fewer YouTube shows none


def chapters_text(chapters: Sequence[tuple[int, str]], frames: int) -> str:
    """Lines of "time title" from (start_frame, title): the first at 0:00, each at least 10 s long.

    A chapter shorter than that shares the line of the one before it, so no title is lost.
    """
    marks = [(start, " ".join(title.split())) for start, title in sorted(chapters, key=lambda mark: mark[0])]
    if not marks:
        return ""
    kept: list[tuple[int, list[str]]] = [(0, [marks[0][1]])]
    for start, title in marks[1:]:
        room = start // FPS - kept[-1][0] // FPS >= LEAST and (frames - start) // FPS >= LEAST
        if room:
            kept.append((start, [title]))
        else:
            kept[-1][1].append(title)
    return "".join(f"{brief(start)} {' / '.join(titles)}\n" for start, titles in kept)


def shown_by_youtube(text: str) -> bool:
    """Whether there are enough marks for YouTube to show them."""
    return text.count("\n") >= FEWEST
