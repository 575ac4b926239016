"""Make the environment, once: `python -m tools.setup [dev] [--retry]`. Quick when nothing changed.

Levels: "base" is what runs, "dev" what tests and lints besides. `--retry` tries the missing parts again.
"""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.common import ROOT, VAR, VENV, Trouble, fingerprint, say

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIREMENTS = {"base": "requirements.txt", "dev": "requirements-dev.txt"}


def stamp(level: str) -> Path:
    """Lies in the environment, so that it goes when the environment goes."""
    return VENV / f"litink-{level}.stamp"


def is_installed(level: str) -> bool:
    try:
        return stamp(level).read_text() == fingerprint(REQUIREMENTS[level])
    except FileNotFoundError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Two `make` at once: the second waits, then finds the work done."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(level: str) -> None:
    from tools import environment

    if is_installed(level):
        return
    environment.create()
    say(f"Installing {REQUIREMENTS[level]} (only what is not there yet)")
    environment.install(REQUIREMENTS[level])
    stamp(level).write_text(fingerprint(REQUIREMENTS[level]))


def main(arguments: list[str]) -> int:
    from tools import parts

    levels = [level for level in REQUIREMENTS if level == "base" or level in arguments]
    retry = "--retry" in arguments
    if all(map(is_installed, levels)) and parts.are_settled(levels) and not retry:
        return 0
    try:
        with alone():
            for level in levels:
                install(level)
            if retry or not parts.are_settled(levels):
                parts.settle(levels)
    except Trouble as trouble:
        say(str(trouble))
        return 2
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
