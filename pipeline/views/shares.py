"""Links for others: made, ended, opened by anybody who has one, and shown inside other pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from accounts.services import audit
from pipeline import showing
from pipeline.models import Render, Share
from pipeline.views.film import send
from projects.models import Project

DAYS = (7, 30, 365)
OPEN_FILES = ("film.mp4", "film.vtt", "poster.jpg")  # what a visitor's player needs


@member(Role.EDITOR)
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    project = owned(Project.objects.select_related("workspace"), request, Role.EDITOR, pk=pk)
    days = request.POST.get("days", "")
    expires = timezone.now() + timedelta(days=int(days)) if days.isdigit() and int(days) in DAYS else None
    row = Share.objects.create(
        workspace=project.workspace,
        project=project,
        download="download" in request.POST,
        expires=expires,
        created_by=request.user,
    )
    audit(request.user, "film.shared", workspace=project.workspace, subject=f"project {project.pk}", share=row.pk)
    messages.success(request, _("The link is ready. Whoever has it can watch the film."))
    return redirect("film", pk=project.pk)


@member(Role.EDITOR)
@require_POST
def end_share(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Share.objects.select_related("project"), request, Role.EDITOR, pk=pk)
    Share.objects.filter(pk=row.pk, revoked=None).update(revoked=timezone.now())
    messages.success(request, _("The link leads nowhere from now on."))
    return redirect("film", pk=row.project_id)


def _opened(token: str) -> tuple[Share, Render]:
    """A link that is still good, and the film behind it."""
    row = Share.objects.open().select_related("project__source", "workspace").filter(token=token).first()  # type: ignore[attr-defined]
    newest = (
        Render.objects.filter(project=row.project).select_related("film", "run", "project").first() if row else None
    )
    if row is None or newest is None:
        raise Http404
    return row, newest


def _context(row: Share, film: Render) -> dict[str, Any]:
    return {"share": row, "project": row.project, "render": film, "hide_bar": True, **showing.film(film)}


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The film, for anybody with the link."""
    row, film = _opened(token)
    response = render(request, "pipeline/shared.html", _context(row, film))
    response["X-Robots-Tag"] = "noindex"
    return response


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """The player alone, for other sites' pages."""
    row, film = _opened(token)
    response = render(request, "pipeline/embed.html", _context(row, film))
    response["X-Robots-Tag"] = "noindex"
    return response


def shared_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """What the player needs; the film to keep only when the link allows it."""
    row, film = _opened(token)
    if name not in OPEN_FILES or ("save" in request.GET and not row.download):
        raise Http404
    return send(request, film, name)
