"""Announces that a run changed: ids only, inside the caller's transaction, so a rolled back change is never told."""

from __future__ import annotations

from typing import Any

from django.db import connection

from pipeline.models import Event

CHANNEL = "litink_runs"


def announce(run_id: int) -> None:
    """Tell every listener that run `run_id` has something new. Arrives when the transaction commits."""
    _notify(str(run_id))


def desk(project_id: int) -> str:
    """What a project's script desk is announced as."""
    return f"desk-{project_id}"


def announce_desk(project_id: int) -> None:
    """Tell every open desk of the project that its script has something new."""
    _notify(desk(project_id))


def _notify(topic: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


def note(run_id: int, kind: str, *, stage: str = "", position: int = 0, **facts: Any) -> None:
    """One line of the run's log, by key and facts, and the announcement of it."""
    Event.objects.create(run_id=run_id, kind=kind, stage=stage, position=position, facts=facts)
    announce(run_id)
