"""A timeline cut into pieces that are encoded, kept and reused one by one.

A piece's recipe names everything that its pixels depend on and nothing of where it stands in the film: words or length
of one scene changed, its body and the transitions on both its sides are made again, nothing else. A picture changed:
those, and the next scene's when it would else repeat the move. A long body comes in several pieces, so that one scene
keeps all cores busy; it costs no bit more, because a key frame is due at each cut anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from . import lower_third
from .captions.burn import State, states
from .captions.cues import rules_for, scene_cues
from .encoder import MOVING, settings_for
from .paint import render
from .parts import ScenePart
from .plan import BORDER
from .recipes import recipe
from .shots import Shot
from .timeline import Clip, Timeline, Transition

CHUNK = MOVING.gop


@dataclass(frozen=True)
class Piece:
    """`frames` of film. A body or card has one shot, a transition two; `start`: the first local frame of each."""

    kind: str  # body, transition, card
    scene: int | None
    frames: int
    size: tuple[int, int]
    shots: tuple[Shot, ...]
    start: tuple[int, ...]
    transition: str = ""
    captions: tuple[State, ...] = field(default=(), repr=False)
    style: str = ""
    watermark: str = ""
    heading: str = ""
    language: str = "en"
    effort: str = "film"

    @cached_property
    def recipe(self) -> str:
        """sha256 (hex) of everything the pixels depend on."""
        own = {
            name: getattr(self, name)
            for name in ("kind", "frames", "size", "start", "transition", "watermark", "heading", "language")
        }
        seen = {"shots": [shot.facts for shot in self.shots], "captions": [asdict(state) for state in self.captions]}
        style = self.style if self.captions else ""
        return recipe({**own, **seen, "style": style, "encoder": asdict(settings_for(self.effort, self.kind))})


def pieces(timeline: Timeline) -> tuple[Piece, ...]:
    """All pieces in film order; together exactly `timeline.frames` frames."""
    return tuple(piece for piece, _ in _walk(timeline))


def pieces_for_scene(timeline: Timeline, number: int) -> tuple[Piece, ...]:
    """What a scene's own step renders: the cards before it, its body (one piece or more), every transition into those;
    the film's last scene also what follows it. Over all scenes each piece comes once. KeyError: no such scene."""
    timeline.scene(number)
    return tuple(piece for piece, owner in _walk(timeline) if owner == number)


def render_piece(
    piece: Piece,
    out: Path,
    *,
    progress: Callable[[int], None] | None = None,
    stopping: Callable[[], bool] | None = None,
    planes: Path | None = None,
) -> None:
    """Encode a piece into `out` (.mp4, video only), by way of a .part. `progress(frames done)`, `stopping() -> bool`.

    `planes`: folder of working planes shared by pieces and workers (beside `out` by default). Raises Stopped when
    stopping says so, BadMaterial (naming the scene) when a picture or clip can't be read.
    """
    render(piece, out, progress=progress, stopping=stopping, planes=planes)


def _walk(timeline: Timeline) -> Iterator[tuple[Piece, int]]:
    """Every piece with the number of the scene whose step makes it."""
    items = timeline.video.items
    owners = _owners(timeline.video.clips)
    clip_at = 0
    for i, item in enumerate(items):
        if isinstance(item, Transition):
            before, after = items[i - 1], items[i + 1]
            assert isinstance(before, Clip) and isinstance(after, Clip)
            yield _transition(timeline, item, before, after), owners[clip_at]
        elif isinstance(item, Clip):
            lead = _offset(items[i - 1], "out") if i else 0
            tail = _offset(items[i + 1], "in") if i + 1 < len(items) else 0
            for piece in _bodies(timeline, item, lead, tail):
                yield piece, owners[clip_at]
            clip_at += 1


def _offset(item: object, side: str) -> int:
    if not isinstance(item, Transition):
        return 0
    return item.out_offset if side == "out" else item.in_offset


def _owners(clips: tuple[Clip, ...]) -> list[int]:
    """For each clip the scene that owns it: a card belongs to the scene it opens, closing cards to the last one."""
    owners: list[int] = []
    following = [clip.number for clip in clips if clip.number is not None][-1]
    for clip in reversed(clips):
        if clip.number is not None:
            following = clip.number
        owners.append(following)
    return owners[::-1]


def _shot(timeline: Timeline, clip: Clip) -> Shot:
    return Shot.of(clip, BORDER // 2 if timeline.look.transition != "cut" else 0)


def _common(timeline: Timeline) -> dict:
    look = timeline.look
    return {
        "size": timeline.size, "watermark": look.watermark, "language": look.language, "effort": look.effort,
    }  # fmt: skip


def _bodies(timeline: Timeline, clip: Clip, lead: int, tail: int) -> Iterator[Piece]:
    """A clip between its transitions, in equal parts no longer than an encoder's own distance between key frames."""
    first, last = lead, clip.range.duration - tail
    count = -(-(last - first) // CHUNK)
    for i in range(count):
        start, end = first + (last - first) * i // count, first + (last - first) * (i + 1) // count
        yield _body(timeline, clip, start, end)


def _body(timeline: Timeline, clip: Clip, start: int, end: int) -> Piece:
    shot = _shot(timeline, clip)
    if clip.part is None:
        return Piece("card", None, end - start, shots=(shot,), start=(start,), **_common(timeline))
    return Piece(
        "body", clip.part.number, end - start, shots=(shot,), start=(start,),
        captions=_captions(timeline, clip.part, clip.range.duration, start, end), style=timeline.look.caption_style,
        heading=clip.part.heading if start < lower_third.LAST else "", **_common(timeline),
    )  # fmt: skip


def _transition(timeline: Timeline, item: Transition, before: Clip, after: Clip) -> Piece:
    scene = after.number if after.number is not None else before.number
    start = (before.range.duration - item.in_offset, -item.in_offset)
    shots = (_shot(timeline, before), _shot(timeline, after))
    return Piece("transition", scene, item.frames, shots=shots, start=start, transition=item.name, **_common(timeline))


def _captions(timeline: Timeline, part: ScenePart, frames: int, start: int, end: int) -> tuple[State, ...]:
    """States seen between local frames `start` and `end`, in the piece's own frames."""
    if timeline.look.captions != "burned":
        return ()
    rules = rules_for(timeline.look.width, timeline.look.height)
    found = states(scene_cues(part, frames, rules), timeline.look.caption_style)
    return tuple(
        State(max(state.start, start) - start, min(state.end, end) - start, state.words, state.said)
        for state in found
        if state.start < end and state.end > start
    )
