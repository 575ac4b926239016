"""The process that holds one model: one request at a time; it ends when idle, told to, grown too large or broken."""

from __future__ import annotations

import os
import socket
import time
import traceback
from pathlib import Path
from typing import Any

from pipeline.providers.local.host.client import Slot, hold
from pipeline.providers.local.host.framing import receive, send
from pipeline.providers.local.host.registry import Model, load, spec_of

IDLE = 120.0  # seconds without a request before the process ends
PATIENCE = 30.0  # seconds a client may take to say what it wants


class Missing(Exception):
    """A part of the model is not installed; a factory raises it with what to install."""


class Server:
    def __init__(self, slot: Slot, listener: socket.socket) -> None:
        self.slot, self.listener = slot, listener
        self.model: Model | None = None
        self.requests, self.busy, self.load_seconds = 0, 0.0, 0.0
        self.ending = False
        listener.settimeout(float(os.environ.get("LITINK_HOST_IDLE") or IDLE))

    def run(self) -> None:
        """Serve until the end. The socket is removed while its slot is held, so nobody can be on the way to it."""
        trouble = self._load()
        while not self.ending:
            try:
                wire, _ = self.listener.accept()
            except TimeoutError:
                self._end_if_alone()
                continue
            with wire:
                self._serve(wire, trouble)

    def _load(self) -> dict[str, str]:
        start = time.monotonic()
        try:
            self.model = load(self.slot.model)
        except (Missing, ModuleNotFoundError, FileNotFoundError) as error:
            return {"missing": str(error)}
        except Exception as error:
            traceback.print_exc()
            return {"fault": f"did not load: {error!r}"}
        self.load_seconds = round(time.monotonic() - start, 3)
        return {}

    def _serve(self, wire: socket.socket, trouble: dict[str, str]) -> None:
        """Answer one connection. Who asks holds the slot, so a process that ends may remove its socket first."""
        wire.settimeout(PATIENCE)
        try:
            head, blob = receive(wire)
            answer, data = self._answer(head, blob, trouble)
            self.ending = bool(trouble) or "stop" in head or memory_mb() > spec_of(self.slot.model).memory_mb
            if self.ending:
                self._close()
            send(wire, answer, data)
        except (ConnectionError, TimeoutError, ValueError):
            traceback.print_exc()

    def _answer(self, head: dict[str, Any], blob: bytes, trouble: dict[str, str]) -> tuple[dict[str, Any], bytes]:
        if "ask" not in head:
            return self._status(), b""
        if self.model is None:
            return trouble, b""
        start = time.monotonic()
        try:
            return self.model(head["ask"], blob)
        except Missing as error:
            return {"missing": str(error)}, b""
        except Exception as error:  # one bad request must not cost the warm model
            traceback.print_exc()
            return {"fault": f"{type(error).__name__}: {error}"}, b""
        finally:
            self.requests += 1
            self.busy += time.monotonic() - start

    def _status(self) -> dict[str, Any]:
        return {
            "model": self.slot.model, "slot": self.slot.number, "pid": os.getpid(), "busy": False,
            "rss_mb": memory_mb(), "requests": self.requests, "busy_seconds": round(self.busy, 3),
            "cpu_seconds": round(time.process_time(), 3),
            "load_seconds": self.load_seconds,
        }  # fmt: skip

    def _end_if_alone(self) -> None:
        held = hold(self.slot.lock)
        if held is not None:
            self.ending = True
            self._close()
            os.close(held)

    def _close(self) -> None:
        self.slot.socket.unlink(missing_ok=True)
        self.listener.close()


def memory_mb() -> int:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20
