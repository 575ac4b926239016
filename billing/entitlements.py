"""The one question: limit(workspace, "...")."""

from __future__ import annotations

from typing import Any

from accounts.models import Workspace
from billing.models import Plan, TierOverride
from billing.plans import TIERS, Tier


def tier(workspace: Workspace) -> Tier:
    """The tier in force now: a staff override before the plan, Free without either."""
    override = TierOverride.objects.active().filter(workspace=workspace).exclude(tier="").first()
    if override:
        return TIERS[override.tier]
    plan = Plan.objects.filter(workspace=workspace).first()
    return TIERS[plan.tier] if plan else TIERS["free"]


def limit(workspace: Workspace, name: str) -> Any:
    """The value of one limit by its name in plans.Tier; None is no limit. AttributeError for a name that is none."""
    override = TierOverride.objects.active().filter(workspace=workspace, limit=name).first()
    return override.value if override else getattr(tier(workspace), name)
