"""The tools of a scene: play it, another take, an old one again, one's own; the lock. And how words are said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import member
from accounts.models import Role
from pipeline import progress
from pipeline.desk import stale
from pipeline.desk.acts import Done
from pipeline.desk_tools import lexicon, people, preview, takes
from pipeline.models import Run
from pipeline.routing import routes
from pipeline.views.desk_answer import answer, finish, opened, revision, scene_of, scripted
from projects.desk import takes as verbs
from projects.desk.takes import VOICE
from projects.errors import BadInput
from projects.models import Asset, Character, Scene
from projects.templatetags.books import asset_url

Deed = Callable[[Run, Scene, HttpRequest], str]


@member()
def scene_tools(request: HttpRequest, pk: int) -> HttpResponse:
    """What the scene has and had: a page, or a dialog's content where the desk asks. Sent back, `do` says what to do."""
    if request.method == "POST":
        return _act(request, pk)
    scene, run = scene_of(request, pk, Role.VIEWER)
    given = {
        "room": "films",
        "project": run.project,
        "scene": scene,
        "parts": takes.parts(run, scene),
        "may_change": request.membership.at_least(Role.EDITOR),
        "lips": Scene._meta.get_field("lips").choices if routes.primary(run, "lipsync") else (),
    }
    return render(request, f"pipeline/desk/takes{'-part' if scripted(request) else ''}.html", given)


def _act(request: HttpRequest, pk: int) -> HttpResponse:
    scene, run = scene_of(request, pk, Role.EDITOR)
    before = revision(run)
    deed = DEEDS.get(request.POST.get("do", ""))
    try:
        if deed is None:
            raise BadInput("desk.unknown", _("The page is older than the site. Load it again."))
        done = Done(deed(run, scene, request), keys={scene.pk})
    except BadInput as error:
        done = Done(error.message, wrong=True, keys={scene.pk})
    return finish(request, run.project, run, done, anchor=scene.pk, before=before)


def _redo(run: Run, scene: Scene, request: HttpRequest) -> str:
    return takes.redo(run, scene, request.POST.get("stage", ""), by=_user(request))


def _own(run: Run, scene: Scene, request: HttpRequest) -> str:
    return takes.bring(run, scene, request.POST.get("stage", ""), request.FILES.get("file"), by=_user(request))


def _choose(run: Run, scene: Scene, request: HttpRequest) -> str:
    asset = request.POST.get("take", "")
    takes.choose(run, scene, request.POST.get("stage", ""), int(asset) if asset.isdigit() else 0, by=_user(request))
    return _("This take is used from now on.")


def _drop(run: Run, scene: Scene, request: HttpRequest) -> str:
    takes.drop(run, scene, request.POST.get("stage", ""), by=_user(request))
    return _("Back to what the script asks for. The takes are kept.")


def _lips(run: Run, scene: Scene, request: HttpRequest) -> str:
    verbs.lips(scene, request.POST.get("lips", ""), by=_user(request))
    stale.refresh(run, {scene.pk})
    return _("The next update moves the lips as you chose.")


def _lock(run: Run, scene: Scene, request: HttpRequest) -> str:
    takes.lock(run, scene, by=_user(request))
    return _("Locked: nothing changes this scene until you unlock it.")


def _unlock(run: Run, scene: Scene, request: HttpRequest) -> str:
    takes.unlock(run, scene, by=_user(request))
    return _("Unlocked.")


def _user(request: HttpRequest) -> Any:
    return request.user


DEEDS: dict[str, Deed] = {
    "redo": _redo,
    "own": _own,
    "choose": _choose,
    "drop": _drop,
    "lips": _lips,
    "lock": _lock,
    "unlock": _unlock,
}


@member(Role.EDITOR)
@require_POST
def scene_play(request: HttpRequest, pk: int) -> HttpResponse:
    """The scene's voice, read now unless it stands: the sound, or its address where the desk asks."""
    scene, run = scene_of(request, pk, Role.EDITOR)
    before = revision(run)
    stood = preview.standing(run, scene, VOICE)
    try:
        voice = stood or preview.make(run, scene, VOICE)
    except BadInput as error:
        return finish(request, run.project, run, Done(error.message, wrong=True), anchor=scene.pk, before=before)
    if not scripted(request):
        return redirect(asset_url(voice))
    if stood:
        return answer(request, run.project, run, Done(play=voice), before=before)
    return finish(request, run.project, run, Done(keys={scene.pk}, play=voice), before=before)


@member()
def words_said(request: HttpRequest, pk: int) -> HttpResponse:
    """The film's own pronunciations; sent back, one is put or taken away."""
    if request.method == "POST":
        return _say_so(request, pk)
    project, run = opened(request, pk)
    names = Character.objects.filter(project=project).order_by("-mentions", "name").values_list("name", flat=True)
    given = {
        "room": "films",
        "project": project,
        "entries": lexicon.entries(project),
        "names": [name for name in names[:100] if name not in project.lexicon],
        "narrator": next((v.name for v in people.catalogue(run) if v.id == people.cast(run)[""]), ""),
        "may_change": request.membership.at_least(Role.EDITOR),
    }
    return render(request, "pipeline/words-said.html", given)


def _say_so(request: HttpRequest, pk: int) -> HttpResponse:
    project, run = opened(request, pk, Role.EDITOR)
    word = request.POST.get("word", "")
    try:
        if request.POST.get("do") == "remove":
            scenes = lexicon.remove(run, word)
        else:
            scenes = lexicon.put(run, word, request.POST.get("said", ""))
        messages.success(request, _marked(scenes))
        progress.announce_desk(project.pk)
    except BadInput as error:
        messages.error(request, error.message)
    return redirect("words_said", pk=project.pk)


def _marked(scenes: int) -> str:
    if not scenes:
        return _("Saved. No scene says this word.")
    told = ngettext("Saved. %(n)s scene says it and is marked.", "Saved. %(n)s scenes say it and are marked.", scenes)
    return told % {"n": scenes}


@member(Role.EDITOR)
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """A word as the narrator says it: the sound, or its address where the page's script asks."""
    project, run = opened(request, pk, Role.EDITOR)
    try:
        made: Asset = preview.say(run, request.POST.get("word", ""), said_as=request.POST.get("said", ""))
    except BadInput as error:
        if scripted(request):
            return JsonResponse({"said": error.message, "wrong": True})
        messages.error(request, error.message)
        return redirect("words_said", pk=project.pk)
    return JsonResponse({"play": asset_url(made)}) if scripted(request) else redirect(asset_url(made))
