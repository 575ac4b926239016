"""The edit list: pure data named as in OpenTimelineIO. Positions are whole frames or whole samples, never seconds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .parts import FPS, SAMPLES_PER_FRAME, FilmLook, ScenePart


@dataclass(frozen=True, slots=True)
class TimeRange:
    """`duration` units from unit `start`; `rate` units a second (exact)."""

    start: int
    duration: int
    rate: Fraction = Fraction(FPS)

    @property
    def end(self) -> int:
        """The first unit after the range."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Card:
    """A page of type: `kind` names a file of rendering/cards; the lines are what it may show."""

    kind: str
    title: str
    author: str = ""
    credit: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Clip:
    """A scene's picture or voice, or a card. `range` is in the clip's own time: video in frames, voice in samples."""

    name: str
    range: TimeRange
    part: ScenePart | None = None
    card: Card | None = None
    move: str = ""

    @property
    def number(self) -> int | None:
        """The scene's number, or None for a card."""
        return self.part.number if self.part else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing for a while: silence between voices."""

    range: TimeRange


@dataclass(frozen=True, slots=True)
class Transition:
    """Stands between two clips; reaches `in_offset` frames back into the first, `out_offset` on into the second."""

    name: str
    in_offset: int
    out_offset: int

    @property
    def frames(self) -> int:
        return self.in_offset + self.out_offset


@dataclass(frozen=True, slots=True)
class Marker:
    """A named place on the film's clock, in frames: a chapter."""

    name: str
    marked: TimeRange


@dataclass(frozen=True, slots=True)
class Track:
    name: str
    kind: str  # Video, Audio
    items: tuple[Clip | Gap | Transition, ...]

    @property
    def clips(self) -> tuple[Clip, ...]:
        return tuple(item for item in self.items if isinstance(item, Clip))


@dataclass(frozen=True, slots=True)
class ScenePlace:
    """Where a scene stands: `start` and `frames` in film frames, `voice_start` in film samples."""

    part: ScenePart
    start: int
    frames: int
    voice_start: int

    @property
    def number(self) -> int:
        return self.part.number

    @property
    def samples(self) -> int:
        return self.part.samples

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True)
class Timeline:
    """A film: a picture track, a voice track, chapter markers; `lead` is the silence before each voice, in samples."""

    name: str
    look: FilmLook
    video: Track
    voice: Track
    markers: tuple[Marker, ...]
    lead: int

    @cached_property
    def frames(self) -> int:
        """The film's length in frames."""
        return sum(clip.range.duration for clip in self.video.clips)

    @property
    def samples(self) -> int:
        """The film's length in samples."""
        return self.frames * SAMPLES_PER_FRAME

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the encoded picture: a draft is half of what was asked."""
        half = 2 if self.look.effort == "draft" else 1
        return (self.look.width // half // 2 * 2, self.look.height // half // 2 * 2)

    @cached_property
    def scenes(self) -> tuple[ScenePlace, ...]:
        """Every scene in film order with its place."""
        places, at = [], 0
        for clip in self.video.clips:
            if clip.part:
                voice = at * SAMPLES_PER_FRAME + self.lead
                places.append(ScenePlace(clip.part, at, clip.range.duration, voice))
            at += clip.range.duration
        return tuple(places)

    def scene(self, number: int) -> ScenePlace:
        """The place of scene `number`; KeyError when there is none."""
        for place in self.scenes:
            if place.number == number:
                return place
        raise KeyError(f"no scene {number} in this timeline")
