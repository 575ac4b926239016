"""A delivered film on the desk: every scene tells its own words of the book, and its steps carry recipes of now."""

from __future__ import annotations

from pipeline.desk import stale
from pipeline.models import Step
from projects.desk.takes import PICTURE, VOICE
from projects.models import Clash, Scene

WIDE = 49  # letters of the book that a scene tells


def tells_the_book(world, film):
    """Give the scenes of `film` their words, which nobody disputes."""
    Clash.objects.filter(scene__in=film.scenes).delete()
    chapter = world.source.chapters.first()
    for place, scene in enumerate(film.scenes):
        start, end = place * WIDE, place * WIDE + WIDE - 1
        scene.chapter, scene.start, scene.end = chapter, start, end
        text = chapter.text[start:end].strip()
        scene.segments = [
            {"text": text, "speaker": "", "start": start, "end": end, "role": "narration", "paragraph": 0}
        ]
        scene.brief = {"place": "harbour", "who": [], "what": []}
        scene.opens = chapter.title if place == 0 else ""
        scene.save()
    return film


def as_filmed(film):
    """The film was made of the script as it stands."""
    stale.refresh(film.run, [s.pk for s in film.scenes])
    for scene in Scene.objects.filter(script=film.run.script):
        for name in (PICTURE, VOICE):
            Step.objects.filter(run=film.run, stage=name, subject=scene.pk).update(recipe=scene.digests[name])
    return film
