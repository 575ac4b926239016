"""What one camera sees: a still, a moving clip or a card, and how the camera moves over it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from .timeline import Card, Clip


@dataclass(frozen=True, slots=True)
class Shot:
    """`frames` is the clip's length; it is also seen `overlap` frames before and after. `facts` enter the recipe."""

    frames: int
    overlap: int
    move: str
    picture: Path | None = None
    picture_hash: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    faces: tuple[tuple[float, float, float, float], ...] = ()
    clip: Path | None = None
    clip_hash: str = ""
    card: Card | None = None
    scene: int | None = None

    @classmethod
    def of(cls, clip: Clip, overlap: int) -> Shot:
        """The shot of a timeline's clip."""
        part = clip.part
        if part is None:
            return cls(clip.range.duration, overlap, clip.move, card=clip.card)
        return cls(
            clip.range.duration, overlap, clip.move, part.picture, part.picture_hash, part.focus, part.faces,
            part.clip, part.clip_hash, scene=part.number,
        )  # fmt: skip

    @property
    def facts(self) -> dict[str, object]:
        """Everything its pixels depend on: no path, no number, no place in the film."""
        if self.clip:
            return {"clip": self.clip_hash, "frames": self.frames, "overlap": self.overlap}
        seen: object = asdict(self.card) if self.card else self.picture_hash
        return {
            "seen": seen, "move": self.move, "focus": self.focus, "faces": self.faces, "frames": self.frames,
            "overlap": self.overlap,
        }  # fmt: skip
