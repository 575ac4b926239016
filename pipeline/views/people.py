"""The film's people on one page: named, described, given a voice; merged, split, given their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import progress
from pipeline.desk_tools import people as shown
from pipeline.models import Run
from pipeline.views.desk_answer import opened
from projects.desk import people
from projects.errors import BadInput
from projects.models import Character, Project, Scene

A_PAGE = 24
LOOKS = {"kind": people.KINDS, "sex": people.SEXES, "age": people.AGES}


@member()
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody, who is told of most first; the same queries however many there are."""
    project, run = opened(request, pk)
    rows = Character.objects.filter(project=project).order_by("-mentions", "-lines", "name")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = _context(request, project, run) | {
        "page": page,
        "people": shown.of(project, run, list(page.object_list)),
        "names": list(rows.order_by("name").values_list("pk", "name")),
    }
    return render(request, "pipeline/people.html", context)


def _context(request: HttpRequest, project: Project, run: Run) -> dict[str, Any]:
    said = {"": _("not said")}
    return {
        "room": "films",
        "project": project,
        "run": run,
        "script": run.script,
        "voices": shown.choices(run, ""),
        "looks": [
            (name, label, [(v, said.get(v) or shown.said(v)) for v in LOOKS[name]])
            for name, label in (("kind", _("Is a")), ("sex", _("Sex")), ("age", _("Age")))
        ],
        "may_change": request.membership.at_least(Role.EDITOR),
    }


@member()
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: their lines, the scenes they are seen in; who says a line is set right here, one split in two."""
    row = owned(Character.objects.select_related("project"), request, pk=pk)
    project, run = opened(request, row.project_id)
    context = _context(request, project, run) | {
        "p": shown.of(project, run, [row])[0],
        "lines": Paginator(shown.lines(run, row), 100).get_page(request.GET.get("page")),
        "everybody": Character.objects.filter(project=project).order_by("name").values_list("name", flat=True),
    }
    return render(request, "pipeline/people-one.html", context)


def _correct(
    request: HttpRequest, pk: int, verb: Callable[[Character, Run], tuple[Iterable[str], Iterable[int]]]
) -> HttpResponse:
    """Do it, and mark the scenes that it touches: those of the names and keys that `verb` gives."""
    row = owned(Character.objects.select_related("project"), request, Role.EDITOR, pk=pk)
    project, run = opened(request, row.project_id, Role.EDITOR)
    try:
        shown.pinned(run)
        row.refresh_from_db(fields=["voice"])
        names, keys = verb(row, run)
        _told(request, shown.changed(run, names, keys))
    except BadInput as error:
        messages.error(request, error.message)
    progress.announce_desk(project.pk)
    back = request.POST.get("back") == "one" and Character.objects.filter(pk=pk).exists()
    return redirect("person", pk=pk) if back else redirect("people", pk=project.pk)


def _told(request: HttpRequest, scenes: int) -> None:
    more = ngettext(
        "%(n)s scene is marked for the next update.", "%(n)s scenes are marked for the next update.", scenes
    )
    messages.success(
        request, f"{_('Saved.')} {more % {'n': scenes}}" if scenes else _("Saved. The film stays as it is.")
    )


@member(Role.EDITOR)
@require_POST
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, other names, look, voice."""

    def change(row: Character, run: Run) -> tuple[list[str], list[int]]:
        asked, voice = request.POST, request.POST.get("voice", row.voice)
        if voice != row.voice and voice not in {v.id for v in shown.catalogue(run)}:
            raise BadInput("person.voice", _("There is no such voice. Choose one from the list."))
        look = {name: asked[name] for name, allowed in LOOKS.items() if asked.get(name) in allowed}
        look["noun"] = " ".join(asked.get("noun", "").lower().split())[:60]
        look["traits"] = _listed(asked.get("traits", ""))
        old = row.name
        aliases = _listed(asked.get("aliases", ""))
        people.describe(row, name=asked.get("name", ""), aliases=aliases, look=look, voice=voice, by=request.user)  # type: ignore[arg-type]
        return [old, row.name], []

    return _correct(request, pk, change)


def _listed(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := " ".join(part.split())[:80])][:12]


@member(Role.EDITOR)
@require_POST
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody whom nobody found."""
    project, _run = opened(request, pk, Role.EDITOR)
    try:
        row = people.create(project, name=request.POST.get("name", ""))
        messages.success(request, _("%(name)s is added. Now say who they are, and give them their lines.") % {"name": row.name})  # fmt: skip
    except BadInput as error:
        messages.error(request, error.message)
    return redirect("people", pk=project.pk)


@member(Role.EDITOR)
@require_POST
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two that are one."""

    def merge(row: Character, run: Run) -> tuple[list[str], list[int]]:
        asked = request.POST.get("into", "")
        into = Character.objects.filter(project=run.project_id, pk=int(asked) if asked.isdigit() else 0).first()
        if into is None:
            raise BadInput("person.same", _("Choose somebody else to merge with."))
        keys = shown.with_names(run, [row.name])
        people.merge(row, into, by=request.user)  # type: ignore[arg-type]
        return [], list(keys)

    return _correct(request, pk, merge)


@member(Role.EDITOR)
@require_POST
def person_split(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is two: the chosen lines and scenes are somebody else's."""

    def split(row: Character, run: Run) -> tuple[list[str], set[int]]:
        lines = [pair for asked in request.POST.getlist("line") if (pair := _pair(asked))]
        scenes = {int(key) for key in request.POST.getlist("scene") if key.isdigit()}
        own = set(Scene.objects.filter(script=run.script_id).values_list("pk", flat=True))
        lines, scenes = [pair for pair in lines if pair[0] in own], scenes & own
        name = request.POST.get("name", "")
        people.split(row, name=name, lines=lines, scenes=scenes, by=request.user)  # type: ignore[arg-type]
        return [], scenes | {scene for scene, _segment in lines}

    return _correct(request, pk, split)


def _pair(asked: str) -> tuple[int, int] | None:
    scene, _dash, segment = asked.partition("-")
    return (int(scene), int(segment)) if scene.isdigit() and segment.isdigit() else None


@member(Role.EDITOR)
@require_POST
def person_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Who says these lines: fields "says-SCENE-SEGMENT"."""

    def speak(row: Character, run: Run) -> tuple[list[str], set[int]]:
        asked = {pair: who for key, who in request.POST.items() if key.startswith("says-") and (pair := _pair(key[5:]))}
        touched = set()
        rows = Scene.objects.filter(script=run.script_id, pk__in={scene for scene, _segment in asked})
        for scene in rows.select_related("script"):
            for place, segment in enumerate(scene.segments):
                who = asked.get((scene.pk, place), row.name)
                if segment.get("speaker") == row.name and who != row.name:
                    people.speak(scene, place, who, by=request.user)  # type: ignore[arg-type]
                    touched.add(scene.pk)
        return [], touched

    return _correct(request, pk, speak)
