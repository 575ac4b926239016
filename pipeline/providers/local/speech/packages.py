"""Weights that come inside Python packages: found without importing these, joined once, written all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from pipeline.providers.local.host.server import Missing


def data_file(package: str, file: str) -> Path:
    """A file inside an installed package. Raises Missing with the package's name for pip."""
    found = find_spec(package)
    path = Path(found.origin).parent / file if found and found.origin else None
    if not path or not path.exists():
        raise Missing(f"{package} is not installed (pip install {package.replace('_', '-')})")
    return path


def installed(package: str) -> bool:
    return find_spec(package) is not None


def write(target: Path, parts: Iterable[bytes]) -> Path:
    """Write `target` from its parts; a reader never sees half of it, also when two processes write at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    spare = target.with_name(f".{target.name}.{os.getpid()}")
    with spare.open("wb") as out:
        out.writelines(parts)
    spare.replace(target)
    return target
