"""The providers of this machine: always there, offline, free. Made once a process, when first asked."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def provider(capability: str) -> Any:
    """The local provider of a capability, or None where there is none (video, lipsync)."""
    if capability == "text":
        from pipeline.providers.local.rules import LocalWriter

        return LocalWriter()
    if capability == "image":
        from pipeline.providers.local.drawing.illustrator import LocalIllustrator

        return LocalIllustrator()
    if capability == "speech":
        from pipeline.providers.local.speech.speaker import LocalSpeaker

        return LocalSpeaker()
    if capability == "transcription":
        from pipeline.providers.local.transcription import LocalTranscriber

        return LocalTranscriber()
    if capability == "moderation":
        from pipeline.providers.local.moderation import LocalModerator

        return LocalModerator()
    if capability == "sound":
        from pipeline.providers.local.sounds import LocalSounds

        return LocalSounds()
    if capability == "music":
        from pipeline.routing.composing import LocalComposer

        return LocalComposer()
    return None
