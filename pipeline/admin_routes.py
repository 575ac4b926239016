"""The support desk, providers: routes put in a tier's place, circuits, jobs at vendors, workspaces' own keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.support import ReadOnly, ReasonForm, link, staff, tables
from billing.plans import TIERS
from pipeline.models import Circuit, ClonedVoice, OwnKey, RouteOverride, VendorJob
from pipeline.routing import health, overrides
from pipeline.routing.routes import MADE_WITH_KEYS


class RouteForm(forms.ModelForm):
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
        data = super().clean() or {}
        if data.get("until") and data["until"] <= timezone.now():
            self.add_error("until", "This lies in the past.")
        try:
            data["route"] = overrides.parsed(data.get("capability", ""), data.get("route", ""))
        except ValueError as wrong:
            self.add_error("route", str(wrong))
        return data


@admin.register(RouteOverride)
class RouteOverrideAdmin(ReadOnly):
    """Given by its form, ended by its button or by itself; both with a reason."""

    form = RouteForm
    list_display = ("id", "capability", "tiers", "models", "until", "in_force", "reason", "by", "created")
    list_select_related = ("by",)
    list_filter = ("capability", "tier")
    search_fields = ("reason", "by__email")
    ordering = ("-created", "-pk")
    fields = ("capability", "tier", "route", "until", "reason")
    change_form_template = "admin/pipeline/routeoverride/change_form.html"
    change_list_template = "admin/pipeline/routeoverride/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *(("by", "created", "in_force") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "by", "created", "in_force") if obj else ()

    def save_model(self, request: HttpRequest, obj: RouteOverride, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in self.fields}
        obj.pk = overrides.give(by=staff(request), **given).pk

    @admin.display(description="tier")
    def tiers(self, row: RouteOverride) -> str:
        return row.tier or "every tier"

    @admin.display(description="route")
    def models(self, row: RouteOverride) -> str:
        return " → ".join(row.route) or "this machine alone"

    @admin.display(boolean=True)
    def in_force(self, row: RouteOverride) -> bool:
        return row.until is None or row.until > timezone.now()

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/end/", view(self.end), name="pipeline_routeoverride_end"),
            path("providers/", view(self.providers), name="pipeline_providers"),
            *super().get_urls(),
        ]

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        row = get_object_or_404(RouteOverride, pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            overrides.end(row, by=staff(request), reason=form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse("admin:pipeline_routeoverride_change", args=[pk]))
        context = {**self.admin_site.each_context(request), "form": form, "original": row, "opts": self.opts}
        return TemplateResponse(request, "admin/ask_reason.html", context | {"title": f"End {row}", "send": "End now"})

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
class VendorJobAdmin(ReadOnly):
    """The address by which the vendor tells of it stays secret."""

    list_display = ("id", "of_workspace", "choice", "capability", "step", "submitted", "polls", "faults", "closed")
    list_select_related = ("workspace",)
    list_filter = ("capability", "closed")
    search_fields = ("=step", "=usage", "choice", "workspace__name")
    ordering = ("-pk",)
    exclude = ("token",)

    @admin.display(description="workspace", ordering="workspace__name")
    def of_workspace(self, row: VendorJob) -> SafeString | str:
        return link(row.workspace)


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
