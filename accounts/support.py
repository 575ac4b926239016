"""What every support page in the admin is made of: rows that can't be changed, links between them, reasons, records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.services import audit

REASON = 300  # characters


class ReasonForm(forms.Form):
    """Nothing is done for a customer without saying why."""

    reason = forms.CharField(
        max_length=REASON, help_text="Who asked, and why. Kept in the records.", widget=forms.TextInput({"size": 80})
    )


class ReadOnly(admin.ModelAdmin):
    """Truth that the product computes: to be looked at, never typed. `lookups` narrow its list by links from elsewhere."""

    list_per_page = 50
    show_full_result_count = False  # a count of every row for one line of text
    lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in self.lookups or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Audited(ReadOnly):
    """Some fields may be changed, with a reason; each change is a row of the records. `subject` names the row in it."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def subject(self, obj: Any) -> str:
        return f"{obj._meta.model_name} {obj.pk}"

    def workspace(self, obj: Any) -> Any:
        return getattr(obj, "workspace", None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        fields = sorted(set(form.changed_data) - {"reason"})
        record(
            staff(request),
            f"{obj._meta.model_name}.{'changed' if change else 'added'}",
            workspace=self.workspace(obj),
            subject=self.subject(obj),
            reason=form.cleaned_data.get("reason", ""),
            **{name: str(form.cleaned_data[name])[:200] for name in fields},
        )


class Workspaced(ReadOnly):
    """Rows of a workspace, with a link to it."""

    list_select_related: Any = ("workspace",)
    lookups: tuple[str, ...] = ("workspace", "workspace__in")

    @admin.display(description="workspace", ordering="workspace__name")
    def of(self, row: Any) -> SafeString | str:
        return link(row.workspace)


class GivenForm(forms.ModelForm):
    """What is given until a day: the day is to come."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("until") and data["until"] <= timezone.now():
            self.add_error("until", "This lies in the past.")
        return data


class Given(ReadOnly):
    """Given by its form, ended by its button or by itself; both with a reason.

    Rows have `until`, `reason`, `by` and `created`; `give` and `finish` do it, and write the records.
    """

    fields: tuple[str, ...] = ()
    change_form_template = "admin/given_form.html"

    def give(self, row: Any, given: dict[str, Any], by: User) -> Any:
        """The new row, from what its form gave."""
        raise NotImplementedError

    def finish(self, row: Any, by: User, reason: str) -> None:
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *(("by", "created", "in_force") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in self.fields}
        obj.pk = self.give(obj, given, staff(request)).pk

    @admin.display(boolean=True)
    def in_force(self, row: Any) -> bool:
        return row.until is None or row.until > timezone.now()

    def get_urls(self) -> Any:
        own = path("<int:pk>/end/", self.admin_site.admin_view(self.end), name=self._named("end"))
        return [own, *super().get_urls()]

    def _named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self.finish(row, staff(request), form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse(f"admin:{self._named('change')}", args=[pk]))
        context = {**self.admin_site.each_context(request), "form": form, "original": row, "opts": self.opts}
        return TemplateResponse(request, "admin/ask_reason.html", context | {"title": f"End {row}", "send": "End now"})


def staff(request: HttpRequest) -> User:
    """Who is at the desk: pages of the admin always know the member of staff, whomever they see the site as."""
    return request.user  # type: ignore[return-value]


record = audit


def link(row: Model | None, text: str = "") -> SafeString | str:
    """To the row's own page in the admin."""
    if row is None:
        return "–"
    meta = row._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, text or str(row))


def listed(model: type[Model], text: str, **lookup: Any) -> SafeString:
    """To the list of a model's rows that fit, by exact look-ups."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    query = "&".join(f"{name}={value}" for name, value in lookup.items())
    return format_html('<a href="{}?{}">{}</a>', address, query, text)


@dataclass(frozen=True, slots=True)
class Panel:
    """A small table on the page of a user and of a workspace: `rows` of some workspaces, by their ids."""

    title: str
    head: Sequence[str]
    rows: Callable[[Sequence[int]], Iterable[Sequence[Any]]]


PANELS: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Rooms above `accounts` add what they know of a workspace."""
    PANELS.append(panel)


def panels(workspaces: Sequence[int]) -> SafeString:
    return tables([(panel.title, panel.head, list(panel.rows(workspaces))) for panel in PANELS])


def tables(shown: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> SafeString:
    """(title, head, rows) each as a table of the admin's own look."""
    return render_to_string("admin/tables.html", {"tables": list(shown)})
