"""ElevenLabs: speech with word times, forced alignment, sound effects, music and cloned voices."""

from __future__ import annotations

from .cloning import ElevenLabsCloner
from .sounds import ElevenLabsMusic, ElevenLabsSounds
from .speech import ElevenLabsAligner, ElevenLabsSpeaker

__all__ = ["ElevenLabsAligner", "ElevenLabsCloner", "ElevenLabsMusic", "ElevenLabsSounds", "ElevenLabsSpeaker"]
