"""The site and its workers in one terminal; one Ctrl-C stops all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from litink import embedded
from pipeline.management import filming
from pipeline.processes import dies_with_parent


class Command(BaseCommand):
    help = "Starts daphne and the workers; Ctrl-C stops both and the embedded database."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        filming.prepare()
        filming.local_workspace()
        call_command("collectstatic", verbosity=0, interactive=False)
        os.environ["STATIC_COLLECTED"] = "1"
        address = f"http://{options['host']}:{options['port']}/"
        web = ["-m", "daphne", "-b", options["host"], "-p", str(options["port"]), "litink.asgi:application"]
        parts = [_start(web), _start([str(settings.BASE_DIR / "manage.py"), "work"])]
        self.stdout.write(f"LitinkAI is at {address}")
        self.stdout.write(f"Log in as {filming.DEMO_EMAIL} with the password: {filming.DEMO_PASSWORD}")
        self.stdout.write("Ctrl-C stops it.")
        code = _until_one_ends(parts)
        if settings.EMBEDDED_DATABASE:
            embedded.stop(Path(settings.EMBEDDED_DATABASE))
        sys.exit(code)


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, start_new_session=True, preexec_fn=dies_with_parent
    )


def _until_one_ends(parts: list[subprocess.Popen[bytes]]) -> int:
    stopping: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, frame: stopping.append(number))
    while not stopping and all(part.poll() is None for part in parts):
        time.sleep(0.2)
    failed = [part.returncode for part in parts if part.poll() is not None]
    for part in parts:
        if part.poll() is None:
            part.terminate()
    for part in parts:
        try:
            part.wait(15)
        except subprocess.TimeoutExpired:
            part.kill()
    return 0 if stopping else next((code for code in failed if code), 1)
