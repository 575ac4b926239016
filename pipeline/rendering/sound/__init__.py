"""The film's sound: `mix` places voices, ducks music under them and writes one AAC file at the loudness asked."""

from .ambience import Span
from .mix import VERSION, Mixed, mix
from .music import Music, Recording, install_soundfont
from .placement import Placement

__all__ = ["VERSION", "Mixed", "Music", "Placement", "Recording", "Span", "install_soundfont", "mix"]
