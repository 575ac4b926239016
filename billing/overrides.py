"""Staff give a workspace another tier, or one other limit, for a while: each with a reason and a row of the records."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from django.db import transaction
from django.utils import timezone

from accounts.models import User, Workspace
from accounts.services import audit
from billing.models import TierOverride
from billing.plans import CATALOGUE, TIERS, Tier

FIXED = ("key", "name", "price")
LIMITS = tuple(field.name for field in fields(Tier) if field.name not in FIXED)
_TYPES = get_type_hints(Tier)
_EMPTY = (None, "", "none", "null")


def as_limit(name: str, value: Any) -> Any:
    """`value` as the limit `name` wants it: a number, true or false, a resolution; None is no limit. ValueError else."""
    if name not in LIMITS:
        raise ValueError(f"There is no limit “{name}”; there is {', '.join(LIMITS)}.")
    kind = _TYPES[name]
    if value in _EMPTY and kind not in (bool, str):
        if kind is int:
            raise ValueError(f"{name} is a whole number.")
        return None
    if kind is bool:
        return _true_or_false(name, value)
    if kind is str:
        known = list(dict.fromkeys(getattr(tier, name) for tier in CATALOGUE))
        if value not in known:
            raise ValueError(f"{name} is one of {', '.join(known)}.")
        return value
    return _number(name, value, whole=Decimal not in getattr(kind, "__args__", ()))


def _true_or_false(name: str, value: Any) -> bool:
    said = str(value).lower()
    if said not in ("true", "false"):
        raise ValueError(f"{name} is true or false.")
    return said == "true"


def _number(name: str, value: Any, *, whole: bool) -> int | float:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{name} is a number.") from None
    if isinstance(value, bool) or not number.is_finite() or number < 0 or (whole and number != int(number)):
        raise ValueError(f"{name} is {'a whole number' if whole else 'a number'} from 0 up.")
    return int(number) if whole else float(number)


def check(*, until: datetime | None = None, tier: str = "", limit: str = "", value: Any = None) -> Any:
    """The value of the limit as it would be kept. ValueError says what can't be."""
    if bool(tier) == bool(limit):
        raise ValueError("Give a tier, or one limit with its value.")
    if tier and tier not in TIERS:
        raise ValueError(f"There is no tier “{tier}”; there is {', '.join(TIERS)}.")
    if until is not None and until <= timezone.now():
        raise ValueError("Its end lies in the past.")
    return as_limit(limit, value) if limit else None


@transaction.atomic
def give(
    workspace: Workspace,
    *,
    by: User | None,
    reason: str,
    until: datetime | None = None,
    tier: str = "",
    limit: str = "",
    value: Any = None,
    **facts: Any,
) -> TierOverride:
    """Another tier, or another value of one limit, and the record of it. ValueError says what can't be."""
    value = check(until=until, tier=tier, limit=limit, value=value)
    row = TierOverride.objects.create(
        workspace=workspace, tier=tier, limit=limit, value=value, until=until, reason=reason, by=by
    )
    named = {"tier": tier} if tier else {"limit": limit, "value": value}
    record(row, "tier.override", by=by, reason=reason, until=until.isoformat() if until else "", **named, **facts)
    return row


def end(row: TierOverride, *, by: User | None, reason: str, **facts: Any) -> bool:
    """Over from now on. False when it was already."""
    if not TierOverride.objects.active().filter(pk=row.pk).update(until=timezone.now()):  # type: ignore[attr-defined]
        return False
    record(row, "tier.override_ended", by=by, reason=reason, **facts)
    return True


def record(row: TierOverride, action: str, *, by: User | None, reason: str, **facts: Any) -> None:
    audit(by, action, workspace=row.workspace, subject=f"workspace {row.workspace_id}", reason=reason, **facts)
