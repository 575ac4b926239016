"""What every change on the desk answers: the parts that it touched, as JSON where the script asks, else the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.access import owned
from accounts.models import Role
from pipeline import progress
from pipeline.desk import showing, stale, telling
from pipeline.desk.acts import Done
from pipeline.models import Run
from projects.models import Change, Project, Scene
from projects.templatetags.books import asset_url

MANY = 8  # scenes changed at once from which the whole page is drawn again
NEVER = 10**9


def opened(request: HttpRequest, pk: int, role: Any = Role.VIEWER) -> tuple[Project, Run]:
    """The project and the run whose script the desk shows. 404 when there is no script yet."""
    project = owned(Project.objects.select_related("source", "workspace"), request, role, pk=pk)
    run = stale.newest(project)
    if run is None:
        raise Http404
    run.project = project
    return project, run


def scene_of(request: HttpRequest, pk: int, role: Any) -> tuple[Scene, Run]:
    """A scene of the script that the desk shows, and its run. 404 for one of a script that is no longer used."""
    scene = owned(Scene.objects.select_related("script", "chapter"), request, role, pk=pk)
    _project, run = opened(request, scene.script.project_id, role)
    if scene.script_id != run.script_id:
        raise Http404
    scene.script = run.script  # type: ignore[assignment]
    return scene, run


def scripted(request: HttpRequest) -> bool:
    """Whether the page's script asks, which puts parts in their places."""
    return "X-Desk" in request.headers


def revision(run: Run) -> int:
    """Of the script, before a change: what came with it is told apart from what others did."""
    return run.script.revision if run.script else 0


def finish(
    request: HttpRequest, project: Project, run: Run, done: Done, *, anchor: int = 0, before: int | None = None
) -> HttpResponse:
    """The answer to a change; it is announced to every other desk. `anchor`: the scene to come back to."""
    progress.announce_desk(project.pk)
    if scripted(request):
        return answer(request, project, run, done, before=before)
    if done.said:
        (messages.error if done.wrong else messages.success)(request, done.said)
    anchor = done.show or anchor
    page = showing.place_of(stale.marks(run), anchor) if anchor else number(request.POST.get("page", ""))
    return redirect(f"{reverse('desk', args=[project.pk])}?page={page}" + (f"#scene-{anchor}" if anchor else ""))


def number(asked: str) -> int:
    return int(asked) if asked.isdigit() and len(asked) < 9 else 1


def answer(
    request: HttpRequest, project: Project, run: Run, done: Done | None = None, *, before: int | None = None
) -> JsonResponse:
    """Parts to be put in the place of those of the same id: what this change touched, and what others changed since
    the page last heard."""
    done = done or Done()
    told = request.GET if request.method == "GET" else request.POST
    run = stale.newest(project) or run
    run.project = project
    marks = stale.marks(run)
    others = _others(request, run, told.get("since", ""), before)
    went_on = told.get("state", "") not in ("", showing.state(run, marks))
    whole = done.board or _many(others) or (went_on and not told["state"].startswith(f"{run.pk}-{run.status}-"))
    page = number(told.get("page", ""))
    if whole:
        page = showing.place_of(marks, done.show) if done.show in marks.number else page
        parts = board_parts(request, showing.board(project, run, page, marks))
    else:
        keys = done.keys | {s["key"] for c in others for s in c.after} | {c.scene for c in others}
        light = set(marks.order) if went_on else done.light
        parts = card_parts(request, project, run, marks, keys, light, page)
    return JsonResponse(
        {
            "said": done.said,
            "news": telling.news(others, marks.number, request.user),  # type: ignore[arg-type]
            "wrong": done.wrong,
            "clash": done.clash,
            "undo": done.undo,
            "show": done.show,
            "play": asset_url(done.play),
            "page": page,
            "revision": revision(run),
            "state": showing.state(run, marks),
            "scenes": dict(Scene.objects.filter(pk__in=done.keys | done.light).values_list("pk", "revision")),
            "parts": parts | bar_parts(request, project, run, marks),
        }
    )


def _others(request: HttpRequest, run: Run, since: str, before: int | None) -> list[Change]:
    """Changes that the page has not heard of, without those that this very request made."""
    rows = Change.objects.filter(script=run.script_id, revision__gt=int(since) if since.isdigit() else NEVER)
    fresh = list(rows.select_related("by").order_by("revision"))
    return [c for c in fresh if before is None or c.revision <= before or c.by_id != request.user.pk]


def _many(changes: list[Change]) -> bool:
    return any(c.order_before or len(c.after) > MANY for c in changes)


def context(request: HttpRequest, project: Project, run: Run, marks: stale.Marks) -> dict[str, Any]:
    return {
        "room": "films",
        "project": project,
        "run": run,
        "script": run.script,
        "marks": marks,
        "may_change": request.membership.at_least(Role.EDITOR),
    }


def board_parts(request: HttpRequest, board: showing.Board) -> dict[str, str]:
    given = context(request, board.project, board.run, board.marks) | {"board": board}
    return {"desk-board": render_to_string("pipeline/desk/board.html", given, request=request)}


def card_parts(
    request: HttpRequest, project: Project, run: Run, marks: stale.Marks, keys: set[int], light: set[int], page: int
) -> dict[str, str]:
    """Whole cards (`keys`) and marks alone (`light`) of those scenes that the page shows."""
    here = set(marks.order[(page - 1) * showing.A_PAGE : page * showing.A_PAGE])
    whole = sorted(keys & here)
    found = [("card", "scene", c) for c in (showing.cards(project, run, marks, showing.rows(whole)) if whole else ())]
    found += [("marks", "marks", c) for c in showing.marked(run, marks, sorted((light - keys) & here))]
    parts: dict[str, str] = {}
    for name, part, card in found:
        given = context(request, project, run, marks) | {"card": card, "page": page}
        parts[f"{part}-{card.key}"] = render_to_string(f"pipeline/desk/{name}.html", given, request=request)
    return parts


def bar_parts(request: HttpRequest, project: Project, run: Run, marks: stale.Marks) -> dict[str, str]:
    given = context(request, project, run, marks) | showing.bar(run, marks)
    return {
        "desk-bar": render_to_string("pipeline/desk/bar.html", given, request=request),
        "desk-coverage": render_to_string("pipeline/desk/coverage.html", given, request=request),
    }
