"""Noises of the story made by rule: rain, sea, birds, bells ... in numpy, without a file, seeded by the wish."""

from .maker import LocalSounds
from .words import KNOWN, chosen

__all__ = ["KNOWN", "LocalSounds", "chosen"]
