"""What goes over the socket: eight bytes of two lengths, a JSON object, then bytes. Never pickle."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LENGTHS = struct.Struct(">II")
LARGEST = 1 << 30  # bytes of one part; a longer one is a broken peer


def send(wire: socket.socket, head: dict[str, Any], blob: bytes = b"") -> None:
    """Write one message. Raises ConnectionError when the peer is gone."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    wire.sendall(LENGTHS.pack(len(text), len(blob)) + text)
    if blob:  # nothing after the last byte: the peer may have answered and gone by then
        wire.sendall(blob)


def receive(wire: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Read one message. Raises ConnectionError when the peer ends before it is whole."""
    head, blob = LENGTHS.unpack(_exactly(wire, LENGTHS.size))
    if max(head, blob) > LARGEST:
        raise ConnectionError(f"message of {max(head, blob)} bytes refused")
    text = _exactly(wire, head)
    return json.loads(text), _exactly(wire, blob)


def _exactly(wire: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = wire.recv(min(count - len(parts), 1 << 20))
        if not part:
            raise ConnectionError("the other side ended")
        parts += part
    return bytes(parts)
