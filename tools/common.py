"""Where things lie, and how the bootstrap speaks."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("LITINK_VAR") or ROOT / "var").absolute()


class Trouble(Exception):
    """Something a person has to mend; its text says what."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fingerprint(*names: str) -> str:
    """Hash of the contents of files under ROOT."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()
