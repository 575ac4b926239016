"""What can go wrong while rendering."""

from __future__ import annotations


class RenderError(Exception):
    """A render failed; `scene` is the number of the scene at fault, when one is."""

    def __init__(self, message: str, scene: int | None = None) -> None:
        super().__init__(f"scene {scene}: {message}" if scene is not None else message)
        self.scene = scene


class BadMaterial(RenderError):
    """A picture, clip or sound is missing or can't be decoded: trying again won't help."""


class Stopped(RenderError):
    """`stopping()` said so; nothing is left behind."""
