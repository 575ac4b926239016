"""How much of the month's films is used."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Workspace
from billing import quotas
from billing.entitlements import limit, tier

register = template.Library()


@register.inclusion_tag("billing/meter.html")
def film_meter(workspace: Workspace) -> dict[str, Any]:
    """Films used of those allowed, small, for the bar of every page."""
    return {"used": quotas.used(workspace), "allowed": limit(workspace, "films"), "tier": tier(workspace)}
