"""The film's sound: `mix` places voices, ducks music under them and writes one AAC file at the loudness asked."""

from .mix import Mixed, mix
from .placement import Placement

__all__ = ["Mixed", "Placement", "mix"]
