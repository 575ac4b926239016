"""What the rooms above add to a workspace: `accounts` knows none of them, they register here when they start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from accounts.models import Workspace

Part = tuple[str, "bytes | IO[bytes]"]  # a path in the archive and its content


def _nothing(workspace: Workspace) -> Iterable[Part]:
    return ()


@dataclass(frozen=True, slots=True)
class Room:
    """`export` gives what belongs to a workspace; `wipe` deletes it for good, files too."""

    name: str
    wipe: Callable[[Workspace], None]
    export: Callable[[Workspace], Iterable[Part]] = _nothing
    seats: Callable[[Workspace], int | None] | None = None


ROOMS: dict[str, Room] = {}


def register(room: Room) -> None:
    ROOMS[room.name] = room


def wipe(workspace: Workspace) -> None:
    """The last registered first: films before books."""
    for room in reversed(list(ROOMS.values())):
        room.wipe(workspace)


def export(workspace: Workspace) -> Iterable[Part]:
    for room in ROOMS.values():
        yield from room.export(workspace)


def seats(workspace: Workspace) -> int | None:
    """How many members its plan allows; None is no limit."""
    answers = [room.seats(workspace) for room in ROOMS.values() if room.seats]
    return min((n for n in answers if n is not None), default=None)
