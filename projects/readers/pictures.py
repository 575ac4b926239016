"""Pictures that a page names: inside the page (data: addresses) or in files beside it."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from projects.readers.tree import Fetch

LARGEST = 20 << 20
MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
_DATA = re.compile(r"data:(?P<media>image/[\w.+-]+)(?P<how>[^,]*),(?P<data>.*)", re.S | re.I)


def beside(path: Path | None, missing: list[str]) -> Fetch:
    """Gives data: pictures, and those in `path`'s own folder (None: an upload, which has no neighbours).

    Addresses that can't be followed go into `missing`.
    """

    def fetch(place: str) -> tuple[bytes, str] | None:
        match = _DATA.match(place)
        found = _inline(match) if match else _file(path, place) if path else None
        if found is None:
            missing.append(place[:80])
        return found

    return fetch


def _inline(match: re.Match[str]) -> tuple[bytes, str] | None:
    try:
        raw = unquote_to_bytes(match["data"])
        data = base64.b64decode(raw) if "base64" in match["how"].lower() else raw
    except (binascii.Error, ValueError):
        return None
    return (data, match["media"].lower()) if 0 < len(data) <= LARGEST else None


def _file(page: Path, place: str) -> tuple[bytes, str] | None:
    """A file in the page's folder or below it, never outside."""
    media = MEDIA.get(Path(place).suffix.lower())
    if media is None or ":" in place or "\x00" in place:
        return None
    folder = page.resolve().parent
    found = (folder / place).resolve()
    if not found.is_relative_to(folder) or not found.is_file() or found.stat().st_size > LARGEST:
        return None
    return found.read_bytes(), media
