"""Remarks under the player: made by reviewers, settled by editors, taken back by whoever made them or the owner.

HTMX gets the parts that changed, to be put in place of those of the same id; a form without script the page.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned, require
from accounts.models import Role
from pipeline import remarks
from pipeline.forms import RemarkForm
from pipeline.models import Remark, Render
from pipeline.views import film


@member()
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """To a version of a film."""
    version = owned(Render.objects.select_related("project__source", "film", "run"), request, Role.REVIEWER, pk=pk)
    form = RemarkForm(request.POST, seconds=version.seconds)
    if not form.is_valid():
        if not request.htmx:
            return film.page(request, version.project, version, form)
        return _parts(request, version, "", status=422, remark_form=form, asked=True)
    row = remarks.add(version, by=request.user, text=form.cleaned_data["text"], seconds=form.when)  # type: ignore[arg-type]
    return _answer(request, version, _("Your remark is there."), anchor=f"remark-{row.pk}", asked=True)


@member()
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, or `again` open."""
    row = _remark(request, pk, Role.EDITOR)
    if "again" in request.POST:
        remarks.reopen(row)
        return _answer(request, _version(request, row), _("Open again."), anchor=f"remark-{row.pk}")
    remarks.settle(row, by=request.user)  # type: ignore[arg-type]
    return _answer(request, _version(request, row), _("Done."))


@member()
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own; an owner anybody's."""
    row = _remark(request, pk, Role.REVIEWER)
    if row.by_id != request.user.pk:
        require(request, row.workspace_id, Role.OWNER)  # type: ignore[arg-type]
    version = _version(request, row)
    row.delete()
    return _answer(request, version, _("The remark is deleted."))


def _remark(request: HttpRequest, pk: int, role: Any) -> Remark:
    rows = Remark.objects.select_related("render__project__source", "render__film", "render__run")
    return owned(rows, request, role, pk=pk)  # type: ignore[no-any-return]


def _version(request: HttpRequest, row: Remark) -> Render:
    """The version whose page the visitor is on: the remark's own unless they say another of that film."""
    asked = request.POST.get("version", "")
    if not asked.isdigit() or len(asked) > 18:
        return row.render
    others = Render.objects.filter(project=row.project_id).select_related("project__source", "film", "run")
    return others.filter(pk=int(asked)).first() or row.render


def _answer(
    request: HttpRequest, version: Render, said: str, *, anchor: str = "remarks", asked: bool = False
) -> HttpResponse:
    if request.htmx:
        return _parts(request, version, said, asked=asked)
    messages.success(request, said)
    return redirect(f"{reverse('film', args=[version.project_id])}?version={version.pk}#{anchor}")


def _parts(request: HttpRequest, version: Render, said: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """`asked`: the form, too."""
    given = film.remarked(request, version, film.versions_of(version.project))
    context = given | {"project": version.project, "said": said, "oob": True, **more}
    return render(request, "pipeline/remarks-changed.html", context, status=status)
