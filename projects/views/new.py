"""A new film, steps 1 and 2: bring a book, look at it as read, choose chapters. What follows is the pipeline's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from billing.entitlements import limit
from projects import uploads
from projects.errors import BadInput
from projects.models import Source
from projects.readers.book import Kind


@member(Role.EDITOR)
def new_film(request: HttpRequest, error: BadInput | None = None, status: int = 200) -> HttpResponse:
    """Step 1."""
    workspace = request.membership.workspace
    context = {
        "room": "films",
        "limit_mb": limit(workspace, "upload_mb"),
        "formats": ",".join(uploads.FORMATS),
        "rights": Source.Rights.choices,
        "shelf": [path.stem for path in uploads.shelf()],
        "books": Source.objects.for_workspace(workspace).order_by("-created")[:5],
        "error": error,
        "typed": request.POST,
    }
    return render(request, "projects/upload.html", context, status=status)


@member(Role.EDITOR)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    rights, file = request.POST.get("rights", ""), request.FILES.get("file")
    if file is None:
        return _refuse(request, BadInput("upload.none", _("Choose a file first, or paste a text.")))
    if rights not in Source.Rights.values:
        return _refuse(request, _no_rights())
    return _bring(request, lambda: uploads.from_file(request.membership.workspace, file, rights=rights))


@member(Role.EDITOR)
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    rights, text = request.POST.get("rights", ""), request.POST.get("text", "")
    if rights not in Source.Rights.values:
        return _refuse(request, _no_rights())
    title = request.POST.get("title", "")
    return _bring(request, lambda: uploads.from_text(request.membership.workspace, text, title=title, rights=rights))


@member(Role.EDITOR)
@require_POST
def sample(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("name", "")
    return _bring(request, lambda: uploads.from_shelf(request.membership.workspace, name))


def _no_rights() -> BadInput:
    return BadInput("upload.rights", _("Say first whose text it is: yours, licensed, or in the public domain."))


def _refuse(request: HttpRequest, error: BadInput) -> HttpResponse:
    return new_film(request, error, 413 if error.id == "upload.size" else 422)


def _bring(request: HttpRequest, read: Callable[[], Source]) -> HttpResponse:
    """Read it and go on to step 2, in the same page where the browser can."""
    try:
        source = read()
    except BadInput as error:
        return _refuse(request, error)
    path = reverse("choose_chapters", args=[source.pk])
    if not request.htmx:
        return redirect(path)
    where = {"path": path, "target": "#new", "select": "#new", "swap": "outerHTML show:top"}
    return HttpResponse(status=204, headers={"HX-Location": json.dumps(where)})


@member(Role.EDITOR)
def choose_chapters(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2."""
    source = owned(Source.objects.select_related("cover"), request, Role.EDITOR, pk=pk)
    chosen = [int(n) for n in request.GET.getlist("chapters") if n.isdigit()]
    return render(request, "projects/new.html", book_context(source, chosen))


def book_context(source: Source, chosen: list[int]) -> dict[str, Any]:
    """The book as read. Nothing chosen: the first chapter of the body."""
    chapters = list(source.chapters.defer("paragraphs").prefetch_related("pictures__asset"))
    body = [c for c in chapters if c.kind == Kind.BODY] or chapters
    for place, chapter in enumerate(body, 1):
        chapter.place = place  # type: ignore[attr-defined]
    return {
        "room": "films",
        "source": source,
        "chapters": chapters,
        "body": body,
        "others": [c for c in chapters if c not in body],
        "chosen": chosen or [c.number for c in body[:1]],
        "words": sum(c.words for c in body),
        "pictures": sum(len(c.pictures.all()) for c in chapters),
    }
