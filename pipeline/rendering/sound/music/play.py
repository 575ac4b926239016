"""Notes into sound: the instruments of a soundfont, in a room, block after block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from ...parts import RATE
from ..types import Floats
from .reverb import Room
from .score import Piece

BLOCK = 3 * RATE  # with the hall it just fits a power of two
GAIN_DB = 6.0
# How loud (MIDI 7) and where (MIDI 10) each part sits.
DESK = {"tune": (92, 58), "second": (84, 74), "pad": (76, 64), "figure": (80, 46), "bass": (84, 66), "drum": (70, 70)}
CHANNELS = {part: channel for channel, part in enumerate(DESK)}
LATENESS = RATE // 125  # 8 ms: nobody plays exactly together


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    at: int
    on: bool  # offs sort before ons
    piece: int
    channel: int
    key: int
    velocity: int


def play(pieces: Sequence[Piece], samples: int, soundfont: Path) -> Iterator[Floats]:
    """Blocks of shape (2, n), together `samples` long."""
    import tinysoundfont

    synth = tinysoundfont.Synth(gain=GAIN_DB, samplerate=RATE)
    font = synth.sfload(str(soundfont))
    room, events, playing, at = Room(), iter(_events(pieces)), -1, 0
    event = next(events, None)
    try:
        for start in range(0, samples, BLOCK):
            end, parts = min(start + BLOCK, samples), []
            while event is not None and event.at < end:
                parts.append(_sound(synth, event.at - at))
                at = event.at
                if event.piece != playing:
                    playing = event.piece
                    _seat(synth, font, pieces[playing].programs)
                if event.on:
                    synth.noteon(event.channel, event.key, event.velocity)
                else:
                    synth.noteoff(event.channel, event.key)
                event = next(events, None)
            parts.append(_sound(synth, end - at))
            at = end
            yield room.add(np.concatenate(parts, axis=1))
    finally:
        synth.sfunload(font)


def _seat(synth: object, font: int, programs: dict[str, int]) -> None:
    """Give each part its instrument, loudness and place."""
    for part, channel in CHANNELS.items():
        volume, pan = DESK[part]
        synth.program_select(channel, font, 0, programs[part])  # type: ignore[attr-defined]
        synth.control_change(channel, 7, volume)  # type: ignore[attr-defined]
        synth.control_change(channel, 10, pan)  # type: ignore[attr-defined]


def _sound(synth: object, count: int) -> Floats:
    if count <= 0:
        return np.zeros((2, 0), np.float32)
    data = np.frombuffer(synth.generate_simple(count), np.float32)  # type: ignore[attr-defined]
    return data.reshape(-1, 2).T.copy()


def _events(pieces: Sequence[Piece]) -> list[_Event]:
    """Ons and offs in order; a note that is struck again is let go first, and all of a piece before the next."""
    found: list[_Event] = []
    random = Random(7)
    for number, piece in enumerate(pieces):
        ends: dict[tuple[int, int], int] = {}
        last = pieces[number + 1].start if number + 1 < len(pieces) else None
        for note in sorted(piece.notes, reverse=True):
            channel = CHANNELS[note.part]
            start = piece.start + note.start * piece.tick + random.randrange(LATENESS)
            end = piece.start + (note.start + note.length) * piece.tick
            end = min(end, ends.get((channel, note.key), end), end if last is None else last)
            ends[(channel, note.key)] = start
            if end > start:
                found.append(_Event(start, True, number, channel, note.key, note.velocity))
                found.append(_Event(end, False, number, channel, note.key, 0))
    return sorted(found)
