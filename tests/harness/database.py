"""A database for each test process, copied from a migrated template: migrating takes a minute, copying a blink.

The template is made again when a migration, a model or a package changes. Any number of test runs may go at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

TEMPLATE = "litink_template_"
COPY = "litink_test_"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Takes the place of pytest-django's: this process's own copy, dropped in the end."""
    name = f"{COPY}{os.getpid()}"
    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        with _alone(), _server() as server:
            _drop_orphans(server)
            _drop(server, name)
            _create(server, name, template=_template(server, usual))
        _use(name)
    yield
    with django_db_blocker.unblock(), _server() as server:
        _use(usual)
        _drop(server, name)


def _template(server: psycopg.Connection, usual: str) -> str:
    """The migrated database to copy, made when there is none for this state of the code."""
    wanted = TEMPLATE + _fingerprint()
    names = _names(server, TEMPLATE)
    if wanted not in names:
        for outdated in names:
            _drop(server, outdated)
        making = f"{COPY}making"
        _drop(server, making)
        _create(server, making, template="template0")
        _use(making)
        call_command("migrate", verbosity=0, interactive=False)
        _use(usual)
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(wanted)))
    return wanted


def _fingerprint() -> str:
    """Of everything that shapes the tables: migrations, models (for permissions), pinned packages."""
    files = {settings.BASE_DIR / "requirements.txt"}
    for app in apps.get_app_configs():
        if Path(app.path).is_relative_to(settings.BASE_DIR):
            files |= {*Path(app.path).glob("migrations/*.py"), Path(app.path) / "models.py"}
    contents = (file.read_bytes() for file in sorted(files) if file.exists())
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """The server itself, not in a transaction: databases are made and dropped."""
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    server = psycopg.connect(**wanted, dbname="postgres", autocommit=True)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def _alone() -> Iterator[None]:
    with (settings.VAR / "test-databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _names(server: psycopg.Connection, prefix: str) -> list[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]).fetchall()
    return sorted(name for (name,) in rows)


def _create(server: psycopg.Connection, name: str, template: str) -> None:
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_orphans(server: psycopg.Connection) -> None:
    """Copies of processes that are gone: a killed run could not drop its own."""
    for name in _names(server, COPY):
        owner = re.fullmatch(rf"{COPY}(\d+)", name)
        if owner and not Path(f"/proc/{owner[1]}").exists():
            _drop(server, name)
