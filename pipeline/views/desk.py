"""The script desk: the book at the left, its scenes at the right, all of it written in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member, owned
from accounts.models import Role
from pipeline import progress, services
from pipeline.desk import acts, showing, stale, telling
from pipeline.desk.saying import BRIEF, SAID
from pipeline.models import Run
from pipeline.views.desk_answer import answer, context, finish, number, opened, revision, scene_of, scripted
from projects.desk import history, order, words
from projects.errors import BadInput
from projects.models import Change, Clash, Scene

ASKED = ("picture", "add", "split", "move")


@member()
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """`?page=`, `?scene=` a scene's number, or `?at=` its key."""
    project, run = opened(request, pk)
    marks = stale.marks(run)
    board = showing.board(project, run, _page(request, marks), marks)
    given = context(request, project, run, marks) | showing.bar(run, marks)
    given |= {"board": board, "state": showing.state(run, marks)}
    return render(request, "pipeline/desk/desk.html", given)


def _page(request: HttpRequest, marks: stale.Marks) -> int:
    asked, key = request.GET.get("scene", ""), request.GET.get("at", "")
    if asked:
        return (number(asked) - 1) // showing.A_PAGE + 1
    return showing.place_of(marks, number(key)) if key else number(request.GET.get("page", ""))


@member()
def desk_live(request: HttpRequest, pk: int) -> HttpResponse:
    """What others changed since the page last heard, and whether the film went on; nothing when all is as it was."""
    project, run = opened(request, pk)
    known = str(revision(run)), showing.state(run, stale.marks(run))
    if (request.GET.get("since", ""), request.GET.get("state", "")) == known:
        return HttpResponse(status=204)
    return answer(request, project, run)


@member(Role.EDITOR)
@require_POST
def desk_scene(request: HttpRequest, pk: int) -> HttpResponse:
    """Words written and buttons pressed: `do` says which."""
    scene, run = scene_of(request, pk, Role.EDITOR)
    before = revision(run)
    try:
        done = acts.act(run, scene, request.POST, request.user)  # type: ignore[arg-type]
    except BadInput as error:
        done = acts.Done(error.message, wrong=True)
    return finish(request, run.project, run, done, anchor=scene.pk, before=before)


@member(Role.EDITOR)
def desk_ask(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What a button needs to know first: the picture's brief, new words, where to split, where to move."""
    if what not in ASKED:
        raise Http404
    scene, run = scene_of(request, pk, Role.EDITOR)
    given = context(request, run.project, run, stale.Marks(run)) | {"scene": scene, "what": what}
    given |= _needed(request, scene, run, what)
    return render(request, f"pipeline/desk/ask{'-part' if scripted(request) else ''}.html", given)


def _needed(request: HttpRequest, scene: Scene, run: Run, what: str) -> dict[str, Any]:
    if what == "picture":
        people = showing.cast(run.project, run).voices
        choices = [(name, BRIEF[name], scene.brief.get(name, "")) for name in acts.CHOICES]
        return {
            "choices": [(n, label, [(v, SAID.get(v, v)) for v in acts.CHOICES[n]], now) for n, label, now in choices],
            "who": ", ".join(scene.brief.get("who", ())),
            "what_is_there": ", ".join(scene.brief.get("what", ())),
            "people": [name for name in people if name],
        }
    if what == "add":
        start, end = acts.span(request.GET.get("span", ""))
        text = scene.chapter.text[start:end] if scene.chapter and end > start else ""
        return {"text": " ".join(text.split()), "span": f"{start}-{end}" if text else ""}
    if what == "move":
        return {"last": Scene.objects.filter(script=scene.script_id).count()}
    return {"places": order.places(scene.segments)}


@member(Role.EDITOR)
@require_POST
def desk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the newest change, or the deletion named by `change`."""
    project, run = opened(request, pk, Role.EDITOR)
    asked = request.POST.get("change", "")
    before = revision(run)
    change = Change.objects.filter(script=run.script, pk=int(asked)).first() if asked.isdigit() else None
    try:
        aim = history.undo(run.script, by=request.user, change=change)  # type: ignore[arg-type]
        keys = [s["key"] for s in (*aim.before, *aim.after)]
        stale.refresh(run, keys)
        place = Scene.objects.filter(pk=aim.scene).values_list("number", flat=True).first() or 0
        back = aim.before[0]["key"] if aim.before else 0
        done = acts.Done(_("Taken back: %(what)s.") % {"what": telling.told(aim, place)}, board=True, show=back)
    except BadInput as error:
        done = acts.Done(error.message, wrong=True)
    return finish(request, project, run, done, before=before)


@member(Role.EDITOR)
@require_POST
def desk_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Update film: a new version in which exactly what changed is made."""
    project, run = opened(request, pk, Role.EDITOR)
    try:
        run = services.update(project, user=request.user)  # type: ignore[arg-type]
    except BadInput as error:
        messages.error(request, error.message)
        return redirect("desk", pk=project.pk)
    progress.announce_desk(project.pk)
    return redirect("run", pk=run.pk)


@member(Role.EDITOR)
@require_POST
def desk_clash(request: HttpRequest, pk: int) -> HttpResponse:
    """Two wrote one scene: choose which words stay."""
    clash = owned(Clash.objects.select_related("scene__script"), request, Role.EDITOR, pk=pk)
    project, run = opened(request, clash.scene.script.project_id, Role.EDITOR)
    before = revision(run)
    try:
        words.settle(clash, take=request.POST.get("take") == "other", by=request.user)  # type: ignore[arg-type]
        stale.refresh(run, [clash.scene_id])
        done = acts.Done(_("Chosen. The history keeps the other words."), keys={clash.scene_id})
    except BadInput as error:
        done = acts.Done(error.message, wrong=True)
    return finish(request, project, run, done, anchor=clash.scene_id, before=before)
