"""Python processes of their own for what comes from outside: without keys and passwords, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV", "LITINK_FFMPEG")


@contextmanager
def child(arguments: Sequence[str], *, threads: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """`python ARGUMENTS` with its answer on a pipe; it and what it started end with the block."""
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=_environment(threads), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def _environment(threads: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    of_numbers = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    return kept | of_numbers | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
