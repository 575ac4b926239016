"""What a provider answered, kept on disk from the moment it came until its asset is saved.

A process killed in between finds the answer again and does not ask, nor pay, twice.
"""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings


def folder(digest: str) -> Path:
    return Path(settings.WORK_ROOT) / "answers" / digest


def put(digest: str, call: str, result: Any) -> None:
    """Write an answer whole or not at all."""
    home = folder(digest)
    home.mkdir(parents=True, exist_ok=True)
    part = home / f"{call}.{os.getpid()}.part"
    with part.open("wb") as stream:
        pickle.dump(result, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.rename(home / call)


def get(digest: str, call: str) -> Any | None:
    """The answer, or None. Pickle: the folder is ours alone, and holds only our own dataclasses."""
    path = folder(digest) / call
    return pickle.loads(path.read_bytes()) if path.exists() else None  # noqa: S301


def forget(digest: str) -> None:
    shutil.rmtree(folder(digest), ignore_errors=True)
