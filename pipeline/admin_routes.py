"""The support desk, providers: routes put in a tier's place, circuits, jobs at vendors, workspaces' own keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from accounts.models import User
from accounts.support import Given, GivenForm, ReadOnly, Workspaced, tables
from billing.plans import TIERS
from pipeline.models import Circuit, ClonedVoice, OwnKey, RouteOverride, VendorJob
from pipeline.routing import health, overrides
from pipeline.routing.routes import MADE_WITH_KEYS


class RouteForm(GivenForm):
    capability = forms.ChoiceField(choices=[(name, name) for name in MADE_WITH_KEYS])
    tier = forms.ChoiceField(required=False, choices=[("", "every tier"), *((key, key) for key in TIERS)])
    route = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 4, "cols": 70}),
        help_text="One vendor:model a line, the first one first. Empty: this machine alone.",
    )

    class Meta:
        model = RouteOverride
        fields = ("capability", "tier", "route", "until", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            data["route"] = overrides.parsed(data.get("capability", ""), data.get("route", ""))
        except ValueError as wrong:
            self.add_error("route", str(wrong))
        return data


@admin.register(RouteOverride)
class RouteOverrideAdmin(Given):
    form = RouteForm
    list_display = ("id", "capability", "tiers", "models", "until", "in_force", "reason", "by", "created")
    list_select_related = ("by",)
    list_filter = ("capability", "tier")
    search_fields = ("reason", "by__email")
    ordering = ("-created", "-pk")
    fields = ("capability", "tier", "route", "until", "reason")
    change_list_template = "admin/pipeline/routeoverride/change_list.html"

    def give(self, row: RouteOverride, given: dict[str, Any], by: User) -> RouteOverride:
        return overrides.give(by=by, **given)

    def finish(self, row: RouteOverride, by: User, reason: str) -> None:
        overrides.end(row, by=by, reason=reason)

    @admin.display(description="tier")
    def tiers(self, row: RouteOverride) -> str:
        return row.tier or "every tier"

    @admin.display(description="route")
    def models(self, row: RouteOverride) -> str:
        return " → ".join(row.route) or "this machine alone"

    def get_urls(self) -> Any:
        own = path("providers/", self.admin_site.admin_view(self.providers), name="pipeline_providers")
        return [own, *super().get_urls()]

    def providers(self, request: HttpRequest) -> HttpResponse:
        """What `manage.py providers` tells."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        head = ("provider", "capability", "configured", "circuit", "calls in a day", "faults", "used for")
        rows = [
            (
                row.name, row.capability, "yes" if row.configured else "no",
                f"{row.circuit} {row.reason}".strip(), row.calls, row.faults,
                "; ".join(f"{model or 'last of every route'}: {', '.join(tiers)}" for model, tiers in row.uses.items()),
            )
            for row in health.standings()
        ]  # fmt: skip
        context = {**self.admin_site.each_context(request), "title": "Providers", "opts": self.opts}
        shown = tables([("", head, rows)])
        return TemplateResponse(request, "admin/pipeline/routeoverride/providers.html", context | {"shown": shown})


@admin.register(Circuit)
class CircuitAdmin(ReadOnly):
    list_display = ("key", "faults", "trips", "until", "probing", "last_fault", "reason")
    search_fields = ("key",)
    ordering = ("-last_fault",)


@admin.register(VendorJob)
class VendorJobAdmin(Workspaced):
    """The address by which the vendor tells of it stays secret."""

    list_display = ("id", "of", "choice", "capability", "step", "submitted", "polls", "faults", "closed")
    list_filter = ("capability", "closed")
    search_fields = ("=step", "=usage", "choice", "workspace__name")
    ordering = ("-pk",)
    exclude = ("token",)


@admin.register(OwnKey)
class OwnKeyAdmin(ReadOnly):
    """That there is one, since when and by whom; the key itself is nobody's to see."""

    list_display = ("vendor", "workspace", "hint", "tested", "created", "created_by")
    list_select_related = ("workspace", "created_by")
    list_filter = ("vendor",)
    search_fields = ("workspace__name", "created_by__email")
    ordering = ("-created",)
    exclude = ("secret",)


@admin.register(ClonedVoice)
class ClonedVoiceAdmin(ReadOnly):
    """Whose voice, and the consent to it: kept after the voice is gone."""

    list_display = ("name", "speaker", "workspace", "consent_email", "consent_at", "deleted")
    list_select_related = ("workspace",)
    search_fields = ("name", "speaker", "workspace__name", "consent_email")
    ordering = ("-consent_at",)
