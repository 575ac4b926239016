"""Ask a model; its process is started when there is none, and once more when it died while it worked."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.providers.base import ProviderFault
from pipeline.providers.local.host import folders
from pipeline.providers.local.host.framing import receive, send
from pipeline.providers.local.host.registry import fingerprint, slots, spec_of

LOOK_AGAIN = 0.01  # seconds between looks for a free slot
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")  # no keys, no DATABASE_URL


class HostFault(ProviderFault):
    """The model's process failed. A repeat costs nothing, so it is always safe."""


class PartMissing(HostFault):
    """A package or file of the model is not installed; the message names it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One process of one model. `mark` is the fingerprint as the asking process knows it."""

    model: str
    number: int
    mark: str

    @property
    def base(self) -> Path:
        return folders.run_folder() / f"{self.model}-{self.mark}.{self.number}"

    @property
    def socket(self) -> Path:
        return self.base.with_name(self.base.name + ".sock")

    @property
    def lock(self) -> Path:
        return self.base.with_name(self.base.name + ".lock")

    @property
    def log(self) -> Path:
        return self.base.with_name(self.base.name + ".log")


def ask(
    model: str, request: dict[str, Any], blob: bytes = b"", *, timeout: float = 300
) -> tuple[dict[str, Any], bytes]:
    """One request to a free process of `model`; one killed on the way is replaced once. Raises HostFault."""
    with _free_slot(model) as slot:
        try:
            answer, data = _talk(slot, request, blob, timeout)
        except ConnectionError:
            answer, data = _second_talk(slot, request, blob, timeout)
    _raise_if_failed(model, answer)
    return answer, data


def status(model: str) -> list[dict[str, Any]]:
    """What runs now, nothing started: pid, rss_mb, requests, busy, CPU and load seconds of each. Busy ones say so."""
    return [found for slot in _slots(model) if (found := _status_of(slot))]


def stop(model: str = "", *, timeout: float = 60) -> int:
    """End the processes of one model (of all without a name) once they have answered; says how many ended."""
    from pipeline.providers.local.host.registry import MODELS

    names = [model] if model else sorted(MODELS)
    return sum(_stop(slot, timeout) for name in names for slot in _slots(name))


def _slots(model: str) -> list[Slot]:
    return [Slot(model, number, fingerprint(model)) for number in range(slots(model))]


def _raise_if_failed(model: str, answer: dict[str, Any]) -> None:
    if "missing" in answer:
        raise PartMissing(answer["missing"])
    if "fault" in answer:
        raise HostFault(f"{model}: {answer['fault']}")


@contextmanager
def _free_slot(model: str) -> Iterator[Slot]:
    """Hold the lock of the first free slot; low numbers first, so that idle processes may end."""
    choices = _slots(model)
    while True:
        for slot in choices:
            if held := hold(slot.lock):
                try:
                    yield slot
                finally:
                    os.close(held)
                return
        time.sleep(LOOK_AGAIN)


def hold(path: Path) -> int | None:
    """File descriptor holding the exclusive lock of `path`, or None when another has it. Closing frees it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _talk(slot: Slot, request: dict[str, Any], blob: bytes, timeout: float) -> tuple[dict[str, Any], bytes]:
    with _connected(slot) as wire:
        wire.settimeout(timeout)
        try:
            send(wire, {"ask": request}, blob)
            return receive(wire)
        except ConnectionError:
            _kill(wire)  # it may still be dying, and take one more call on its old socket
            slot.socket.unlink(missing_ok=True)
            raise
        except TimeoutError:
            _kill(wire)
            slot.socket.unlink(missing_ok=True)
            raise HostFault(f"{slot.model} gave no answer within {timeout:g} s and was ended") from None


def _second_talk(slot: Slot, request: dict[str, Any], blob: bytes, timeout: float) -> tuple[dict[str, Any], bytes]:
    try:
        return _talk(slot, request, blob, timeout)
    except ConnectionError as error:
        raise HostFault(f"{slot.model} ended twice while it worked: {error}; {_last_words(slot)}") from error


def _connected(slot: Slot) -> socket.socket:
    wire = _dial(slot)
    if wire is None:
        _start(slot)
        wire = _dial(slot)
    if wire is None:
        raise HostFault(f"{slot.model} did not start; {_last_words(slot)}")
    return wire


def _dial(slot: Slot) -> socket.socket | None:
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        wire.connect(str(slot.socket))
    except (FileNotFoundError, ConnectionRefusedError):
        wire.close()
        return None
    return wire


def _start(slot: Slot) -> None:
    """Start the process and wait until it listens (it loads its model after that). The caller holds the slot."""
    slot.socket.unlink(missing_ok=True)
    threads = str(spec_of(slot.model).threads)
    kept = {key: value for key, value in os.environ.items() if key in KEPT or key.startswith("LITINK_")}
    quiet = {"XDG_RUNTIME_DIR": str(folders.run_folder()), "XDG_CACHE_HOME": str(folders.var() / "cache")}
    fixed = {"OMP_NUM_THREADS": threads, "HF_HUB_OFFLINE": "1", "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pipeline.providers.local.host", slot.model, str(slot.number), slot.mark]
    with slot.log.open("wb") as log:
        subprocess.run(
            command,
            cwd=folders.ROOT,
            env=kept | quiet | fixed,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )


def _kill(wire: socket.socket) -> None:
    """End the process at the other end of the wire, which hangs or dies."""
    size = struct.calcsize("3i")
    pid, _, _ = struct.unpack("3i", wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _last_words(slot: Slot) -> str:
    lines = slot.log.read_text(errors="replace").strip().splitlines() if slot.log.exists() else []
    return f"its last line: {lines[-1][:300]}" if lines else "it left no message"


def _status_of(slot: Slot) -> dict[str, Any] | None:
    held = hold(slot.lock)
    if held is None:
        return {"model": slot.model, "slot": slot.number, "busy": True}
    try:
        return _tell(slot, "status", 60)
    finally:
        os.close(held)


def _tell(slot: Slot, word: str, timeout: float) -> dict[str, Any] | None:
    wire = _dial(slot)
    if wire is None:
        return None
    with wire:
        wire.settimeout(timeout)
        try:
            send(wire, {word: True})
            return receive(wire)[0]
        except (ConnectionError, TimeoutError):
            return None


def _stop(slot: Slot, timeout: float) -> bool:
    until = time.monotonic() + timeout
    while (held := hold(slot.lock)) is None:
        if time.monotonic() > until:
            return False
        time.sleep(LOOK_AGAIN)
    try:
        return _tell(slot, "stop", timeout) is not None
    finally:
        os.close(held)
