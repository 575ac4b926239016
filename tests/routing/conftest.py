"""A step of a run, for the router."""

from __future__ import annotations

import pytest

from accounts.models import User
from accounts.services import open_workspace
from pipeline.models import Run, Step
from projects.models import Project, Source


@pytest.fixture
def step(db):
    workspace = open_workspace(User.objects.create_user("owner@litink.example", "a long enough password"))
    source = Source.objects.create(workspace=workspace, title="t", name="t.txt", sha256="0" * 64)
    project = Project.objects.create(workspace=workspace, source=source, title="t")
    run = Run.objects.create(workspace=workspace, project=project, tier="basic")
    return Step.objects.create(run=run, stage="script_generation", position=2)
