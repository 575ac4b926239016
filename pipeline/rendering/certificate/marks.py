"""Chapter marks and tags that a player shows."""

from __future__ import annotations

from ..timeline import Timeline
from .container import Container
from .gate import Gate, count


def marks(seen: Container, timeline: Timeline) -> Gate:
    """Chapter marks and tags."""
    wanted = len(timeline.markers)
    lacking = [] if seen.chapters == wanted else [f"{seen.chapters} chapter marks of {wanted}"]
    if timeline.look.title and seen.tags.get("title") != timeline.look.title:
        lacking.append("the title is not in the file")
    if timeline.look.author and seen.tags.get("artist") != timeline.look.author:
        lacking.append("the author is not in the file")
    if seen.tags["audio language"] in ("", "und"):
        lacking.append("the language is not in the file")
    said = "; ".join(lacking) or f"{count(wanted, 'chapter mark')}, title, author and language"
    return Gate("marks", "a mark a chapter; title, author, language", seen.chapters, not lacking, said)
