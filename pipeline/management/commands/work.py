"""Starts the workers of both lanes and keeps them alive; the sweep runs here."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import psutil
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from accounts.services import purge_due
from pipeline import aggregates, engine
from pipeline.checks import models_in_use
from pipeline.models import Worker
from pipeline.processes import dies_with_parent
from pipeline.routing import jobs

SWEEP = 3.0  # seconds
BEAT = 5.0
PURGE = 24 * 3600.0


class Lane:
    """One django-q2 cluster in a process group of its own.

    django-q2 freezes when one of its processes is killed from outside: so the set of its processes is watched, and
    when one is gone the whole lane starts anew. Leases bring back what it was doing.
    """

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "lane"],
            env=os.environ | {"Q_CLUSTER_NAME": self.name},
            start_new_session=True,
            preexec_fn=dies_with_parent,
        )
        self.size = 0

    def family(self) -> int:
        try:
            own = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return 0
        return sum(1 for p in own if _command(p).endswith("manage.py lane") and p.status() != psutil.STATUS_ZOMBIE)

    def broken(self) -> bool:
        """Whether a process of it has gone since it stood complete."""
        if self.process.poll() is not None:
            return True
        now = self.family()
        self.size = max(self.size, now)
        return now < self.size

    def end(self) -> None:
        """Ask it to stop, without waiting."""
        if self.process.poll() is None:
            self.process.terminate()

    def stop(self, grace: float = 5.0) -> None:
        if self.process.poll() is None:
            self.end()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(grace)
        _kill_group(self.process.pid)
        self.process.wait()


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


class Command(BaseCommand):
    help = "Starts the workers of both lanes (calls, render); ends with Ctrl-C or SIGTERM."
    requires_system_checks = ()  # `manage.py check` holds them; here they only cost a second

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--lane", action="append", choices=["calls", "render"], help="only this lane")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        for message in models_in_use():
            self.stderr.write(f"{message.msg} {message.hint or ''}")
        lanes = [Lane(name) for name in options["lane"] or ["calls", "render"]]
        row = Worker.objects.create(
            name=f"{socket.gethostname()}:{os.getpid()}",
            lanes={lane.name: settings.Q_CLUSTER["ALT_CLUSTERS"][lane.name]["workers"] for lane in lanes},
        )
        try:
            self._watch(lanes, row)
        finally:
            for lane in lanes:
                lane.end()
            for lane in lanes:
                lane.stop()
            Worker.objects.filter(pk=row.pk).delete()

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _watch(self, lanes: list[Lane], row: Worker) -> None:
        beat = swept = purged = -PURGE
        while not self.stopping:
            now = time.monotonic()
            for lane in lanes:
                if lane.broken():
                    self.stderr.write(f"A process of lane {lane.name} is gone; the lane starts anew.")
                    lane.stop(grace=0.5)
                    lane.start()
            try:
                if now - swept > SWEEP:
                    engine.sweep()
                    swept = now
                if now - beat > BEAT:
                    Worker.objects.filter(pk=row.pk).update(seen=timezone.now())
                    beat = now
                if now - purged > PURGE:
                    purge_due()
                    jobs.close_lost()
                    aggregates.aggregate(aggregates.lately())
                    purged = now
            except Exception as fault:  # the database may be away for a moment
                self.stderr.write(f"sweep: {type(fault).__name__}")
                close_old_connections()
            time.sleep(0.25)
