"""The same cast with another vendor's voices: each of our voices is given one of theirs, of its language and sex."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from pipeline.models import ClonedVoice
from pipeline.providers.aligning import ByEar
from pipeline.providers.base import SpeechRequest, Voice
from pipeline.routing import catalogue, local
from pipeline.routing.routes import Choice

FRESH = 3600.0  # seconds a vendor's list of voices is kept
_lists: dict[str, tuple[float, tuple[Voice, ...]]] = {}


def fit(request: SpeechRequest, provider: Any, choice: Choice, workspace: int = 0) -> SpeechRequest:
    """The request with voices that the vendor has. One that it knows is kept; two speakers stay two.

    A cloned voice speaks for its own workspace alone, and only where it was chosen.
    """
    cloned = dict(
        ClonedVoice.objects.filter(vendor=choice.model.vendor, account=choice.key.account, deleted=None).values_list(
            "voice_id", "workspace"
        )
    )
    theirs = tuple(v for v in listed(provider, choice) if v.id not in cloned)
    if not theirs:
        return request
    known = {v.id for v in theirs} | {voice for voice, owner in cloned.items() if owner == workspace}
    ours = {v.id: v for v in _ours(request.language)}
    cast: dict[str, str] = {}
    for voice in dict.fromkeys(u.voice for u in request.utterances):
        cast[voice] = voice if voice in known else _like(ours.get(voice), theirs, request.language, set(cast.values()))
    return replace(request, utterances=tuple(replace(u, voice=cast[u.voice]) for u in request.utterances))


def aligner() -> ByEar | None:
    """Finds the words of vendors that tell no times, by this machine's ear; None: shared out by their letters."""
    ear = local.provider("transcription") if catalogue.current().align == "ear" else None
    return ByEar(ear) if ear else None


def listed(provider: Any, choice: Choice) -> tuple[Voice, ...]:
    """The vendor's voices, asked once an hour and process."""
    key = f"{choice.circuit}:{choice.id}"
    at, voices = _lists.get(key, (0.0, ()))
    if not voices or time.monotonic() - at > FRESH:
        voices = tuple(provider.voices())
        _lists[key] = (time.monotonic(), voices)
    return voices


def _ours(language: str) -> tuple[Voice, ...]:
    speaker = local.provider("speech")
    return speaker.voices(language.split("-")[0]) if hasattr(speaker, "voices") else ()


def _like(voice: Voice | None, theirs: tuple[Voice, ...], language: str, taken: set[str]) -> str:
    """Theirs that is most like ours: of the sex and the language, not taken, good."""
    sex, spoken = (voice.sex, voice.language) if voice else ("", language)

    def rank(one: Voice) -> tuple[Any, ...]:
        base = one.language.split("-")[0].lower()
        return (
            bool(base) and base != spoken.split("-")[0].lower(),
            bool(sex and one.sex) and one.sex != sex,
            one.id in taken,
            one.language.lower() != spoken.lower(),
            -one.quality,
            one.id,
        )

    return min(theirs, key=rank).id
