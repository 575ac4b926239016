"""A new film, steps 3 and 4: how it should be, what that takes; then Start."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from billing.entitlements import tier
from pipeline import choices, limits, services
from pipeline.quote import quote
from projects.errors import BadInput
from projects.models import Source
from projects.options import MODELLED, FilmOptions, chapter_numbers
from projects.services import body_chapters, new_project
from projects.views.new import book_context

NAMES = (
    "mode", "aspect", "resolution", "voice", "style", "captions", "caption_style", "transition", "music", "sounds", "motion"
)  # fmt: skip
MODEL = "model_"


@member(Role.EDITOR)
def how(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps 2 to 4 in one page; every choice stands in the address."""
    source = owned(Source.objects.select_related("cover"), request, Role.EDITOR, pk=pk)
    try:
        context = _context(request, source, request.GET)
    except BadInput as error:
        return _first(request, source, request.GET, error)
    return render(request, "pipeline/how.html", context)


@member(Role.EDITOR)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the film: a project, and its first run."""
    source = owned(Source.objects.select_related("cover"), request, Role.EDITOR, pk=pk)
    try:
        options = _options(source, request.POST, tier(source.workspace))
        cap = limits.typed(request.POST.get("cap", ""))
        with transaction.atomic():
            project = new_project(source, options=options, user=request.user)
            limits.set_cap(project, cap)
            run = services.start(project, user=request.user)
    except BadInput as error:
        return _again(request, source, error)
    return redirect("run", pk=run.pk)


def _again(request: HttpRequest, source: Source, error: BadInput) -> HttpResponse:
    """The page with what was chosen, and why it can't begin."""
    try:
        context = _context(request, source, request.POST)
    except BadInput as worse:
        return _first(request, source, request.POST, worse)
    return render(request, "pipeline/how.html", context | {"error": error}, status=422)


def _first(request: HttpRequest, source: Source, data: QueryDict, error: BadInput) -> HttpResponse:
    numbers = [int(n) for n in data.getlist("chapters") if n.isdigit()]
    context = book_context(source, numbers) | {"error": error, "range": data.get("range", "")}
    return render(request, "projects/new.html", context, status=422)


def _context(request: HttpRequest, source: Source, data: QueryDict) -> dict[str, Any]:
    now = tier(source.workspace)
    options = _options(source, data, now)
    words = _words(source, options)
    return book_context(source, list(options.chapters)) | {
        "options": options,
        "groups": choices.groups(options, now, words=words, language=source.language, workspace=source.workspace),
        "models": choices.models(options, now, source.workspace),
        "tier": now,
        "chosen_words": words,
        "quote": quote(source.workspace, options, words),
        "cap": data.get("cap", ""),
        "refused": _refusal(options, now, words),
        "chosen_fields": _fields(options),
    }


def _fields(options: FilmOptions) -> list[tuple[str, Any]]:
    """What Start sends: exactly what the quote was made for."""
    numbers = [("chapters", number) for number in options.chapters]
    models = [(MODEL + capability, model) for capability, model in options.models.items()]
    return [*numbers, ("minutes", options.minutes), *((name, getattr(options, name)) for name in NAMES), *models]


def _words(source: Source, options: FilmOptions) -> int:
    return source.chapters.filter(number__in=options.chapters).aggregate(n=Sum("words", default=0))["n"]


def _options(source: Source, data: QueryDict, now: Any) -> FilmOptions:
    """From the form; what is not said is as a beginner would want it. BadInput names what can't be."""
    known = list(source.chapters.values_list("number", flat=True))
    typed = data.get("range", "").strip()
    picked = chapter_numbers(typed, known) if typed else tuple(int(n) for n in data.getlist("chapters") if n.isdigit())
    picked = tuple(n for n in picked if n in known) or tuple(body_chapters(source)[:1])
    words = source.chapters.filter(number__in=picked).aggregate(n=Sum("words", default=0))["n"]
    base = choices.default(now, words, picked).to_json()
    given: dict[str, Any] = {name: data[name] for name in NAMES if name in data}
    given["models"] = {name: data.get(MODEL + name, "").strip() for name in MODELLED}
    return FilmOptions.of(
        base | given | {"minutes": _minutes(data.get("minutes", ""), base["minutes"]), "chapters": picked}
    )


def _minutes(typed: str, otherwise: float) -> float:
    if not typed.strip():
        return otherwise
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise BadInput("option.minutes", _("Minutes is a number, for instance 3.")) from None


def _refusal(options: FilmOptions, now: Any, words: int) -> str:
    """Why this can't be started as it stands, before anybody tries."""
    if options.mode == choices.VERBATIM and (why := choices.too_long(now, words)):
        return why
    try:
        services.check(options, now)
    except BadInput as error:
        return error.message
    return ""
