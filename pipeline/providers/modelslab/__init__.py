"""ModelsLab: pictures, moving pictures, lips, voices, sound effects and music of many models behind one key."""

from __future__ import annotations

from .images import ModelsLabIllustrator
from .sounds import ModelsLabMusic, ModelsLabSounds
from .speech import ModelsLabSpeaker
from .video import ModelsLabAnimator, ModelsLabLipsyncer
from .webhook import job_of

__all__ = [
    "ModelsLabAnimator",
    "ModelsLabIllustrator",
    "ModelsLabLipsyncer",
    "ModelsLabMusic",
    "ModelsLabSounds",
    "ModelsLabSpeaker",
    "job_of",
]
