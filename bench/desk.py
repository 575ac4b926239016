"""The script desk with 1,000 scenes: how long a save, a page and a look for news take. Everything is undone.

The last line is one JSON object: figures in milliseconds, their goals, and whether all were reached.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "litink.settings")

from bench.scratch import database

GOALS = {"save": 150, "page": 400, "news": 100, "move": 400}  # p95 in milliseconds
A_CHAPTER = 50  # scenes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    with database(), tempfile.TemporaryDirectory() as media:
        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS, settings.MEDIA_ROOT = ["testserver"], media
        return measured(asked.scenes, asked.times)


def measured(scenes: int, times: int) -> int:
    from django.test import Client
    from django.urls import reverse

    from pipeline.desk import showing, stale

    world, film = build(scenes)
    client = Client()
    client.force_login(world.people["owner"])
    middle = film.scenes[scenes // 2]
    page = reverse("desk", args=[film.project.pk])
    live = reverse("desk_live", args=[film.project.pk])
    news = {"since": film.run.script.revision, "state": showing.state(film.run, stale.marks(film.run))}
    figures = {
        "page": spent(lambda n: client.get(page, {"page": 1 + n % 25}), times),
        "news": spent(lambda n: client.get(live, news), times),
        "save": spent(lambda n: save(client, middle, f"Words of one keystroke more: {n}."), times),
        "move": spent(lambda n: send(client, middle, do="up" if n % 2 else "down"), times // 2),
    }
    for name, (half, p95) in figures.items():
        print(f"{name:5} p50 {half:6.1f} ms  p95 {p95:6.1f} ms, goal {GOALS[name]} ms")
    ok = all(p95 <= GOALS[name] for name, (_, p95) in figures.items())
    told = {name: round(p95, 1) for name, (_, p95) in figures.items()}
    print(json.dumps({"bench": "desk", "scenes": scenes, "p95_ms": told, "goals_ms": GOALS, "ok": ok}))
    return 0 if ok else 1


def build(scenes: int):
    """A film of so many scenes, 50 of them a chapter, every one with its steps and its words of the book."""
    from billing.models import Plan
    from pipeline.models import Run
    from projects.models import Chapter, Scene
    from tests.web import world as worlds

    world = worlds.build()
    Plan.objects.create(workspace=world.workspace, tier="professional")
    film = worlds.film(world.source, world.people["owner"], scenes=scenes)
    last = world.source.chapters.count()
    first = world.source.chapters.first()
    for number in range(last + 1, scenes // A_CHAPTER + 1):
        Chapter.objects.create(
            source=world.source,
            number=number,
            title=f"Chapter {number}",
            paragraphs=first.paragraphs,
            words=first.words,
        )
    chapters = list(world.source.chapters.all())
    for place, scene in enumerate(film.scenes):
        scene.chapter = chapters[place // A_CHAPTER % len(chapters)]
        start = place % A_CHAPTER * 49
        scene.start, scene.end = start, start + 48
        text = scene.chapter.text[start : start + 48].strip()
        scene.segments = [
            {"text": text, "speaker": "", "start": start, "end": start + 48, "role": "narration", "paragraph": 0}
        ]
        scene.brief = {"place": "harbour", "who": [], "what": []}
    Scene.objects.bulk_update(film.scenes, ["chapter", "start", "end", "segments", "brief"], batch_size=200)
    Run.objects.filter(pk=film.run.pk).update(options=film.run.options | {"resolution": "480p"})
    return world, film


def save(client, scene, text: str):
    return send(client, scene, **{"text-0": text})


def send(client, scene, **data):
    from django.urls import reverse

    from projects.models import Scene

    revision = Scene.objects.values_list("revision", flat=True).get(pk=scene.pk)
    return client.post(reverse("desk_scene", args=[scene.pk]), {"revision": revision, "page": 13, **data}, headers={"X-Desk": "1"})  # fmt: skip


def spent(act: Callable[[int], object], times: int) -> tuple[float, float]:
    """(p50, p95) in milliseconds; the first is not counted."""
    found = []
    for n in range(times + 1):
        began = time.perf_counter()
        response = act(n)
        found.append((time.perf_counter() - began) * 1000)
        assert response.status_code in (200, 204), response.status_code  # type: ignore[attr-defined]
    return statistics.median(found[1:]), statistics.quantiles(found[1:], n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
