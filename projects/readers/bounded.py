"""Reads an upload in a process of its own, bounded in time, memory and files: a hostile book can hurt only its child."""

from __future__ import annotations

import io
import os
import pickle
import select
import signal
import struct
import subprocess
import time
from pathlib import Path

from projects.children import child
from projects.errors import BadInput
from projects.readers.book import Book
from projects.readers.choose import check_path
from projects.readers.messages import bad

SECONDS = 120  # of wall time; a scan asks for more, page by page
LONGEST = 1800
COMMAND = ("-m", "projects.readers.child")
_HEAD = struct.Struct(">cQ")
_KNOWN = {
    ("projects.readers.book", name) for name in ("Book", "BookChapter", "Paragraph", "Picture", "Role", "Kind")
}  # fmt: skip


class _OnlyBooks(pickle.Unpickler):
    """Makes nothing but books, so that even a child taken over can hand over nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a book")


def read(path: Path, *, name: str = "", seconds: float = SECONDS) -> Book:
    """The Book, or BadInput; the child never outlives this call."""
    check_path(path)
    with child((*COMMAND, str(path.resolve()), name), threads=2) as process:
        return _answer(process, seconds)


def _answer(process: subprocess.Popen[bytes], seconds: float) -> Book:
    """Waits for the child's frames: more time asked, a book, or what is wrong."""
    started = time.monotonic()
    deadline = started + seconds
    stream = process.stdout
    assert stream is not None
    data = bytearray()
    while True:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise bad("too_slow", seconds=round(time.monotonic() - started))
        chunk = os.read(stream.fileno(), 1 << 20)
        if not chunk:
            raise _death(process, time.monotonic() - started)
        data += chunk
        for kind, payload in _frames(data):
            if kind == b"M":
                deadline = min(max(deadline, time.monotonic() + float(payload)), started + LONGEST)
            elif kind == b"B":
                return _OnlyBooks(io.BytesIO(payload)).load()
            elif kind == b"E":
                id, message, facts = _failure(payload)
                raise BadInput(id, message, **facts)


def _failure(payload: bytes) -> tuple[str, str, dict[str, object]]:
    id, message, facts = _OnlyBooks(io.BytesIO(payload)).load()
    return str(id), str(message), dict(facts)


def _frames(data: bytearray) -> list[tuple[bytes, bytes]]:
    """Takes all whole frames off the front."""
    found = []
    while len(data) >= _HEAD.size:
        kind, length = _HEAD.unpack_from(data)
        if len(data) < _HEAD.size + length:
            break
        found.append((kind, bytes(data[_HEAD.size : _HEAD.size + length])))
        del data[: _HEAD.size + length]
    return found


def _death(process: subprocess.Popen[bytes], seconds: float) -> BadInput:
    """What the end of a child without an answer means."""
    code = process.wait()
    if code == -signal.SIGXCPU:
        return bad("too_slow", seconds=round(seconds))
    if code == -signal.SIGKILL:
        return bad("too_heavy")
    return bad("broken", format="file")


def frame(kind: bytes, payload: bytes) -> bytes:
    return _HEAD.pack(kind, len(payload)) + payload
