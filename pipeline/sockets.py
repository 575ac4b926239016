"""WebSocket addresses."""

from __future__ import annotations

sockets: list = []
