"""A vendor account's requests a minute and calls at a time, held over all workers in PostgreSQL."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from pipeline.models import Allowance, Slot
from pipeline.routing.catalogue import Limits

BUSY = 1.0  # seconds until one asks again for a slot that others hold
BURST = 10.0  # seconds' worth of requests that may come at once


def _lock(key: str) -> None:
    number = int(hashlib.sha256(key.encode()).hexdigest()[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@transaction.atomic
def take(key: str, limits: Limits, *, holder: str, seconds: float) -> float:
    """Take a slot and a request of the account. 0.0 when it may go, else the seconds to wait; then nothing was taken."""
    _lock(key)
    now = timezone.now()
    row = Allowance.objects.filter(key=key).first() or Allowance(key=key, tokens=_most(limits), at=now)
    if row.blocked_until and row.blocked_until > now:
        return (row.blocked_until - now).total_seconds()
    Slot.objects.filter(key=key, until__lt=now).delete()
    if Slot.objects.filter(key=key).exclude(holder=holder).count() >= limits.concurrent:
        return BUSY
    wait = _draw(row, limits, now)
    if wait:
        return wait
    row.save()
    until = now + timedelta(seconds=seconds)
    Slot.objects.update_or_create(holder=holder, defaults={"key": key, "until": until})
    return 0.0


def _most(limits: Limits) -> float:
    return max(1.0, limits.per_minute * BURST / 60)


def _draw(row: Allowance, limits: Limits, now: datetime) -> float:
    """Take one request from the bucket, or say when there is one."""
    rate = limits.per_minute / 60
    filled = min(_most(limits), row.tokens + max(0.0, (now - row.at).total_seconds()) * rate)
    if filled < 1:
        return (1 - filled) / rate
    row.tokens, row.at = filled - 1, now
    return 0.0


def keep(holder: str, seconds: float) -> None:
    """The call goes on for so long: a job that was submitted holds its slot until it ends."""
    Slot.objects.filter(holder=holder).update(until=timezone.now() + timedelta(seconds=seconds))


def give_back(holder: str) -> None:
    Slot.objects.filter(holder=holder).delete()


@transaction.atomic
def block(key: str, seconds: float) -> None:
    """The vendor told us to wait: every worker does."""
    _lock(key)
    until = timezone.now() + timedelta(seconds=seconds)
    row, made = Allowance.objects.get_or_create(
        key=key, defaults={"tokens": 1.0, "at": timezone.now(), "blocked_until": until}
    )
    if not made and (row.blocked_until is None or row.blocked_until < until):
        Allowance.objects.filter(pk=row.pk).update(blocked_until=until)
