"""Where things of this machine lie: models, sockets. Named by environment, so that no Django is needed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
LONGEST_SOCKET = 107  # bytes of sun_path on Linux, without its zero
ROOM_FOR_NAME = 40  # "/" and the longest socket name


def var() -> Path:
    """The folder of everything that can be made again: LITINK_VAR, or `var/` next to manage.py."""
    return Path(os.environ.get("LITINK_VAR") or ROOT / "var").absolute()


def model_cache() -> Path:
    """Where models joined from packages are written."""
    folder = var() / "models"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def find_model(name: str) -> Path | None:
    """A model file or folder by name: LITINK_MODELS_DIR (the vendor's own download) goes before `var/models`."""
    own = os.environ.get("LITINK_MODELS_DIR")
    folders = ([Path(own)] if own else []) + [var() / "models"]
    return next((folder / name for folder in folders if (folder / name).exists()), None)


def run_folder() -> Path:
    """Private folder of sockets, locks and logs; a short one under the temporary folder when `var` is too deep."""
    folder = var() / "run"
    if len(os.fsencode(folder)) + ROOM_FOR_NAME > LONGEST_SOCKET:
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"litink-{os.getuid()}-{digest}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; set LITINK_VAR to a folder of your own")
    folder.chmod(0o700)
    return folder
