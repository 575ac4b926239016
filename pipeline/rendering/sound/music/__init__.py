"""Music composed by rule for a mood and a length, played by sampled instruments, kept under its recipe."""

from .bed import Bed, Music, bed_for
from .recorded import Recording, bed_of
from .soundfont import LICENCE, MusicMissing, install_soundfont, installed

__all__ = [
    "LICENCE",
    "Bed",
    "Music",
    "MusicMissing",
    "Recording",
    "bed_for",
    "bed_of",
    "install_soundfont",
    "installed",
]
