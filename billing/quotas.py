"""Reserve, settle, release: a film of the month's quota is taken before the work and given back when it fails."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Workspace
from billing.entitlements import limit
from billing.models import Reservation

State = Reservation.State


class QuotaExceeded(Exception):
    """The month's films are used up. `used` of `allowed`."""

    def __init__(self, used: int, allowed: int) -> None:
        super().__init__(f"{used} of {allowed} films used this month")
        self.used, self.allowed = used, allowed


def month() -> date:
    return timezone.now().date().replace(day=1)


def used(workspace: Workspace) -> int:
    """Films reserved or delivered this month."""
    return Reservation.objects.filter(workspace=workspace, month=month()).exclude(state=State.RELEASED).count()


@transaction.atomic
def reserve(workspace: Workspace, *, key: str) -> Reservation:
    """Take one film, or raise QuotaExceeded. The workspace's row is the lock: 100 at once against 1 left start one."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    existing = Reservation.objects.filter(key=key).exclude(state=State.RELEASED).first()
    if existing:
        return existing
    allowed = limit(workspace, "films")
    taken = used(workspace)
    if allowed is not None and taken >= allowed and not limit(workspace, "soft"):
        raise QuotaExceeded(taken, allowed)
    row, _ = Reservation.objects.update_or_create(
        key=key,
        defaults={"workspace": workspace, "month": month(), "state": State.RESERVED, "changed": timezone.now()},
    )
    return row


def _move(key: str, state: str, **changes: object) -> bool:
    rows = Reservation.objects.filter(key=key, state=State.RESERVED)
    return bool(rows.update(state=state, changed=timezone.now(), **changes))


def settle(key: str, *, seconds: int = 0) -> bool:
    """The film was delivered. False when somebody was first."""
    return _move(key, State.SETTLED, seconds=seconds)


def release(key: str) -> bool:
    """The film failed or was cancelled: it is given back."""
    return _move(key, State.RELEASED)
