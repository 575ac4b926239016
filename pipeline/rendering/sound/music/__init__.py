"""Music composed by rule for a mood and a length, played by sampled instruments, kept under its recipe."""

from .bed import Bed, Music, bed_for
from .soundfont import LICENCE, MusicMissing, install_soundfont, installed

__all__ = ["LICENCE", "Bed", "Music", "MusicMissing", "bed_for", "install_soundfont", "installed"]
