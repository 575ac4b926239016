"""What a composer writes and a player reads."""

from __future__ import annotations

from dataclasses import dataclass

TICKS = 24  # a beat


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Ticks of its piece; `key` 60 is middle C; `velocity` 1..127; `part` names an instrument."""

    start: int
    length: int
    key: int
    velocity: int
    part: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Notes at a tempo, from film sample `start` on; `programs` gives each part its General MIDI instrument."""

    start: int
    tick: int  # samples a tick
    notes: tuple[Note, ...]
    programs: dict[str, int]
