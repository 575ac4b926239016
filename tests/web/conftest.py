from __future__ import annotations

import pytest
from django.test import Client

from billing.models import Plan
from tests.web import world as worlds


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Media, small pictures and mail of a test are its own."""
    settings.MEDIA_ROOT, settings.CACHE_ROOT = tmp_path / "media", tmp_path / "cache"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def world(db):
    made = worlds.build()
    Plan.objects.create(workspace=made.workspace, tier="professional")
    return made


@pytest.fixture
def client_of(world):
    """A client logged in as a role, "stranger", or "anonymous"."""

    def make(who):
        client = Client()
        if who != "anonymous":
            client.force_login(world.stranger if who == "stranger" else world.people[who])
        return client

    return make


@pytest.fixture
def editor(client_of):
    return client_of("editor")


@pytest.fixture
def owner(client_of):
    return client_of("owner")
