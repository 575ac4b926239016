"""A vendor's capability that keeps failing is left alone for a while; then one call probes whether it is back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from pipeline.models import Circuit

OPENS_AT = 5  # faults in a row
FORGOTTEN = timedelta(minutes=5)  # faults further apart are not in a row
FIRST, LONGEST = 20.0, 600.0  # seconds it stays open: doubled with each time in a row
PROBE = timedelta(seconds=120)  # a probe that has not answered by then is lost


def allows(key: str) -> bool:
    """Whether the vendor may be asked. Of an open circuit whose time is up, one caller gets True: the probe."""
    row = Circuit.objects.filter(key=key).first()
    if row is None or row.until is None:
        return True
    now = timezone.now()
    due = Circuit.objects.filter(Q(probing=None) | Q(probing__lt=now), key=key, until__lte=now)
    return bool(due.update(probing=now + PROBE))


def succeeded(key: str) -> None:
    """Close it. Writes only where there was a fault before."""
    Circuit.objects.filter(key=key).exclude(faults=0, until=None).update(
        faults=0, trips=0, until=None, probing=None, reason=""
    )


def failed(key: str, reason: str) -> bool:
    """Count a fault; True when it is open now."""
    now = timezone.now()
    Circuit.objects.get_or_create(key=key)
    Circuit.objects.filter(key=key, last_fault__lt=now - FORGOTTEN, until=None).update(faults=0)
    rows = Circuit.objects.filter(key=key)
    rows.update(faults=F("faults") + 1, last_fault=now, reason=reason[:200])
    row = rows.get()
    if row.faults < OPENS_AT and not row.probing:
        return row.until is not None
    seconds = min(LONGEST, FIRST * 2 ** min(row.trips, 10))
    turn = rows.filter(trips=row.trips).filter(Q(until=None) | Q(until__lte=now))
    turn.update(until=now + timedelta(seconds=seconds), trips=F("trips") + 1, probing=None)
    return True
