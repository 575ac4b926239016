"""A run: its page, live; cancel; go on; tell me."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import live, parts, services
from pipeline.choices import LABELS, STYLES, voices
from pipeline.errors import BadInput
from pipeline.models import Run
from pipeline.routing import routes
from projects.models import Chapter


@member()
def run(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Run.objects.select_related("project__source", "workspace", "script"), request, pk=pk)
    context = {
        "room": "films",
        "run": row,
        "seen": live.view(row, parts.page(request.GET.get("page", ""))),
        "chapters": _chapters(row),
        "choices": _told(row),
        "may_change": request.membership.at_least(Role.EDITOR),
        "has_vendors": bool(routes.known_keys(row.workspace)),
    }
    return render(request, "pipeline/run.html", context)


def _chapters(row: Run) -> str:
    """Their titles; of many, how many."""
    titles = list(
        Chapter.objects.filter(source=row.project.source, number__in=row.film_options.chapters).values_list(
            "title", flat=True
        )
    )
    return ", ".join(titles) if len(titles) < 3 else _("%(n)s chapters") % {"n": len(titles)}


def _told(row: Run) -> list[str]:
    """The choices of the film, a line each."""
    options = row.film_options
    voice = next(
        (v.label for v in voices(row.project.source.language, workspace=row.workspace) if v.value == options.voice),
        options.voice,
    )
    style = STYLES.get(options.style, (options.style, ""))[0]
    captions = _("captions in the picture") if options.captions == "burned" else _("captions beside the film")
    return [
        f"{options.resolution}, {options.aspect}, {captions}",
        _("Voice: %(voice)s") % {"voice": voice},
        _("Style: %(style)s") % {"style": style},
        str(LABELS[options.mode][0]),
    ]


@member()
def run_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The slow poll: what changed since `seen`, or nothing. `known`: "part:version,..." of what the page shows."""
    row = owned(Run.objects.select_related("project", "workspace"), request, pk=pk)
    seen = live.view(row, parts.page(request.GET.get("page", "")))
    if request.GET.get("seen") == seen.version and row.is_open:
        return HttpResponse(status=204)
    told = (part.partition(":") for part in request.GET.get("known", "").split(","))
    known = {"run-scenes": request.GET.get("scenes", "")} | {name: version for name, _colon, version in told}
    html = "".join(parts.changed(seen, known))
    return HttpResponse(render_to_string("pipeline/run/run-poll.html", {"seen": seen, "run": row}) + html)


@member(Role.EDITOR)
@require_POST
def cancel_run(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Run.objects.all(), request, Role.EDITOR, pk=pk)
    if services.cancel(row):
        messages.success(request, _("Cancelled. The film is not counted, and what was made is kept."))
    return redirect("run", pk=row.pk)


@member(Role.EDITOR)
@require_POST
def retry_run(request: HttpRequest, pk: int) -> HttpResponse:
    row = owned(Run.objects.all(), request, Role.EDITOR, pk=pk)
    try:
        services.retry(row)
    except BadInput as error:
        messages.error(request, error.message)
    return redirect("run", pk=row.pk)


@member()
@require_POST
def tell_me(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the mail about finished films on or off."""
    row = owned(Run.objects.all(), request, pk=pk)
    request.user.notify = not request.user.notify
    request.user.save(update_fields=["notify"])
    told = (
        _("We write to you when a film is ready.") if request.user.notify else _("No more mail about finished films.")
    )
    messages.success(request, told)
    return redirect("run", pk=row.pk)
