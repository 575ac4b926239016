"""The books of a workspace, and their chapters set right."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, ProtectedError, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from projects import chapters as verbs
from projects.errors import BadInput
from projects.models import Chapter, Source

A_PAGE = 24


@member()
def books(request: HttpRequest) -> HttpResponse:
    rows = (
        Source.objects.for_workspace(request.membership.workspace).select_related("cover").order_by("-created", "-pk")
    )
    rows = rows.annotate(words=Sum("chapters__words", default=0), parts=Count("chapters"))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/books.html", {"room": "books", "page": page})


@member()
def chapter(request: HttpRequest, pk: int) -> HttpResponse:
    """A chapter as read, with what sets it right for those who may."""
    row = owned(Chapter.objects.select_related("source"), request, pk=pk)
    following = row.source.chapters.filter(number=row.number + 1).first()
    context = {
        "room": "books",
        "chapter": row,
        "following": following,
        "pictures": row.pictures.select_related("asset"),
        "may_mend": request.membership.at_least(Role.EDITOR),
    }
    return render(request, "projects/chapter.html", context)


def _mend(request: HttpRequest, row: Chapter, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except BadInput as error:
        messages.error(request, error.message)
    return redirect(reverse("choose_chapters", args=[row.source_id]))


@member(Role.EDITOR)
@require_POST
def rename_chapter(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Chapter.objects.select_related("source"), request, Role.EDITOR, pk=pk)
    title, kind = request.POST.get("title", ""), request.POST.get("kind", "")
    return _mend(request, row, lambda: verbs.rename(row, title=title, kind=kind))


@member(Role.EDITOR)
@require_POST
def merge_chapter(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Chapter.objects.select_related("source"), request, Role.EDITOR, pk=pk)
    return _mend(request, row, lambda: verbs.merge(row))


@member(Role.EDITOR)
@require_POST
def split_chapter(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Chapter.objects.select_related("source"), request, Role.EDITOR, pk=pk)
    before = request.POST.get("before", "")
    return _mend(request, row, lambda: verbs.split(row, before=int(before) if before.isdigit() else 0))


@member(Role.EDITOR)
@require_POST
def delete_book(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Source.objects, request, Role.EDITOR, pk=pk)
    file, title = row.file, row.title
    try:
        row.delete()
    except ProtectedError:
        messages.error(request, _("Films have been made of this book. Delete them first."))
        return redirect("books")
    file.storage.delete(file.name)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": title})
    return redirect("books")
