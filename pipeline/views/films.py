"""The films of a workspace."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import services
from pipeline.models import OPEN, Render, Run, Status, Step
from projects.models import Asset, Project

A_PAGE = 24


@member()
def films(request: HttpRequest) -> HttpResponse:
    """Newest first; the same number of queries however many there are."""
    rows = Project.objects.for_workspace(request.membership.workspace).select_related("source__cover")
    asked = request.GET.get("q", "").strip()
    if asked:
        rows = rows.filter(title__icontains=asked)
    newest = Run.objects.filter(project=OuterRef("pk")).order_by("-created", "-pk").values("pk")[:1]
    page = Paginator(rows.annotate(newest=Subquery(newest)).order_by("-created", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    _decorate(list(page.object_list))
    context = {"room": "films", "page": page, "q": asked, "may_make": request.membership.at_least(Role.EDITOR)}
    return render(request, "pipeline/films.html", context)


def _decorate(projects: list[Any]) -> None:
    """Give each project `run`, `render` and `picture`."""
    runs = Run.objects.in_bulk([p.newest for p in projects if p.newest])
    renders = {r.project_id: r for r in Render.objects.filter(project__in=projects).order_by("created")}
    posters = Asset.objects.in_bulk([r.files["poster.jpg"] for r in renders.values() if "poster.jpg" in r.files])
    stills = _stills(list(runs))
    for project in projects:
        project.run = runs.get(project.newest)
        project.render = renders.get(project.pk)
        poster = posters.get(project.render.files.get("poster.jpg")) if project.render else None
        project.picture = poster or stills.get(project.newest)
        project.ready = project.render is not None and (project.run is None or project.run.status not in OPEN)
        project.stopped = project.run is not None and project.run.status == Status.FAILED


def _stills(runs: list[int]) -> dict[int, Asset]:
    """{run: its first picture}, in one query."""
    steps = Step.objects.filter(run__in=runs, stage="image_generation", asset__isnull=False)
    first = steps.order_by("run_id", "position").distinct("run_id").select_related("asset")
    return {step.run_id: step.asset for step in first if step.asset}


@member(Role.EDITOR)
@require_POST
def make_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Another version of the film: what did not change is not made again."""
    project = owned(Project.objects.select_related("workspace"), request, Role.EDITOR, pk=pk)
    run = services.start(project, user=request.user)
    return redirect("run", pk=run.pk)
