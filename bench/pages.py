"""Pages with 1,000 films in the database, one of them of 1,000 scenes: p50 and p95 of warm answers. All is undone.

The last line is one JSON object: p95 in milliseconds by page, the goal, and whether each page keeps it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "litink.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from pipeline.management import filming  # noqa: E402
from pipeline.models import Run  # noqa: E402
from projects.models import Project  # noqa: E402
from tests.web import world as worlds  # noqa: E402

GOAL_MS = 150


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    asked = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    filming.prepare()
    print(f"{asked.projects} films, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as media, transaction.atomic():
        settings.MEDIA_ROOT = media
        addresses, client = build(asked)
        wanted = {name: address for name, address in addresses.items() if asked.only in name}
        p95 = {name: measure(client, name, address, asked.times) for name, address in wanted.items()}
        transaction.set_rollback(True)
    ok = all(spent < GOAL_MS for spent in p95.values())
    print(json.dumps({"bench": "pages", "p95_ms": p95, "goals": {"p95_ms": GOAL_MS}, "ok": ok}))
    return 0 if ok else 1


def build(asked: argparse.Namespace) -> tuple[dict[str, str], Client]:
    world = worlds.build()
    large = worlds.film(world.source, world.people["owner"], scenes=asked.scenes)
    rows = [
        Project(workspace=world.workspace, source=world.source, title=f"Film {n}", options=world.done.project.options)
        for n in range(asked.projects)
    ]
    made = Project.objects.bulk_create(rows)
    Run.objects.bulk_create(Run(workspace=world.workspace, project=p, status="succeeded") for p in made)
    client = Client()
    client.force_login(world.people["owner"])
    return {
        "films": reverse("films"),
        "films, page 40": reverse("films") + "?page=40",
        "films, searched": reverse("films") + "?q=Film+77",
        "books": reverse("books"),
        "chapters": reverse("choose_chapters", args=[world.source.pk]),
        "choices and quote": reverse("how", args=[world.source.pk]),
        "run, 3 scenes": reverse("run", args=[world.done.run.pk]),
        f"run, {asked.scenes} scenes": reverse("run", args=[large.run.pk]),
        "script, 3 scenes": reverse("desk", args=[world.done.project.pk]),
        f"script, {asked.scenes} scenes": reverse("desk", args=[large.project.pk]),
        "film": reverse("film", args=[large.project.pk]),
    }, client


def measure(client: Client, name: str, address: str, times: int) -> float:
    """p95 of warm answers, milliseconds."""
    client.get(address)
    spent, ours = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        spent.append((time.perf_counter() - began) * 1000)
    ours = (time.process_time() - ours) / times * 1000
    p95 = statistics.quantiles(spent, n=20)[-1]
    mark = "" if p95 < GOAL_MS else f"  above {GOAL_MS} ms"
    print(
        f"{name:20} p50 {statistics.median(spent):6.1f} ms  p95 {p95:6.1f} ms  (of this process {ours:5.1f} ms){mark}"
    )
    return round(p95, 1)


if __name__ == "__main__":
    sys.exit(main())
