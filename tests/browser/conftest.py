from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from billing.models import Plan
from tests.harness.site import ROOT, test_database
from tests.web import world as worlds

BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture
def world(site):
    made = worlds.build()
    Plan.objects.create(workspace=made.workspace, tier="professional")
    return made


@pytest.fixture(autouse=True)
def quiet(site):
    """Pages are gone by now, but the site may still be answering them: emptying the tables then is a deadlock."""
    yield
    looks, end = 0, time.monotonic() + 10
    while looks < 2 and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            looks = 0 if cursor.fetchone()[0] else looks + 1
        time.sleep(0.1)


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
