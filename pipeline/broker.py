"""django-q2's broker on PostgreSQL, our way: by priority, not before its time, SKIP LOCKED, woken by LISTEN.

A bell is deleted when it is taken: losing one costs the seconds until the sweep rings again, never work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone
from django_q.brokers import Broker
from django_q.signing import SignedPackage

from pipeline.models import Doorbell

POLL = 1.0  # seconds a pusher waits at most before it looks at its stop event
TASK = "pipeline.tasks.work"
TAKE = """
DELETE FROM pipeline_doorbell WHERE id = (
  SELECT id FROM pipeline_doorbell WHERE lane = %s AND not_before <= clock_timestamp()
  ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, payload"""
NEXT = "SELECT extract(epoch FROM min(not_before) - clock_timestamp()) FROM pipeline_doorbell WHERE lane = %s"


def channel(lane: str) -> str:
    return f"litink_bell_{lane}"


class Doorbells(Broker):
    """The nine methods django-q2 asks of a broker; `list_key` is the lane."""

    _own: psycopg.Connection | None = None
    _pid = 0

    def enqueue(self, task: str) -> int:
        """A task that is no step's (django-q2's own door): rings once, at priority 0."""
        return Doorbell.objects.create(lane=self.list_key, step=-time.time_ns(), payload=task).pk

    def dequeue(self) -> list[tuple[int, str]] | None:
        """The most urgent bell that is due; waits up to POLL seconds for one."""
        own = self._connection()
        taken = own.execute(TAKE, [self.list_key]).fetchone()
        if taken is None:
            row = own.execute(NEXT, [self.list_key]).fetchone()
            due = POLL if row is None or row[0] is None else float(row[0])
            for _ in own.notifies(timeout=max(0.001, min(POLL, due)), stop_after=1):
                pass
            taken = own.execute(TAKE, [self.list_key]).fetchone()
        return [taken] if taken else None

    def _connection(self) -> psycopg.Connection:
        """A connection of this process' own: Django's is closed between tasks, and must not be shared over a fork."""
        if self._own is None or self._own.closed or self._pid != os.getpid():
            parameters = connection.get_connection_params()
            wanted = {k: parameters[k] for k in ("host", "port", "user", "password", "dbname") if parameters.get(k)}
            self._own, self._pid = psycopg.connect(**wanted, autocommit=True), os.getpid()
            self._own.execute(f"LISTEN {channel(self.list_key)}")
        return self._own

    def __getstate__(self) -> Any:
        return self.list_key, self._info

    def queue_size(self) -> int:
        return Doorbell.objects.filter(lane=self.list_key, not_before__lte=timezone.now()).count()

    def lock_size(self) -> int:
        return 0

    def delete(self, task_id: int) -> None:
        Doorbell.objects.filter(pk=task_id).delete()

    def purge_queue(self) -> int:
        return Doorbell.objects.filter(lane=self.list_key).delete()[0]

    def delete_queue(self) -> int:
        return self.purge_queue()

    def acknowledge(self, task_id: int) -> None:
        """Nothing to do: taking a bell removed it."""

    def fail(self, task_id: int) -> None:
        """Nothing to do: the step's own row says that it failed."""

    def ping(self) -> bool:
        return connection.is_usable() if connection.connection else True

    def info(self) -> str:
        return "PostgreSQL doorbells"


def ring(lane: str, steps: Iterable[int], *, priority: int = 0, not_before: datetime | None = None) -> None:
    """Wake a worker of `lane` for each step, when this transaction commits. A bell that hangs already is hastened."""
    due = not_before or timezone.now()
    bells = [Doorbell(lane=lane, step=s, payload=_payload(s), priority=priority, not_before=due) for s in steps]
    if not bells:
        return
    Doorbell.objects.bulk_create(
        bells,
        update_conflicts=True,
        unique_fields=["lane", "step"],
        update_fields=["priority", "not_before"],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel(lane)])


def _payload(step: int) -> str:
    name = f"step-{step}"
    return SignedPackage.dumps(
        {
            "id": name,
            "name": name,
            "func": TASK,
            "args": (step,),
            "kwargs": {},
            "started": timezone.now(),
            "save": False,
        }
    )
