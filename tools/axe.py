"""The accessibility checker of the browser tests, taken out of its tarball."""

from __future__ import annotations

import tarfile
from pathlib import Path


def install(tarball: Path, into: Path) -> Path:
    """Put axe.min.js into `into`; its path."""
    into.mkdir(parents=True, exist_ok=True)
    target = into / "axe.min.js"
    with tarfile.open(tarball) as archive:
        source = archive.extractfile("package/axe.min.js")
        if source is None:
            raise FileNotFoundError("the tarball has no axe.min.js")
        target.write_bytes(source.read())
    return target
