"""The most that a film may cost, set or changed while it is made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import limits
from pipeline.errors import BadInput
from pipeline.models import Run
from projects.models import Project


@member(Role.EDITOR)
@require_POST
def film_limit(request: HttpRequest, pk: int) -> HttpResponse:
    project = owned(Project.objects.all(), request, Role.EDITOR, pk=pk)
    try:
        limits.set_cap(project, limits.typed(request.POST.get("cap", "")))
        messages.success(request, _("Saved."))
    except BadInput as error:
        messages.error(request, error.message)
    run = Run.objects.filter(project=project).order_by("-pk").first()
    return redirect("run", pk=run.pk) if run else redirect("films")
