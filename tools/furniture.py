"""What stands in the exhibit beside its film: films in every state, a team, a link. Needs Django set up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, Role, User, Workspace
from billing.models import Plan
from pipeline import remarks
from pipeline.desk import stale
from pipeline.management import filming
from pipeline.models import Event, Remark, Render, Run, Share, Status, Step
from projects.desk import words
from projects.models import Change, Project, Scene

DRAWN = 5  # scenes of the film being made that have their picture
TEAM = {"ada@litink.example": Role.EDITOR, "tom@litink.example": Role.REVIEWER, "mia@litink.example": Role.VIEWER}


def set_up() -> tuple[dict[str, str], dict[str, str]]:
    """The owner's session cookie, and the addresses of pages about one thing."""
    workspace = filming.local_workspace()
    Plan.objects.filter(workspace=workspace).update(tier="standard")
    done = Run.objects.filter(workspace=workspace, render__isnull=False).order_by("pk")[0]
    _team(workspace)
    _edited(done)
    _remarked(done)
    share, _ = Share.objects.get_or_create(workspace=workspace, project=done.project)
    going = _like(done, "The fog, being made", Status.RUNNING)
    stopped = _like(done, "The fog, stopped", Status.FAILED)
    client = Client()
    client.force_login(User.objects.get(email=filming.DEMO_EMAIL))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": cookie}, _pages(done, going, stopped, share)


def _team(workspace: Workspace) -> None:
    for email, role in TEAM.items():
        user = User.objects.filter(email=email).first() or User.objects.create_user(email)
        Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role})
    week = timezone.now() + timezone.timedelta(days=7)
    Invitation.objects.get_or_create(workspace=workspace, email="lea@litink.example", defaults={"expires": week})


def _edited(done: Run) -> None:
    """The editor has written on in the second scene, once: the desk shows it changed, the history who did it."""
    if Change.objects.filter(script=done.script_id).exists():
        return
    scene = Scene.objects.filter(script=done.script_id).order_by("number")[1]
    lines = [words.Line(s["text"], s.get("speaker", "")) for s in scene.segments]
    lines[-1] = words.Line(lines[-1].text + " Nobody answered.", lines[-1].speaker)
    words.write(scene, lines, revision=scene.revision, by=User.objects.get(email="ada@litink.example"))
    stale.refresh(done, [scene.pk])


def _remarked(done: Run) -> None:
    """The reviewer has said one thing of the film, in its second scene."""
    if not Remark.objects.filter(render=done.render).exists():
        at = done.render.film.meta["scenes"][1][1] / 30 + 2
        tom = User.objects.get(email="tom@litink.example")
        remarks.add(done.render, by=tom, text="Could the fog come in before she looks up?", seconds=at)


def _like(done: Run, title: str, status: str) -> Run:
    """A run over the same script that came as far as `status` tells; made anew each time, so that its clock is now."""
    Project.objects.filter(workspace=done.workspace, title=title).delete()
    project = Project.objects.create(
        workspace=done.workspace, source=done.project.source, title=title, options=done.project.options
    )
    now = timezone.now()
    run = Run.objects.create(
        workspace=done.workspace, project=project, script=done.script, options=done.options, planned=done.planned,
        status=status, started=now, tier=done.tier,
        error="The voice could not be reached in three tries." if status == Status.FAILED else "",
    )  # fmt: skip
    Event.objects.create(run=run, kind="run_started")
    Step.objects.bulk_create(_step(run, step, now) for step in Step.objects.filter(run=done))
    return run


def _step(run: Run, made: Step, now: Any) -> Step:
    """One of its steps: over, at work or waiting."""
    over = not made.position and made.stage in ("script_generation", "scene_breakdown")
    over = over or (0 < made.position <= DRAWN and made.stage in ("image_generation", "audio_generation"))
    over = over or (0 < made.position < DRAWN - 1 and made.stage == "video_generation")
    at_work = made.stage == "image_generation" and made.position == DRAWN + 1
    status = Status.SUCCEEDED if over else Status.RUNNING if at_work else Status.PENDING
    if at_work and run.status == Status.FAILED:
        status = Status.FAILED
    return Step(
        run=run, stage=made.stage, lane=made.lane, subject=made.subject, position=made.position, status=status,
        asset=made.asset if over else None, started=now if over or at_work else None, finished=now if over else None,
    )  # fmt: skip


def _pages(done: Run, going: Run, stopped: Run, share: Share) -> dict[str, str]:
    source = done.project.source
    render = Render.objects.filter(run=done).first()
    first = Scene.objects.filter(script=done.script_id).order_by("number").values_list("pk", flat=True)[0]
    return {
        "run": reverse("run", args=[going.pk]),
        "run-stopped": reverse("run", args=[stopped.pk]),
        "run-ready": reverse("run", args=[done.pk]),
        "film": reverse("film", args=[done.project_id]),
        "desk": reverse("desk", args=[done.project_id]),
        "desk-history": reverse("desk_history", args=[done.project_id]) + "?from=book",
        "desk-picture": reverse("desk_ask", args=[first, "picture"]),
        "desk-takes": reverse("scene_tools", args=[first]),
        "people": reverse("people", args=[done.project_id]),
        "words-said": reverse("words_said", args=[done.project_id]),
        "person": reverse("person", args=[done.project.characters.order_by("-lines")[0].pk]),
        "versions": reverse("versions", args=[done.project_id]),
        "transcript": reverse("film_file", args=[render.pk, "transcript.html"]) if render else "/",
        "new-2": reverse("choose_chapters", args=[source.pk]),
        "new-3-and-4": reverse("how", args=[source.pk]),
        "chapter": reverse("chapter", args=[source.chapters.all()[0].pk]),
        "shared": reverse("shared", args=[share.token]),
        "embed": reverse("embed", args=[share.token]),
    }
