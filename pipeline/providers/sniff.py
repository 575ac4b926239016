"""What bytes are, told by their first ones."""

from __future__ import annotations

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
NEEDED = 16  # bytes


def media_type(start: bytes) -> str:
    """The media type of content from its first bytes; "" when it is none we know."""
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if start[:4] == b"RIFF":
        return _RIFF.get(start[8:12], "")
    if start[4:8] == b"ftyp":
        return _of_brand(start[8:12])
    return _of_frame(start)


def _of_brand(brand: bytes) -> str:
    """ISO media: the major brand tells sound, still picture and film apart."""
    if brand in (b"M4A ", b"M4B "):
        return "audio/mp4"
    return "image/avif" if brand in (b"avif", b"avis") else "image/heic" if brand == b"heic" else "video/mp4"


def _of_frame(start: bytes) -> str:
    """MPEG audio without a tag begins with a frame: eleven set bits, then no reserved layer, rate or frequency."""
    if len(start) < 3 or start[0] != 0xFF or start[1] & 0xE0 != 0xE0:
        return ""
    layer, bitrate, frequency = start[1] >> 1 & 3, start[2] >> 4, start[2] >> 2 & 3
    if layer == 0:
        return "audio/aac" if start[1] & 0xF0 == 0xF0 else ""
    return "audio/mpeg" if bitrate != 15 and frequency != 3 else ""
