from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.test import Client

from billing.models import Plan
from tests.harness.site import ROOT, test_database
from tests.web import world as worlds


@pytest.fixture
def world(site):
    made = worlds.build()
    Plan.objects.create(workspace=made.workspace, tier="professional")
    return made


@pytest.fixture
def visit(open_page, site):
    """`visit(user)` is a page of a visitor who has logged in; options are the browser context's."""

    def make(user=None, **options):
        page = open_page(**options)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return make


@pytest.fixture
def workers(server, tmp_path):
    """Workers on the test's database; `workers()` starts a set and gives its process."""
    started = []

    def start():
        environment = {**os.environ, "DATABASE_URL": test_database(), "MEDIA_ROOT": str(server[1])}
        command = [sys.executable, str(ROOT / "manage.py"), "work"]
        with (tmp_path / f"work-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
