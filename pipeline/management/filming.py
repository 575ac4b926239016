"""What makefilm and demo share: prepare, start, wait, deliver."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import User, Workspace
from accounts.services import open_workspace
from billing.models import Plan, Usage
from pipeline import services, tasks
from pipeline.models import Render, Run, Step, Worker
from pipeline.processes import dies_with_parent
from pipeline.stages.files import local_path
from pipeline.workflows import stages
from projects.models import Asset, Project, Source
from projects.options import FilmOptions
from projects.services import new_project

DEMO_EMAIL, DEMO_PASSWORD = "demo@litink.example", "a quiet cutting room"
ALIVE = timedelta(seconds=15)


def prepare() -> None:
    """Bring the embedded database up to date; a database of one's own is migrated by hand."""
    if settings.EMBEDDED_DATABASE is None:
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def local_workspace() -> Workspace:
    """The workspace of this machine's command line, and of the demo login: without limits."""
    user = User.objects.filter(email=DEMO_EMAIL).first()
    if user is None:
        user = User.objects.create_user(DEMO_EMAIL, DEMO_PASSWORD, name="Demo")
        with contextlib.suppress(ImportError):
            from allauth.account.models import EmailAddress

            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    workspace = Workspace.objects.for_user(user).first() or open_workspace(user, name="Demo")
    Plan.objects.get_or_create(workspace=workspace, defaults={"tier": "enterprise"})
    return workspace


def project_of(source: Source, options: FilmOptions) -> Project:
    """The project that makes just this film, or a new one."""
    known = Project.objects.filter(source=source, options=options.to_json()).first()
    return known or new_project(source, options=options)


@contextlib.contextmanager
def workers(*runs: Run) -> Iterator[bool]:
    """Workers for the runs: none when all stands already, the running ones, or some for the time of the block.

    Yields whether they are its own.
    """
    for run in runs:
        tasks.reuse(run.pk)
        run.refresh_from_db()
    if not any(run.is_open for run in runs):
        yield False
        return
    if Worker.objects.filter(seen__gt=timezone.now() - ALIVE).exists():
        yield False
        return
    log = Path(settings.VAR) / "workers.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"],
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_parent,
            env=os.environ,
        )
        try:
            yield True
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)


def begin(project: Project, options: FilmOptions) -> Run:
    return services.start(project, options=options)


def deliver(run: Run, out: Path) -> dict[str, Path]:
    """Copy the film and its side files beside each other into `out`; {name: path}."""
    render = Render.objects.filter(run=run).first()
    if render is None:
        return {}
    out.mkdir(parents=True, exist_ok=True)
    assets = Asset.objects.in_bulk(list(render.files.values()))
    paths: dict[str, Path] = {}
    for name, key in sorted(render.files.items()):
        target = out / name
        part = target.with_name(target.name + ".part")
        shutil.copyfile(local_path(assets[key]), part)
        part.rename(target)
        paths[name] = target
    return paths


def wall_by_stage(run: Run) -> dict[str, float]:
    """Seconds between a stage's first start and its last finish."""
    found = {}
    for stage in stages(run.workflow):
        spans = Step.objects.filter(run=run, stage=stage.name, started__isnull=False, finished__isnull=False)
        rows = list(spans.values_list("started", "finished"))
        if rows:
            found[stage.name] = round((max(r[1] for r in rows) - min(r[0] for r in rows)).total_seconds(), 2)
    return found


def report(run: Run, files: dict[str, Path], wall: float) -> dict[str, Any]:
    """What --json prints."""
    render = Render.objects.filter(run=run).first()
    used = Usage.objects.filter(run=run.pk).totals()
    return {
        "run": run.pk,
        "status": run.status,
        "film": str(files.get("film.mp4", "")),
        "files": {name: str(path) for name, path in files.items()},
        "duration": render.seconds if render else 0,
        "wall_seconds": round(wall, 2),
        "stages": wall_by_stage(run),
        "usage": {"calls": used["calls"], "cost_usd": float(used["cost_usd"])},
        "certificate": render.certificate if render else {},
        **({"error": run.error} if run.error else {}),
    }


def as_line(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, default=str)
