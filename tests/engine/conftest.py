from __future__ import annotations

import hashlib

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from accounts.models import User
from accounts.services import open_workspace
from pipeline import engine, services, tasks, workflows
from pipeline.models import Doorbell, Run, Status, Step
from pipeline.routing import local
from projects.models import Project, Source
from tests.engine.tiny import WORKFLOW, Counting


@pytest.fixture
def vendor(monkeypatch):
    """The counting provider, for every capability."""
    fake = Counting()
    monkeypatch.setattr(local, "provider", lambda capability: fake)
    return fake


@pytest.fixture
def project(transactional_db, monkeypatch, tmp_path, vendor):
    """A project of the tiny workflow in a workspace of its own."""
    monkeypatch.setitem(workflows.WORKFLOWS, "tiny", WORKFLOW)
    monkeypatch.setattr(django_settings, "WORK_ROOT", tmp_path / "work")
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path / "media")
    user = User.objects.create_user("owner@litink.example", "a long enough password")
    workspace = open_workspace(user)
    source = Source.objects.create(
        workspace=workspace, title="Tiny", name="tiny.txt", sha256=hashlib.sha256().hexdigest()
    )
    return Project.objects.create(
        workspace=workspace, source=source, title="Tiny", workflow="tiny", options={"resolution": "480p"}
    )


@pytest.fixture
def run(project):
    return services.start(project)


def drain(times: int = 1, limit: int = 200) -> None:
    """Answer every bell that hangs, `times` times each, until none is left."""
    for _ in range(limit):
        bell = Doorbell.objects.filter(not_before__lte=timezone.now()).order_by("-priority", "pk").first()
        if bell is None:
            return
        bell.delete()
        for _ in range(times):
            tasks.work(bell.step)
    raise AssertionError("the bells never end")


def recover() -> None:
    """What time does: leases run out, parked steps come due, the sweep looks."""
    Step.objects.filter(status=Status.RUNNING).update(lease_until=timezone.now() - engine.LEASE, rung_at=None)
    Step.objects.filter(status=Status.PENDING).update(not_before=None, rung_at=None)
    engine.sweep()


def end_state(run: Run) -> dict:
    """All of a run that matters: what every step ended as, under which recipe."""
    run.refresh_from_db()
    steps = Step.objects.filter(run=run).order_by("stage", "position")
    return {"run": run.status, "steps": [(s.stage, s.position, s.status, s.recipe) for s in steps]}
