"""One small world of the pages: a workspace with every role, a stranger, a book, a film being made and one made."""

from __future__ import annotations

import io
import wave
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Invitation, Membership, Role, User
from accounts.services import open_workspace
from pipeline.models import Event, Remark, Render, Run, Share, Status, Step
from projects.models import Asset, Chapter, Character, Clash, Project, Scene, Script, Source

STAGES = (
    "script_generation", "scene_breakdown", "image_generation", "audio_generation",
    "video_generation", "lip_sync", "post_processing", "quality_check",
)  # fmt: skip
WORDS = "The fog came in by night. In the morning the harbour was gone, and nobody could find the boats. " * 12
CERTIFICATE = {
    "ok": True,
    "gates": [
        {"name": "loudness", "goal": "-14", "value": -14.1, "ok": True, "message": "-14.1 LUFS", "facts": {"curve": [-20, -14, -13, -15]}},
        {"name": "words heard", "goal": "", "value": 0.016, "ok": True, "message": "", "facts": {"worst": [{"scene": 1, "text": "The fog.", "heard": "the frog", "rate": 0.5, "from_s": 0.5, "to_s": 1.5}]}},
        {"name": "caption offset", "goal": "", "value": -0.1, "ok": True, "message": "", "facts": {}},
        {"name": "caption offset, worst", "goal": "", "value": -0.15, "ok": True, "message": "", "facts": {"each": [[1.0, -100], [6.0, -150]]}},
        {"name": "coverage", "goal": "", "value": 0.61, "ok": True, "message": "", "facts": {}},
    ],
}  # fmt: skip


def picture(colour=(120, 160, 140)):
    data = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(data, "PNG")
    return data.getvalue()


def sound():
    data = io.BytesIO()
    with wave.open(data, "wb") as out:
        out.setparams((1, 2, 24000, 0, "NONE", ""))
        out.writeframes(b"\x00\x10" * 24000)
    return data.getvalue()


def asset(workspace, recipe, content, name, media_type, **meta):
    row = Asset(workspace=workspace, recipe=recipe.ljust(64, "0"), kind="test", media_type=media_type, meta=meta)
    row.bytes, row.sha256 = len(content), recipe.ljust(64, "0")
    row.file.save(name, ContentFile(content), save=False)
    row.save()
    return row


def book(workspace, chapters=2):
    source = Source(
        workspace=workspace, title="The Fog", name="fog.txt", sha256="f" * 64, format="txt", authors=["A. Writer"]
    )
    source.file.save("fog.txt", ContentFile(WORDS.encode()), save=False)
    source.save()
    paragraphs = [{"text": WORDS, "role": "narration", "speaker": "", "notes": [], "note_id": ""} for _ in range(3)]
    for number in range(1, chapters + 1):
        Chapter.objects.create(
            source=source, number=number, title=f"Chapter {number}", paragraphs=paragraphs, words=len(WORDS.split()) * 3
        )
    return source


def film(source, user, *, scenes=3, status=Status.SUCCEEDED):
    """A project whose run has come to `status`; a finished one with its render."""
    workspace = source.workspace
    project = Project.objects.create(
        workspace=workspace,
        source=source,
        title="The Fog",
        options={"chapters": [1], "resolution": "480p"},
        created_by=user,
    )
    script = Script.objects.create(
        project=project, recipe="s" * 64, mode="abridged", language="en", coverage=61, broken=True
    )
    now = timezone.now()
    run = Run.objects.create(
        workspace=workspace,
        project=project,
        script=script,
        status=status,
        options=project.options,
        started=now,
        planned=list(STAGES),
        created_by=user,
    )
    key = f"{project.pk:04}"
    still, voice = (
        asset(workspace, f"{key}a", picture(), "p.png", "image/png", alt="a harbour"),
        asset(workspace, f"{key}b", sound(), "v.wav", "audio/wav", rate=24000, samples=24000),
    )
    rows = Scene.objects.bulk_create(
        Scene(script=script, number=n, title=f"Scene number {n}", segments=[{"text": WORDS[:60]}])
        for n in range(1, scenes + 1)
    )
    steps = []
    over = status == Status.SUCCEEDED
    for stage in STAGES:
        each = stage in ("image_generation", "audio_generation", "video_generation")
        for place, subject in enumerate(rows if each else [None], 1):
            done = over or stage in STAGES[:2] or (each and place == 1)
            steps.append(Step(
                run=run, stage=stage, subject=subject.pk if subject else 0, position=place if subject else 0,
                status=Status.SUCCEEDED if done else Status.PENDING, started=now, finished=now if done else None,
                asset={"image_generation": still, "audio_generation": voice}.get(stage) if done else None,
            ))  # fmt: skip
    Step.objects.bulk_create(steps)
    Event.objects.create(run=run, kind="run_started")
    return SimpleNamespace(
        project=project,
        run=run,
        scenes=rows,
        picture=still,
        voice=voice,
        render=_render(run, key, rows, user) if over else None,
    )


def _render(run, key, rows, user):
    workspace = run.workspace
    movie = asset(
        workspace,
        f"{key}c",
        b"\x00" * 3_000_000,
        "film.mp4",
        "video/mp4",
        scenes=[[s.number, 30 * n] for n, s in enumerate(rows)],
    )
    files = {
        "film.mp4": movie.pk,
        "film.vtt": asset(workspace, f"{key}d", b"WEBVTT\n", "film.vtt", "text/vtt").pk,
        "poster.jpg": asset(workspace, f"{key}e", picture(), "poster.png", "image/png").pk,
        "chapters.txt": asset(workspace, f"{key}f", b"0:00 One\n0:10 Two\n", "chapters.txt", "text/plain").pk,
    }
    return Render.objects.create(
        workspace=workspace, project=run.project, run=run, film=movie, files=files, seconds=12, certificate=CERTIFICATE
    )


def build():
    people = {role.value: User.objects.create_user(f"{role}@litink.example", "a long enough password") for role in Role}
    stranger = User.objects.create_user("stranger@litink.example", "a long enough password")
    open_workspace(stranger)
    workspace = open_workspace(people["owner"], name="Harbour Press")
    for role in ("editor", "reviewer", "viewer"):
        Membership.objects.create(workspace=workspace, user=people[role], role=role)
    source = book(workspace)
    done = film(source, people["owner"])
    going = film(source, people["owner"], status=Status.RUNNING)
    clash = Clash.objects.create(scene=done.scenes[0], segments=[{"text": "Other words."}], by=people["editor"])
    link = Share.objects.create(workspace=workspace, project=done.project, token="known")
    remark = Remark.objects.create(
        workspace=workspace, project=done.project, render=done.render, scene=done.scenes[1].pk, seconds=1.5,
        text="The boat is missing.", by=people["reviewer"],
    )  # fmt: skip
    invitation = Invitation.objects.create(
        workspace=workspace,
        email="new@litink.example",
        token="asked",
        expires=timezone.now() + timezone.timedelta(days=7),
    )
    person = Character.objects.create(project=done.project, name="The harbour master", mentions=1)
    return SimpleNamespace(
        workspace=workspace,
        person=person,
        people=people,
        stranger=stranger,
        source=source,
        done=done,
        going=going,
        share=link,
        remark=remark,
        clash=clash,
        invitation=invitation,
    )
