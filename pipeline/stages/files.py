"""Assets as files of this machine: where they lie, or a copy when the storage is elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.conf import settings

from pipeline.errors import Temporary
from projects.models import Asset


def local_path(asset: Asset) -> Path:
    """A readable path of the asset's bytes. Temporary when they are gone: the step that made them must run again."""
    storage = asset.file.storage
    try:
        path = Path(storage.path(asset.file.name))
    except NotImplementedError:  # not on this machine (S3): copied once, by content
        path = _copied(asset)
    if not path.exists():
        raise Temporary(f"the file of {asset} is missing from the storage")
    return path


def _copied(asset: Asset) -> Path:
    home = Path(settings.WORK_ROOT) / "copies"
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{asset.sha256}{Path(asset.file.name).suffix}"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        with asset.file.open("rb") as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)
        part.rename(path)
    return path
