"""How a film should be: what the maker may choose, checked once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from projects.errors import BadInput

MODES = ("verbatim", "abridged", "summary")
ASPECTS = ("16:9", "9:16", "1:1")
RESOLUTIONS = ("360p", "480p", "720p", "1080p", "1440p", "2160p")
CAPTIONS = ("burned", "files")
CAPTION_STYLES = ("karaoke", "plain", "boxed")
TRANSITIONS = ("cut", "dissolve", "dip", "wipe", "slide")
MUSIC = ("", "auto", "calm", "wonder", "adventure", "sad", "tense", "joyful")
SOUNDS = ("", "soft")  # of places, under the scenes
MOTIONS = ("model", "camera")  # a video model moves the pictures where one is set up; a camera over stills
MODELLED = ("text", "image", "speech", "video", "music", "sound")  # capabilities whose model a maker may choose
OPTED = ("music", "sound")  # those that this machine does unless a model is chosen
_MODEL = re.compile(r"[a-z]{2,20}:[\w.:/@+-]{1,120}")
CHOICES: dict[str, tuple[str, ...]] = {
    "mode": MODES,
    "aspect": ASPECTS,
    "resolution": RESOLUTIONS,
    "captions": CAPTIONS,
    "caption_style": CAPTION_STYLES,
    "transition": TRANSITIONS,
    "music": MUSIC,
    "sounds": SOUNDS,
    "motion": MOTIONS,
}


@dataclass(frozen=True, slots=True)
class FilmOptions:
    """`chapters`: numbers of the source's chapters, in order; `minutes`: length asked for, None as long as it takes.

    `models`: {capability: "vendor:model"} where the maker wants another than the plan's own.
    """

    chapters: tuple[int, ...] = ()
    mode: str = "abridged"
    minutes: float | None = None
    aspect: str = "16:9"
    resolution: str = "1080p"
    voice: str = ""  # "" the best of the language
    style: str = "ink"
    captions: str = "burned"
    caption_style: str = "karaoke"
    transition: str = "dissolve"
    music: str = "auto"
    sounds: str = ""
    watermark: str = ""
    motion: str = "model"
    models: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                listed = ", ".join(value or "none" for value in allowed)
                raise BadInput("option.choice", f"{name} is one of: {listed}.", name=name)
        if self.minutes is not None and not 0.1 <= self.minutes <= 600:
            raise BadInput("option.minutes", "minutes is a number from 0.1 to 600.")
        for capability, model in self.models.items():
            if capability not in MODELLED or not _MODEL.fullmatch(model):
                raise BadInput("option.models", f"models names a model as vendor:model for: {', '.join(MODELLED)}.")

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FilmOptions:
        """From stored JSON or a form; unknown names are ignored, so that older rows stay readable."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        if "models" in values:
            values["models"] = {key: str(model) for key, model in sorted(values["models"].items()) if model}
        if "chapters" in values:
            values["chapters"] = tuple(int(n) for n in values["chapters"])
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"chapters": list(self.chapters), "models": dict(self.models)}


def chapter_numbers(asked: str, known: Iterable[int]) -> tuple[int, ...]:
    """ "1,3-4" or "all" as chapter numbers that exist. BadInput names those that do not."""
    known = tuple(known)
    if asked.strip().lower() == "all":
        return known
    numbers: list[int] = []
    for part in asked.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise BadInput(
                "option.chapters", f"“{part.strip()}” is no chapter number. Write for instance 1,3-4 or all."
            )
        numbers += range(int(first), int(last or first) + 1)
    missing = [n for n in numbers if n not in known]
    if missing:
        raise BadInput(
            "option.chapters", f"There is no chapter {missing[0]}; the book has {min(known)} to {max(known)}."
        )
    return tuple(dict.fromkeys(numbers))
