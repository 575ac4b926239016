"""Pictures made small for pages, once, into var/cache."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from PIL import Image

from projects.models import Asset

WIDTHS = (96, 320, 640, 1280)
QUALITY = 82


def thumbnail(asset: Asset, wanted: int) -> Path | None:
    """A WebP of at most the next known width; None when the asset is no readable picture."""
    width = next((w for w in WIDTHS if w >= wanted), WIDTHS[-1])
    path = Path(settings.CACHE_ROOT) / "thumbnails" / asset.sha256[:2] / f"{asset.sha256}-{width}.webp"
    if not path.exists() and not _make(asset, width, path):
        return None
    return path


def _make(asset: Asset, width: int, path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with asset.file.open("rb") as stream, Image.open(stream) as picture:
            picture.draft("RGB", (width * 2, width * 2))
            small = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
            small.thumbnail((width, width * 4))
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".webp", delete=False) as part:
                small.save(part, "WEBP", quality=QUALITY)
    except (OSError, ValueError):
        return False
    os.replace(part.name, path)
    return True
