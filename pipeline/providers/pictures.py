"""Vendors' pictures made ours: decoded to be sure of them, and brought to the size that was asked for."""

from __future__ import annotations

import io

from PIL import Image

from pipeline.providers import sniff
from pipeline.providers.base import ProviderFault, ProviderRefusal

MOST_PIXELS = 50_000_000
QUALITY = 95
Size = tuple[int, int]


def fitted(data: bytes, media_type: str, size: Size) -> tuple[bytes, str, Size]:
    """The picture in `size` (the middle of it where the shape differs), its media type and size; (0, 0) leaves it as it is.

    One that can't be decoded to its last line is the vendor's fault, and was paid.
    """
    try:
        with Image.open(io.BytesIO(data)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            picture = found.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ProviderFault(f"the vendor's picture can't be decoded: {type(error).__name__}", safe=False, kind="garbage") from None  # fmt: skip
    if size in ((0, 0), picture.size):
        return data, media_type, picture.size
    form = "PNG" if media_type == "image/png" else "JPEG"
    return _encoded(_covering(picture, size), form), f"image/{form.lower()}", size


def below(data: bytes, most: int) -> tuple[bytes, str]:
    """The picture in at most `most` bytes, and its media type. Raises ProviderRefusal for what is no picture."""
    kind = sniff.media_type(data[: sniff.NEEDED])
    if kind in ("image/png", "image/jpeg") and len(data) <= most:
        return data, kind
    try:
        with Image.open(io.BytesIO(data)) as found:
            picture = found.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ProviderRefusal("that is no picture") from None
    while len(smaller := _encoded(picture, "JPEG")) > most:
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
    return smaller, "image/jpeg"


def _covering(picture: Image.Image, size: Size) -> Image.Image:
    """The largest middle part of that shape, resampled."""
    scale = max(size[0] / picture.width, size[1] / picture.height)
    across, down = size[0] / scale, size[1] / scale
    left, top = (picture.width - across) / 2, (picture.height - down) / 2
    return picture.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + across, top + down))


def _encoded(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **({"quality": QUALITY} if form == "JPEG" else {"compress_level": 4}))
    return out.getvalue()
