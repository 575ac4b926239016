"""The support desk, books and films: what there is, never a word of what is written in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.support import Panel, Workspaced, link, listed, register_panel
from projects.models import Asset, Project, Source


def _project_rows(workspaces: Sequence[int]) -> list[tuple[Any, ...]]:
    newest = Project.objects.filter(workspace__in=workspaces).select_related("source").order_by("-created", "-pk")[:10]
    rows: list[tuple[Any, ...]] = [(link(p), p.workflow, link(p.source, "book"), p.created) for p in newest]
    if workspaces:
        rows.append((listed(Project, "All films", workspace__in=",".join(map(str, workspaces))), "", "", ""))
    return rows


register_panel(Panel("Films", ("film", "workflow", "of", "created"), _project_rows))


def runs(text: str, **lookup: Any) -> SafeString:
    """To the list of runs; the room above is asked by address, not by import."""
    query = "&".join(f"{name}={value}" for name, value in lookup.items())
    return format_html('<a href="{}?{}">{}</a>', reverse("admin:pipeline_run_changelist"), query, text)


@admin.register(Project)
class ProjectAdmin(Workspaced):
    list_display = ("title", "id", "of", "workflow", "made", "created")
    list_select_related = ("workspace", "source")
    list_filter = ("workflow", "created")
    search_fields = ("=id", "title", "workspace__name", "workspace__memberships__user__email")
    ordering = ("-created", "-pk")
    lookups = (*Workspaced.lookups, "source")
    fields = readonly_fields = (
        "title",
        "of",
        "book",
        "workflow",
        "options",
        "cap_usd",
        "created",
        "created_by",
        "made",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        own = Project.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return super().get_queryset(request).annotate(n=Subquery(own.annotate(n=Count("runs")).values("n")))

    def book(self, project: Project) -> SafeString | str:
        return link(project.source)

    @admin.display(description="runs")
    def made(self, project: Any) -> SafeString:
        return runs(f"{project.n} runs", project=project.pk)


@admin.register(Source)
class SourceAdmin(Workspaced):
    """The book as a file: its title and figures."""

    list_display = ("title", "id", "of", "format", "language", "bytes", "rights", "created")
    list_filter = ("format", "rights", "language", "created")
    search_fields = ("=id", "title", "name", "workspace__name", "workspace__memberships__user__email")
    ordering = ("-created", "-pk")
    fields = readonly_fields = (
        "title", "authors", "of", "name", "format", "language", "bytes", "sha256", "rights", "warnings", "created", "chapters",
        "films",
    )  # fmt: skip

    def chapters(self, source: Source) -> str:
        words = source.chapters.values_list("words", flat=True)
        return f"{len(words)} chapters, {sum(words)} words"

    def films(self, source: Source) -> SafeString:
        return listed(Project, "Its films", source=source.pk)


@admin.register(Asset)
class AssetAdmin(Workspaced):
    list_display = ("id", "kind", "media_type", "bytes", "of", "provider", "created")
    list_filter = ("kind", "media_type", "created")
    search_fields = ("=id", "=recipe", "=sha256", "workspace__name")
    ordering = ("-pk",)
    fields = readonly_fields = (
        "kind",
        "recipe",
        "of",
        "media_type",
        "bytes",
        "sha256",
        "provider",
        "lies",
        "created",
        "used",
    )

    def provider(self, asset: Asset) -> str:
        return " ".join(str(asset.origin.get(name, "")) for name in ("provider", "model")).strip()

    @admin.display(boolean=True, description="its file is there")
    def lies(self, asset: Asset) -> bool:
        return asset.exists

    @admin.display(description="made by")
    def used(self, asset: Asset) -> SafeString:
        address = reverse("admin:pipeline_step_changelist")
        return format_html('<a href="{}?recipe={}">Its steps</a>', address, asset.recipe)
