"""The one question: limit(workspace, "...")."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from accounts.models import Workspace
from billing.models import Plan, TierOverride
from billing.plans import TIERS, Tier

_LIMITS = {field.name for field in fields(Tier)} - {"key", "name", "price"}


def tier(workspace: Workspace) -> Tier:
    """The tier in force now, Free without any: the newest staff override of it before the plan, single limits over both."""
    overrides = list(TierOverride.objects.active().filter(workspace=workspace).order_by("created", "pk"))
    given = [row.tier for row in overrides if row.tier]
    plan = None if given else Plan.objects.filter(workspace=workspace).first()
    base = TIERS[given[-1] if given else plan.tier if plan else "free"]
    single = {row.limit: _value(row) for row in overrides if row.limit in _LIMITS}
    return replace(base, **single) if single else base


def _value(row: TierOverride) -> Any:
    """Money is kept in JSON as a number."""
    return Decimal(str(row.value)) if row.limit.endswith("_usd") and row.value is not None else row.value


def limit(workspace: Workspace, name: str) -> Any:
    """The value of one limit by its name in plans.Tier; None is no limit. AttributeError for a name that is none."""
    return getattr(tier(workspace), name)
