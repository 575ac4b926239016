"""A database and folders of a bench's own, gone afterwards; real workers beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "litink_bench"


@contextlib.contextmanager
def database(**environment: str) -> Iterator[Path]:
    """Sets Django up on an empty database in the server that the settings name; yields a scratch folder."""
    import psycopg

    from litink import embedded

    admin = os.environ.get("DATABASE_URL") or embedded.database_url(ROOT / "var" / "postgres")
    folder = Path(tempfile.mkdtemp(prefix="litink-bench-"))
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME}")
    os.environ.update(environment, DATABASE_URL=_named(admin), DJANGO_SETTINGS_MODULE="litink.settings")
    os.environ["LITINK_VAR"] = str(folder)
    try:
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        yield folder
        connections.close_all()
    finally:
        with psycopg.connect(admin, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        shutil.rmtree(folder, ignore_errors=True)


def _named(url: str) -> str:
    """The same server, our database."""
    head, mark, query = url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{NAME}" + mark + query


@contextlib.contextmanager
def workers() -> Iterator[subprocess.Popen[bytes]]:
    """`manage.py work` in a process of its own."""
    process = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "work"], cwd=ROOT, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
