"""The local illustrator: pictures drawn by code from line drawings, people and places. See docs/pictures.md."""

from .illustrator import LocalIllustrator, styles

__all__ = ["LocalIllustrator", "styles"]
