"""What may be brought for a scene, and what is said when it may not. Plain data: the child reads it, too."""

from __future__ import annotations

from typing import Final

PICTURE, RECORDING, CLIP = "picture", "recording", "clip"
KINDS: Final = {"image_generation": PICTURE, "audio_generation": RECORDING, "video_generation": CLIP}
TYPES: Final = {
    PICTURE: ("image/png", "image/jpeg", "image/webp", "image/gif"),
    RECORDING: ("audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "video/webm", "video/mp4"),
    CLIP: ("video/mp4", "video/webm", "video/x-msvideo"),
}  # fmt: skip
ACCEPT: Final = {
    PICTURE: "image/png,image/jpeg,image/webp,image/gif",
    RECORDING: "audio/*,.wav,.mp3,.m4a,.ogg,.flac",
    CLIP: "video/mp4,video/webm,.mp4,.mov,.webm,.mkv,.avi",
}
DEMUXER: Final = {  # read as what its first bytes are, never as what it says it is: no playlists, no lists of files
    "audio/wav": "wav", "audio/mpeg": "mp3", "audio/mp4": "mov", "audio/aac": "aac", "audio/ogg": "ogg",
    "audio/flac": "flac", "video/webm": "matroska", "video/mp4": "mov", "video/x-msvideo": "avi",
}  # fmt: skip
PIXELS: Final = 60_000_000  # of a picture; a clip's frame may have CLIP_PIXELS
CLIP_PIXELS: Final = 3840 * 2160
SMALLEST: Final = 240  # pixels of the shorter side
WIDEST: Final = 4608  # pixels a picture is kept at; the largest film needs no more
SHORTEST: Final = 0.5  # seconds
LONGEST: Final = {RECORDING: 600.0, CLIP: 90.0}  # seconds
RATE: Final = 48_000  # a recording's samples a second, as kept
SECONDS: Final = {PICTURE: 40.0, RECORDING: 90.0, CLIP: 240.0}  # of wall time for the child
MEMORY: Final = 2 << 30  # bytes of address space of the child and of what it starts
FILE: Final = 600 << 20  # bytes of the largest file it may write
