"""A line on a page: what it says, where it stands, how large it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

BROKEN = "\x1f"  # stands where a word was broken at a line's end


@dataclass(slots=True)
class Line:
    """A line of text; places in points from the page's lower left corner. `raised` are note marks set above the line."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    raised: tuple[str, ...] = ()
    font: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def with_drop_caps(lines: list[Line]) -> list[Line]:
    """A big single letter at a paragraph's head joins the line that it begins."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if (
            before
            and len(before.text) == 1
            and before.text.isalpha()
            and before.size > 1.6 * line.size
            and line.top <= before.top + line.size
        ):
            found[-1] = replace(line, text=before.text + line.text, left=before.left, raised=line.raised)
        else:
            found.append(line)
    return found
