from __future__ import annotations

import pytest

from pipeline.desk import stale
from pipeline.models import Step
from projects.desk import takes
from projects.models import Scene
from tests.web.conftest import own_folders, world  # noqa: F401


@pytest.fixture
def desk(world):  # noqa: F811
    """A delivered film of three scenes, each telling its own words of the book."""
    film = world.done
    chapter = world.source.chapters.first()
    film.run.script.broken = True
    film.run.script.save()
    for place, scene in enumerate(film.scenes):
        start, end = place * 49, place * 49 + 48
        scene.chapter, scene.start, scene.end = chapter, start, end
        text = chapter.text[start:end].strip()
        scene.segments = [
            {"text": text, "speaker": "", "start": start, "end": end, "role": "narration", "paragraph": 0}
        ]
        scene.brief = {"place": "harbour", "who": [], "what": []}
        scene.opens = chapter.title if place == 0 else ""
        scene.save()
    return film


@pytest.fixture
def filmed(desk):
    """The film was made of the script as it stands: its steps carry the recipes of now."""
    stale.refresh(desk.run, [s.pk for s in desk.scenes])
    for scene in Scene.objects.filter(script=desk.run.script):
        for name in (takes.PICTURE, takes.VOICE):
            Step.objects.filter(run=desk.run, stage=name, subject=scene.pk).update(recipe=scene.digests[name])
    return desk
