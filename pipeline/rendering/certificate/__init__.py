"""The measured quality of a finished film: `measure` gives a `Certificate` of gates, each with its goal and value."""

from .coverage import Coverage
from .gate import Certificate, Gate
from .measure import measure

__all__ = ["Certificate", "Coverage", "Gate", "measure"]
