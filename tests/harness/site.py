"""The site as it runs: daphne in a process of its own, on this worker's test database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds until the server must answer, on a machine that does ten other things


@pytest.fixture(scope="session")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a running site, and where it keeps uploads."""
    media = tmp_path_factory.mktemp("media")
    address = f"http://127.0.0.1:{free_port()}"
    log = tmp_path_factory.mktemp("log") / "site.log"
    environment = {**os.environ, "DATABASE_URL": test_database(), "MEDIA_ROOT": str(media), "SITE_URL": address}
    command = [
        sys.executable,
        "-m",
        "daphne",
        "-b",
        "127.0.0.1",
        "-p",
        address.rpartition(":")[2],
        "litink.asgi:application",
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        until_it_answers(address, process, log)
        yield address, media
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def site(server: tuple[str, Path], transactional_db: None, settings) -> str:
    """The site's address; rows and files made by the test are seen by it."""
    address, settings.MEDIA_ROOT = server
    return address


def test_database() -> str:
    """DATABASE_URL of the database that pytest-django made for this worker."""
    from django.conf import settings
    from django.db import connection

    from litink import embedded

    url = settings.DATABASE_URL or embedded.database_url(settings.EMBEDDED_DATABASE)
    return urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_it_answers(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the site did not start: {log.read_text(errors='replace')[-2000:]}")
