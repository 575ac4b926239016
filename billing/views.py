"""What the plan allows and what is used of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import member
from billing import quotas
from billing.entitlements import limit, tier
from billing.models import TierOverride
from billing.plans import CATALOGUE


@member()
def plan(request: HttpRequest) -> HttpResponse:
    workspace = request.membership.workspace
    context = {
        "tier": tier(workspace),
        "tiers": CATALOGUE,
        "used": quotas.used(workspace),
        "allowed": limit(workspace, "films"),
        "override": TierOverride.objects.active().filter(workspace=workspace).first(),
    }
    return render(request, "billing/plan.html", context)
