"""Staff put another route in a tier's place, until a day, with a reason; each is a row of the records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from pipeline.models import RouteOverride
from pipeline.providers.vendors import VENDORS


def parsed(capability: str, typed: str) -> list[str]:
    """A route as typed, one "vendor:model" a line or between commas. ValueError names what can't be in it."""
    named = [one.strip() for one in typed.replace(",", "\n").splitlines() if one.strip()]
    for one in named:
        vendor, colon, model = one.partition(":")
        if not colon or not model:
            raise ValueError(f"“{one}” is no model: write vendor:model, for instance openrouter:openai/gpt-4o.")
        if vendor not in VENDORS:
            raise ValueError(f"There is no provider “{vendor}”; there is {', '.join(VENDORS)}.")
        if capability not in VENDORS[vendor].capabilities:
            raise ValueError(f"{VENDORS[vendor].name} can't do {capability}.")
    return list(dict.fromkeys(named))


@transaction.atomic
def give(
    *, capability: str, tier: str, route: list[str], until: datetime | None, reason: str, by: User | None
) -> RouteOverride:
    row = RouteOverride.objects.create(capability=capability, tier=tier, route=route, until=until, reason=reason, by=by)
    _record(row, "route.override_given", by, reason, until=until.isoformat() if until else "")
    return row


@transaction.atomic
def end(row: RouteOverride, *, by: User | None, reason: str) -> bool:
    """From now on the tier has its own route again. False when it had ended already."""
    now = timezone.now()
    if row.until is not None and row.until <= now:
        return False
    RouteOverride.objects.filter(pk=row.pk).update(until=now)
    _record(row, "route.override_ended", by, reason)
    return True


def _record(row: RouteOverride, action: str, by: User | None, reason: str, **facts: Any) -> None:
    named = {"capability": row.capability, "tier": row.tier or "every tier", "route": row.route}
    audit(by, action, subject=f"route override {row.pk}", reason=reason, **named, **facts)
