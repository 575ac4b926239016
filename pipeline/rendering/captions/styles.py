"""How burned captions look: four styles as data. Colours are straight RGBA; sizes are shares of the type size."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int, int]
_WHITE, _INK, _AMBER, _PENCIL = (255, 255, 255, 255), (24, 19, 15, 255), (255, 208, 92, 255), (0xB6, 0x40, 0x2C, 255)


@dataclass(frozen=True, slots=True)
class Style:
    """`spoken`: the word being said; `box`: a plate behind the said word; `plate`: one behind all."""

    role: str = "caption"
    weight: int = 650
    text: Colour = _WHITE
    spoken: Colour = _WHITE
    coming: Colour = _WHITE
    outline: Colour = (*_INK[:3], 230)
    outline_width: float = 0.075
    shadow: float = 0.16
    plate: Colour | None = None
    box: Colour | None = None
    by_word: bool = False


STYLES = {
    "karaoke": Style(spoken=_AMBER, coming=(255, 255, 255, 205), by_word=True),
    "plain": Style(),
    "boxed": Style(outline_width=0, shadow=0, plate=(*_INK[:3], 200), box=_PENCIL, by_word=True),
    "paper": Style(
        role="book", weight=520, text=(0x22, 0x1D, 0x18, 255), coming=(0x6B, 0x62, 0x58, 255), spoken=_PENCIL,
        outline_width=0, shadow=0, plate=(0xFF, 0xFD, 0xF8, 235), by_word=True,
    ),
}  # fmt: skip
