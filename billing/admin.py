"""The support desk, money: tiers given by staff, plans, films reserved, and the ledger of calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Workspace
from accounts.support import Panel, ReadOnly, ReasonForm, link, listed, register_panel, staff
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


class OverrideForm(forms.ModelForm):
    """A tier, or one limit with its value."""

    limit = forms.ChoiceField(required=False, choices=[("", "–"), *((name, name) for name in overrides.LIMITS)])
    value = forms.CharField(required=False, help_text="Of the limit: a number, true or false, 1080p; none is no limit.")

    class Meta:
        model = TierOverride
        fields = ("workspace", "tier", "limit", "value", "until", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "tier" not in self.fields:  # it stands: only its end may change
            return data
        if bool(data.get("tier")) == bool(data.get("limit")):
            raise forms.ValidationError("Give a tier, or one limit with its value.")
        if data.get("until") and data["until"] <= timezone.now():
            self.add_error("until", "This lies in the past.")
        if data.get("limit"):
            try:
                data["value"] = overrides.as_limit(data["limit"], data.get("value"))
            except ValueError as wrong:
                self.add_error("value", str(wrong))
        return data


@admin.register(TierOverride)
class OverrideAdmin(ReadOnly):
    """Given by its form, ended by its button or by itself; both with a reason."""

    form = OverrideForm
    list_display = ("id", "of", "gives", "until", "in_force", "reason", "by", "created")
    list_select_related = ("workspace", "by")
    list_filter = ("tier", "limit")
    search_fields = ("workspace__name", "workspace__memberships__user__email", "reason", "by__email")
    autocomplete_fields = ("workspace",)
    ordering = ("-created", "-pk")
    fields = ("workspace", "tier", "limit", "value", "until", "reason")
    change_form_template = "admin/billing/tieroverride/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *(("by", "created", "in_force") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "by", "created", "in_force") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"workspace": request.GET.get("workspace", "")}

    def save_model(self, request: HttpRequest, obj: TierOverride, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("tier", "limit", "value", "until", "reason")}
        made = overrides.give(obj.workspace, by=staff(request), **given)
        obj.pk = made.pk

    @admin.display(description="workspace", ordering="workspace__name")
    def of(self, row: TierOverride) -> SafeString | str:
        return link(row.workspace)

    def gives(self, row: TierOverride) -> str:
        return row.tier or f"{row.limit}: {row.value}"

    @admin.display(boolean=True)
    def in_force(self, row: TierOverride) -> bool:
        return row.until is None or row.until > timezone.now()

    def get_urls(self) -> Any:
        own = path("<int:pk>/end/", self.admin_site.admin_view(self.end), name="billing_tieroverride_end")
        return [own, *super().get_urls()]

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        row = get_object_or_404(TierOverride.objects.select_related("workspace"), pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            overrides.end(row, by=staff(request), reason=form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse("admin:billing_tieroverride_change", args=[pk]))
        context = {**self.admin_site.each_context(request), "form": form, "original": row, "opts": self.opts}
        return TemplateResponse(request, "admin/ask_reason.html", context | {"title": f"End {row}", "send": "End now"})


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

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in ("run", "workspace", "project") or super().lookup_allowed(lookup, value, request)
