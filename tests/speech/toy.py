"""A model without weights, for the tests of the host: does what it is told, also dying."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from pipeline.providers.local.host.server import Missing


class Toy:
    def __init__(self) -> None:
        self.held = bytearray()

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        return getattr(self, request["do"])(request), blob[::-1]

    def tell(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"pid": os.getpid(), "said": request.get("said"), "environment": sorted(os.environ)}

    def sleep(self, request: dict[str, Any]) -> dict[str, Any]:
        time.sleep(request["seconds"])
        return self.tell(request)

    def fail(self, request: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("asked to fail")

    def die(self, request: dict[str, Any]) -> dict[str, Any]:
        """Killed while it works, as often as `times` says."""
        deaths = Path(request["deaths"])
        done = len(deaths.read_text()) if deaths.exists() else 0
        if done < request["times"]:
            deaths.write_text("x" * (done + 1))
            print("last words", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return self.tell(request)

    def grow(self, request: dict[str, Any]) -> dict[str, Any]:
        self.held = bytearray(b"x" * (request["mb"] << 20))
        return self.tell(request)


def lacking() -> Toy:
    raise Missing("toys are not installed (pip install toys)")
