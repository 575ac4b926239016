"""What the renderer is handed: plain data, no Django, no domain.

Clock: 30 frames and 48,000 samples a second, so a frame is 1,600 samples exactly. All times are integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FPS = 30
RATE = 48_000
SAMPLES_PER_FRAME = RATE // FPS


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word in the author's spelling (punctuation attached), in samples at RATE from its scene's voice's start."""

    text: str
    start: int
    end: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ScenePart:
    """One scene's material. `samples`: length of the voice file at RATE; hashes are sha256 of the files' bytes.

    `chapter`: title of the chapter that begins with this scene, else "". `clip`: a moving clip that takes the
    picture's place (normalised by the renderer). `faces`: boxes x, y, w, h and `focus` x, y in 0..1 of the picture.
    """

    number: int
    picture: Path
    picture_hash: str
    voice: Path
    voice_hash: str
    samples: int
    words: tuple[SpokenWord, ...]
    chapter: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    faces: tuple[tuple[float, float, float, float], ...] = ()
    mood: str = ""
    clip: Path | None = None
    clip_hash: str = ""
    heading: str = ""  # lower third, when asked
    turn: int = 0  # how often another move of the camera was asked for


@dataclass(frozen=True, slots=True)
class FilmLook:
    """What the whole film has in common. `captions`: burned, files. `caption_style`: see rendering/captions."""

    width: int = 1920
    height: int = 1080
    title: str = ""
    author: str = ""
    language: str = "en"
    captions: str = "burned"
    caption_style: str = "karaoke"
    transition: str = "dissolve"
    watermark: str = ""
    music: str = ""  # "" none, else a mood: calm, wonder, adventure, sad, tense, joyful
    cards: bool = True
    credit: str = ""  # a line on the end card
    effort: str = "film"  # film, draft (half size, ultrafast)


SIZES = {  # short side in pixels by resolution
    "360p": 360, "480p": 480, "720p": 720, "1080p": 1080, "1440p": 1440, "2160p": 2160,
}  # fmt: skip
ASPECTS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)}


def frame_size(aspect: str, resolution: str) -> tuple[int, int]:
    """Width and height in even pixels: the short side is the resolution's."""
    across, down = ASPECTS[aspect]
    short = SIZES[resolution]
    long = round(short * max(across, down) / min(across, down) / 2) * 2
    return (long, short) if across > down else (short, long) if down > across else (short, short)
