"""The film's sound: `mix` places voices, ducks music under them and writes one AAC file at the loudness asked."""

from .mix import Mixed, mix
from .music import Music, install_soundfont
from .placement import Placement

__all__ = ["Mixed", "Music", "Placement", "install_soundfont", "mix"]
