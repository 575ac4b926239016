"""How much a reader may use, and how it asks for more time while it makes progress."""

from __future__ import annotations

import ctypes
import resource
import signal
from collections.abc import Callable

MEMORY = 1536 << 20  # of address space; libraries map far more than they use
OCR_MEMORY = 6 << 30
CPU_SECONDS = 150
OCR_CPU_SECONDS = 3600

_ask: list[Callable[[float], None]] = []


def bind(ask: Callable[[float], None]) -> None:
    """In the child: limits for itself, and the way to ask its parent for time."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, OCR_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, OCR_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _die_with_parent()
    _ask.append(ask)


def _die_with_parent() -> None:
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(1, signal.SIGKILL, 0, 0, 0)


def heavy() -> None:
    """Before character recognition: its own limits (nothing when there are none)."""
    if _ask:
        resource.setrlimit(resource.RLIMIT_AS, (OCR_MEMORY, OCR_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (OCR_CPU_SECONDS, OCR_CPU_SECONDS))


def more(seconds: float) -> None:
    """Progress was made: give me `seconds` from now."""
    for ask in _ask:
        ask(seconds)
