from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from pipeline.models import Run, Step
from tests.web.conftest import client_of, own_folders, world  # noqa: F401  (the small world of the pages)


@pytest.fixture
def staff(world):  # noqa: F811
    return User.objects.create_superuser("support@litink.example", "a long enough password")


@pytest.fixture
def desk(staff):
    """A client at the desk of support."""
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def failed(world):  # noqa: F811
    """A run that stopped at its second picture."""
    run = world.going.run
    rows = Step.objects.filter(run=run, stage="image_generation", position=2)
    rows.update(status="failed", ready=True, error="The picture could not be drawn.", finished=timezone.now())
    Run.objects.filter(pk=run.pk).update(status="failed", error="The picture could not be drawn.")
    run.refresh_from_db()
    return run
