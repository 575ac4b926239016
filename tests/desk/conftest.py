from __future__ import annotations

import pytest

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
