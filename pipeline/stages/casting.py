"""Who speaks with which voice: the narrator's choice first, then a distinct, constant voice for each speaker."""

from __future__ import annotations

from typing import Any

from pipeline.providers.base import Voice
from projects.models import Character, Project

NARRATOR = ""


def voices(project: Project, catalogue: tuple[Voice, ...], narrator: str, language: str) -> dict[str, str]:
    """{speaker: voice id}; the narrator's key is "". Speakers in order of how much they say; a given voice is kept."""
    told = best(catalogue, language, narrator)
    cast = {NARRATOR: told}
    taken = {told}
    people = list(Character.objects.filter(project=project, lines__gt=0).order_by("-lines", "name"))
    for person in people:
        if person.voice:
            cast[person.name] = person.voice
            taken.add(person.voice)
    for person in people:
        if person.name not in cast:
            cast[person.name] = _voice_for(person.look, catalogue, language, taken, told)
            taken.add(cast[person.name])
    return cast


def best(catalogue: tuple[Voice, ...], language: str, wanted: str = "") -> str:
    """The voice asked for if there is one of that name, else the best of the language; "" lets the provider choose."""
    if any(voice.id == wanted for voice in catalogue):
        return wanted
    fits = [v for v in catalogue if v.language.split("-")[0].lower() == language.split("-")[0].lower()]
    exact = [v for v in fits if v.language.lower() == language.lower()]
    ranked = sorted(exact or fits, key=lambda v: (-v.quality, v.id))
    return ranked[0].id if ranked else wanted


def _voice_for(
    look: dict[str, Any], catalogue: tuple[Voice, ...], language: str, taken: set[str], narrator: str
) -> str:
    """A free voice of the speaker's sex, good ones first, same accent as the narrator's if possible."""
    told = next((v for v in catalogue if v.id == narrator), None)
    sex = look.get("sex", "")

    def rank(voice: Voice) -> tuple[Any, ...]:
        return (
            voice.id in taken,
            bool(sex) and voice.sex != sex,
            told is not None and voice.engine != told.engine,
            told is not None and voice.language != told.language,
            -voice.quality,
            voice.id,
        )

    fits = [v for v in catalogue if v.language.split("-")[0].lower() == language.split("-")[0].lower()]
    return min(fits, key=rank).id if fits else narrator
