"""The support desk, money: tiers given by staff, plans, films reserved, and the ledger of calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import User, Workspace
from accounts.support import Given, GivenForm, Panel, ReadOnly, Workspaced, link, listed, register_panel
from billing import admin_costs, overrides, quotas
from billing.entitlements import tier as tier_of
from billing.models import Plan, Reservation, TierOverride, Usage

__all__ = ["admin_costs"]  # registers its own


def _plan_rows(workspaces: Sequence[int]) -> list[tuple[Any, ...]]:
    """What is in force, and where it comes from."""
    since = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = []
    for workspace in Workspace.objects.filter(pk__in=workspaces).order_by("pk")[:20]:
        now = tier_of(workspace)
        spent = Usage.objects.filter(workspace=workspace, at__gte=since).aggregate(n=Sum("cost_usd", default=0))["n"]
        films = f"{quotas.used(workspace)} of {'no limit' if now.films is None else now.films}"
        calls = listed(Usage, f"${spent:.2f}", workspace=workspace.pk)
        rows.append((link(workspace), now.name, films, calls, _overrides(workspace)))
    return rows


def _overrides(workspace: Workspace) -> SafeString:
    active = TierOverride.objects.active().filter(workspace=workspace)  # type: ignore[attr-defined]
    add = f"{reverse('admin:billing_tieroverride_add')}?workspace={workspace.pk}"
    give = format_html('<a href="{}">Give another tier or limit</a>', add)
    return format_html_join(" · ", "{}", ((part,) for part in [*(link(row) for row in active), give]))


register_panel(
    Panel("Plan", ("workspace", "tier in force", "films this month", "calls this month", "overrides"), _plan_rows)
)


class OverrideForm(GivenForm):
    """A tier, or one limit with its value."""

    limit = forms.ChoiceField(required=False, choices=[("", "–"), *((name, name) for name in overrides.LIMITS)])
    value = forms.CharField(required=False, help_text="Of the limit: a number, true or false, 1080p; none is no limit.")

    class Meta:
        model = TierOverride
        fields = ("workspace", "tier", "limit", "value", "until", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "tier" not in self.fields:  # it stands: only its end may change
            return data
        if bool(data.get("tier")) == bool(data.get("limit")):
            raise forms.ValidationError("Give a tier, or one limit with its value.")
        if data.get("limit"):
            try:
                data["value"] = overrides.as_limit(data["limit"], data.get("value"))
            except ValueError as wrong:
                self.add_error("value", str(wrong))
        return data


@admin.register(TierOverride)
class OverrideAdmin(Given, Workspaced):
    form = OverrideForm
    list_display = ("id", "of", "gives", "until", "in_force", "reason", "by", "created")
    list_select_related = ("workspace", "by")
    list_filter = ("tier", "limit")
    search_fields = ("workspace__name", "workspace__memberships__user__email", "reason", "by__email")
    autocomplete_fields = ("workspace",)
    ordering = ("-created", "-pk")
    fields = ("workspace", "tier", "limit", "value", "until", "reason")

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"workspace": request.GET.get("workspace", "")}

    def give(self, row: TierOverride, given: dict[str, Any], by: User) -> TierOverride:
        return overrides.give(by=by, **given)

    def finish(self, row: TierOverride, by: User, reason: str) -> None:
        overrides.end(row, by=by, reason=reason)

    def gives(self, row: TierOverride) -> str:
        return row.tier or f"{row.limit}: {row.value}"


@admin.register(Plan)
class PlanAdmin(ReadOnly):
    list_display = ("workspace", "tier", "since", "until")
    list_select_related = ("workspace",)
    list_filter = ("tier",)
    search_fields = ("workspace__name", "workspace__memberships__user__email")
    ordering = ("-since", "-pk")


@admin.register(Reservation)
class ReservationAdmin(ReadOnly):
    list_display = ("key", "workspace", "month", "state", "seconds", "created", "changed")
    list_select_related = ("workspace",)
    list_filter = ("state", "month")
    search_fields = ("key", "workspace__name")
    ordering = ("-created", "-pk")


@admin.register(Usage)
class UsageAdmin(ReadOnly):
    """Ids and figures alone: no word of a manuscript is in the ledger."""

    list_display = (
        "at", "workspace", "capability", "provider", "model", "tier", "units", "unit", "cost_usd", "latency_ms", "outcome",
        "run", "step",
    )  # fmt: skip
    list_select_related = ("workspace",)
    list_filter = ("capability", "provider", "tier", "outcome", "at")
    search_fields = ("=run", "=project", "=step", "workspace__name", "model", "vendor_id")
    ordering = ("-at", "-pk")
    lookups = ("run", "workspace", "project")
