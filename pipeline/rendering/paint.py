"""The loop that fills a piece's frames: source, transition, captions, watermark, encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from . import lower_third, watermark
from .captions import burn
from .encoder import Encoder, settings_for
from .failures import BadMaterial, Stopped
from .overlay import Overlay, blend
from .place import captions_on_top
from .sources import Source, source
from .text import is_rtl
from .transitions import TRANSITIONS, smooth
from .warp import Frame, blank

if TYPE_CHECKING:
    from .pieces import Piece

Draw = Callable[[int, Frame], None]


def render(
    piece: Piece,
    out: Path,
    *,
    progress: Callable[[int], None] | None,
    stopping: Callable[[], bool] | None,
    planes: Path | None,
) -> None:
    """See pieces.render_piece."""
    part = out.with_name(f"{out.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    folder = planes or out.parent / "planes"
    try:
        sources = [source(shot, piece.size, folder) for shot in piece.shots]
        draw, over = _drawer(piece, sources), _Overlays(piece, sources[0])
        with Encoder(part, piece.size, settings_for(piece.effort, piece.kind)) as encoder:
            for number in range(piece.frames):
                if stopping and stopping():
                    raise Stopped("the render was stopped", piece.scene)
                frame = encoder.next_frame()
                draw(number, frame)
                for overlay in over.at(number):
                    blend(frame, overlay)
                encoder.push()
                if progress:
                    progress(number + 1)
        part.replace(out)
    except LookupError as error:
        raise BadMaterial(str(error), piece.scene) from error
    finally:
        part.unlink(missing_ok=True)


def _drawer(piece: Piece, sources: list[Source]) -> Draw:
    if len(sources) == 1:
        return lambda number, out: sources[0].draw(piece.start[0] + number, out)
    mix, rtl = TRANSITIONS[piece.transition], is_rtl(piece.language)
    old, new = blank(*piece.size), blank(*piece.size)

    def draw(number: int, out: Frame) -> None:
        sources[0].draw(piece.start[0] + number, old)
        sources[1].draw(piece.start[1] + number, new)
        mix(old, new, out, smooth((number + 0.5) / piece.frames), rtl=rtl)

    return draw


class _Overlays:
    """What lies over each frame; a caption state is drawn when it comes and dropped when it goes."""

    def __init__(self, piece: Piece, first: Source) -> None:
        self.piece = piece
        shot = piece.shots[0]
        moving = bool(shot.clip or shot.card)
        top = not moving and captions_on_top(shot, first.size, piece.size)
        self.placing = burn.Placing(piece.size, piece.language, top)
        self.mark = watermark.draw(piece.watermark, piece.size, piece.language) if piece.watermark else None
        self.next = 0
        self.shown: Overlay | None = None

    def at(self, number: int) -> list[Overlay]:
        layers = [self.mark, self._caption(number), lower_third.at(self.piece, number)]
        return [layer for layer in layers if layer is not None]

    def _caption(self, number: int) -> Overlay | None:
        states = self.piece.captions
        while self.next < len(states) and states[self.next].end <= number:
            self.next, self.shown = self.next + 1, None
        if self.next == len(states) or states[self.next].start > number:
            return None
        if self.shown is None:
            self.shown = burn.draw(states[self.next], self.piece.style, self.placing)
        return self.shown
