"""The film's sound: `mix` places voices, ducks music under them and writes one AAC file at the loudness asked."""

from .mix import VERSION, Mixed, mix
from .music import Music, install_soundfont
from .placement import Placement

__all__ = ["VERSION", "Mixed", "Music", "Placement", "install_soundfont", "mix"]
