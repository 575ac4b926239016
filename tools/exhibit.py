"""The site with something on every page, on a database and folders of its own in var/exhibit: for pictures and checks.

Made once, with a real film of the bundled tale (a minute or two); made again when its folder is gone.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.common import ROOT, VAR, Trouble, say

NAME = "litink_exhibit"
FOLDER = VAR / "exhibit"
MADE = FOLDER / "film" / "film.mp4"
FILM = ("--mode", "abridged", "--minutes", "1.6", "--resolution", "720p")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Where it is, the cookie of the owner who has logged in, and the addresses of pages about one thing."""

    address: str
    cookie: dict[str, str]
    pages: dict[str, str]


@contextlib.contextmanager
def site() -> Iterator[Exhibit]:
    """The site, running; no worker does, so that a film half made stays so."""
    address = f"http://127.0.0.1:{free_port()}"
    os.environ |= {"DATABASE_URL": _database(), "MEDIA_ROOT": str(FOLDER / "media"), "SITE_URL": address}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "litink.settings", "STATIC_COLLECTED": "1"}
    _filmed()
    cookie, pages = _furnished()
    command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", address.rpartition(":")[2]]
    with (FOLDER / "site.log").open("wb") as log:
        process = subprocess.Popen([*command, "litink.asgi:application"], cwd=ROOT, stdout=log, stderr=log)
    try:
        _until_it_answers(address)
        yield Exhibit(address, {**cookie, "url": address}, pages)
    finally:
        process.terminate()
        process.wait(20)


def _database() -> str:
    """The URL of the exhibit's database in the server that the settings name."""
    import psycopg
    from psycopg import sql

    from litink import embedded

    admin = os.environ.get("DATABASE_URL") or embedded.database_url(VAR / "postgres")
    with psycopg.connect(admin, autocommit=True) as server:
        if not MADE.exists():  # with its files went what its rows tell of
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    return urlsplit(admin)._replace(path=f"/{NAME}").geturl()


def _filmed() -> None:
    """The film of the tale, as `make demo` makes it, once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    manage = [sys.executable, str(ROOT / "manage.py")]
    _run([*manage, "migrate", "-v", "0"])
    if not MADE.exists():
        say("Making a film to show (a minute or two)")
        _run([*manage, "demo", *FILM, "--out", str(FOLDER / "film")])
    _run([*manage, "collectstatic", "-v", "0", "--no-input"])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"{' '.join(command[1:3])} failed: {(done.stderr or done.stdout)[-1500:]}")


def _furnished() -> tuple[dict[str, str], dict[str, str]]:
    import django

    django.setup()
    from tools import furniture

    return furniture.set_up()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _until_it_answers(address: str) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
            return
        time.sleep(0.1)
    raise Trouble(f"the site did not start; see {Path(FOLDER) / 'site.log'}")
