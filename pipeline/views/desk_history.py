"""The script as it was: what was done by whom, how it differs from an earlier state or from the book, and back to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import member
from accounts.models import Role
from pipeline import progress
from pipeline.desk import stale, telling
from pipeline.views.desk_answer import context, opened
from projects.desk import compare, history
from projects.errors import BadInput
from projects.models import Change, Chapter, Scene, Script

A_PAGE = 40
BOOK = "book"


@member()
def desk_history(request: HttpRequest, pk: int) -> HttpResponse:
    """`?from=` a revision or "book": what differs between it and the script as it is now."""
    project, run = opened(request, pk)
    script = run.script
    assert script is not None
    rows: QuerySet[Change] = Change.objects.filter(script=script).select_related("by").order_by("-revision", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    marks = stale.marks(run)
    lines = [(change, telling.told(change, marks.number.get(change.scene, 0))) for change in page.object_list]
    since = _since(request, script)
    given = context(request, project, run, marks) | {"page": page, "lines": lines, "since": since}
    given["differs"] = _against_book(script) if since == BOOK else _against(script, since)
    return render(request, "pipeline/desk/history.html", given)


def _since(request: HttpRequest, script: Script) -> Any:
    """What to compare with: before the newest change unless something else is asked for."""
    asked = request.GET.get("from", "")
    if asked == BOOK:
        return BOOK
    return min(int(asked), script.revision) if asked.isdigit() and len(asked) < 9 else max(0, script.revision - 1)


def _against(script: Script, revision: int) -> list[compare.Row]:
    return compare.versions(history.at(script, revision).listed(), history.at(script, script.revision).listed())


def _against_book(script: Script) -> list[compare.Row]:
    states = history.at(script, script.revision).listed()
    chapters = Chapter.objects.filter(pk__in={s["chapter_id"] for s in states if s["chapter_id"]})
    return compare.with_book(states, {chapter.pk: chapter.text for chapter in chapters})


@member(Role.EDITOR)
@require_POST
def desk_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the script as it was at `revision`; locked scenes stay. It can be taken back like any change."""
    project, run = opened(request, pk, Role.EDITOR)
    script = run.script
    assert script is not None
    asked = request.POST.get("revision", "")
    try:
        if not asked.isdigit() or int(asked) > script.revision:
            raise BadInput("restore.unknown", _("There is no such version of this script."))
        changed = history.restore(script, int(asked), by=request.user)  # type: ignore[arg-type]
    except BadInput as error:
        messages.error(request, error.message)
        return redirect("desk_history", pk=project.pk)
    stale.refresh(run, list(Scene.objects.filter(script=script).values_list("pk", flat=True)))
    progress.announce_desk(project.pk)
    said = ngettext("Restored: %(n)s scene changed.", "Restored: %(n)s scenes changed.", changed) % {"n": changed}
    messages.success(request, said + " " + _("Undo takes it back."))
    return redirect("desk", pk=project.pk)
