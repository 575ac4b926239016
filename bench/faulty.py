"""Workflows of the fault campaign: a film up to the stage under test, or one call of a capability that no stage of theirs asks for."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import BadInput
from pipeline.providers.base import (
    LipsyncRequest,
    ModerationRequest,
    MusicRequest,
    SoundRequest,
    TranscriptionRequest,
    VideoRequest,
)
from pipeline.stages import audio_generation as audio
from pipeline.stages import image_generation as image
from pipeline.stages import scene_breakdown as scenes
from pipeline.stages import script_generation as script
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset

VERBS = {
    "moderation": "moderate", "sound": "sound", "music": "compose", "transcription": "transcribe", "video": "animate",
    "lipsync": "sync",
}  # fmt: skip
WORDS = "Once a fox found a lamp in the dark forest and carried it home through the rain."


@cache
def said() -> bytes:
    from tests.fakes import media

    return media.remember(media.wav(3), WORDS)


@cache
def picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(out, "PNG")
    return out.getvalue()


@cache
def clip() -> bytes:
    from tests.fakes import media

    return media.film(320, 180, 2)


def request(capability: str, folder: Path) -> Any:
    if capability == "transcription":
        path = folder / "said.wav"
        path.write_bytes(said())
        return TranscriptionRequest(str(path), "en")
    return {
        "moderation": lambda: ModerationRequest(WORDS),
        "sound": lambda: SoundRequest("a door creaks in the old house", 2.0),
        "music": lambda: MusicRequest("calm strings under a voice", 10.0),
        "video": lambda: VideoRequest(WORDS, picture(), 4.0, resolution="480p"),
        "lipsync": lambda: LipsyncRequest(video=clip(), audio=said(), seconds=3.0),
    }[capability]()


class One(Base):
    """One call of the capability that the workflow is named after."""

    def __init__(self, capability: str) -> None:
        self.name = self.capability = capability

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {"run": ctx.run.pk}

    def run(self, subject: Subject, ctx: Context) -> Asset:
        able = ctx.providers.capability(self.capability)
        result = getattr(able, VERBS[self.capability])(request(self.capability, ctx.work))
        if result is None:
            raise BadInput("capability.none", f"No model could do it now ({self.capability}).")
        digest = hashlib.sha256(repr(result.usage).encode()).hexdigest()
        return ctx.save(digest.encode(), kind="answer", name="answer.txt", media_type="text/plain")


TEXT = (script.ScriptGeneration(), scenes.SceneBreakdown())
IMAGE = (*TEXT, image.ImageGeneration())
SPEECH = (*TEXT, audio.AudioGeneration())
ONES = {name: (One(name),) for name in VERBS}
MODERATION, SOUND, MUSIC = ONES["moderation"], ONES["sound"], ONES["music"]
TRANSCRIPTION, VIDEO, LIPSYNC = ONES["transcription"], ONES["video"], ONES["lipsync"]
