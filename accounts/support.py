"""What every support page in the admin is made of: rows that can't be changed, links between them, reasons, records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
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
    """Truth that the product computes: to be looked at, never typed."""

    list_per_page = 50
    show_full_result_count = False  # a count of every row for one line of text

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
