"""The film: watch it, its versions, its files, its certificate."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import remarks, showing
from pipeline.forms import RemarkForm
from pipeline.models import Render, Run, Share
from projects.models import Asset, Project
from projects.views.media import picture_or_file


@member()
def film(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version, or `?version=` another; of a project without one, its run."""
    project = owned(Project.objects.select_related("source", "workspace"), request, pk=pk)
    versions = versions_of(project)
    if not versions:
        run = Run.objects.filter(project=project).order_by("-created").first()
        if run is None:
            raise Http404
        return redirect("run", pk=run.pk)
    asked = request.GET.get("version", "")
    chosen = next((r for r in versions if str(r.pk) == asked), versions[0])
    return render(request, "pipeline/film.html", _context(request, project, chosen, versions))


def versions_of(project: Project) -> list[Render]:
    """The newest first."""
    return list(Render.objects.filter(project=project).select_related("film", "run").order_by("-created", "-pk"))


def page(request: HttpRequest, project: Project, chosen: Render, form: RemarkForm) -> HttpResponse:
    """The film's page again, with a remark that could not be taken as it was typed."""
    context = _context(request, project, chosen, versions_of(project)) | {"remark_form": form}
    return render(request, "pipeline/film.html", context, status=422)


def remarked(request: HttpRequest, chosen: Render, versions: list[Render]) -> dict[str, Any]:
    """The remarks under the player, and what the visitor may do with them."""
    mine = request.membership
    return {
        "render": chosen,
        "remarks": remarks.shown(chosen, versions),
        "remark_form": RemarkForm(seconds=chosen.seconds),
        "may_remark": mine.at_least(Role.REVIEWER),
        "may_change": mine.at_least(Role.EDITOR),
        "owns": mine.at_least(Role.OWNER),
    }


def _context(request: HttpRequest, project: Project, chosen: Render, versions: list[Render]) -> dict[str, Any]:
    return {
        "room": "films",
        "project": project,
        "versions": versions,
        "number": len(versions) - versions.index(chosen),
        "open_run": Run.objects.filter(project=project, status__in=("pending", "running")).first(),
        "shares": Share.objects.filter(project=project).open(),  # type: ignore[attr-defined]
        **remarked(request, chosen, versions),
        **showing.film(chosen),
        **showing.certificate(chosen),
    }


@member()
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side; the two newest unless others are asked for."""
    project = owned(Project.objects.select_related("source", "workspace"), request, pk=pk)
    rows = list(Render.objects.filter(project=project).select_related("film", "run").order_by("created", "pk"))
    for number, row in enumerate(rows, 1):
        row.number = number  # type: ignore[attr-defined]
    known = {str(row.pk): row for row in rows}
    asked = [known[key] for key in (request.GET.get("a", ""), request.GET.get("b", "")) if key in known]
    shown = asked if len(asked) == 2 else rows[-2:]
    sides = [{"render": row, **showing.film(row), **showing.certificate(row)} for row in shown]
    context = {"room": "films", "project": project, "rows": rows, "sides": sides}
    return render(request, "pipeline/versions.html", context)


@member()
def film_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One of the delivered files: shown, or saved with `?save`."""
    row = owned(Render.objects.select_related("project"), request, pk=pk)
    return send(request, row, name)


def send(request: HttpRequest, row: Render, name: str) -> HttpResponseBase:
    """What an address of a delivered file answers, once the visitor may have it."""
    asset = Asset.objects.filter(pk=row.files.get(name, 0), workspace=row.workspace_id).first()
    if asset is None:
        raise Http404
    response = picture_or_file(request, asset, save_as=showing.file_name(row, name) if "save" in request.GET else "")
    if name.endswith(".html"):  # made of the author's words: it may show itself, and run nothing
        response._csp_replace = {
            "default-src": ["'none'"],
            "style-src": ["'unsafe-inline'"],
            "img-src": ["'self'", "data:"],
        }  # type: ignore[attr-defined]
    return response


@member(Role.EDITOR)
@require_POST
def delete_film(request: HttpRequest, pk: int) -> HttpResponse:
    """The film and all its versions, for good. The book stays."""
    from pipeline.wiping import wipe_project

    project = owned(Project.objects.select_related("workspace"), request, Role.EDITOR, pk=pk)
    wipe_project(project)
    return redirect("films")
