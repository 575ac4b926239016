"""Scenes that a vendor moves, and lips that move with the voice: from the stages to the film, on a fake."""

from __future__ import annotations

import pytest

from billing.models import Usage
from pipeline import engine, workflows
from pipeline.models import Event, Run, Status, Step, VendorJob
from pipeline.rendering.framing import window
from pipeline.rendering.talking import fits, frames_of, voice
from pipeline.stages import cut, lip_sync
from pipeline.stages.files import local_path
from projects.models import Asset, Scene, Script
from tests.engine.conftest import drain, recover
from tests.fakes import fake, media
from tests.web.world import asset, book

pytestmark = pytest.mark.django_db(transaction=True)
MADE = ["script_generation", "scene_breakdown", "image_generation", "audio_generation"]


def said(text, speaker=""):
    return {"text": text, "speaker": speaker, "start": 0, "end": 3, "role": "narration", "paragraph": 0}


TALK, TOLD = [said("Good morning to you, said nobody but me.", "Fox"), said("He sat.")], [said("Night fell.")]


@pytest.fixture
def vendor(monkeypatch):
    with fake("modelslab") as running:
        monkeypatch.setenv(running.env_key, running.key)
        monkeypatch.setenv(running.env_url, running.url)
        yield running


@pytest.fixture
def run(workspace, monkeypatch):
    """A run whose pictures and voices are made: a scene in which a fox talks, and one that is told."""
    monkeypatch.setitem(workflows.WORKFLOWS, "film", workflows.WORKFLOWS["film"][:-1])
    from projects.models import Project

    project = Project.objects.create(workspace=workspace, source=book(workspace, 1), title="Fox")
    script = Script.objects.create(project=project, recipe="s" * 64, mode="abridged", language="en")
    options = {"resolution": "360p", "music": "", "captions": "files", "chapters": [1]}
    made = Run.objects.create(
        workspace=workspace, project=project, script=script, options=options, tier="free", planned=MADE
    )
    for number, segments in enumerate((TALK, TOLD), 1):
        scene = Scene.objects.create(
            script=script, number=number, segments=segments, chapter=project.source.chapters.first(),
            brief={"who": ["Fox"], "what": ["a lamp"], "mood": "calm"},
        )  # fmt: skip
        still = asset(
            workspace,
            f"a{number}",
            media.picture(640, 360, str(number)),
            "p.png",
            "image/png",
            focus=[0.5, 0.5],
            faces=[],
            alt="",
        )
        said = asset(
            workspace, f"b{number}", media.wav(2.0), "v.wav", "audio/wav", rate=24000, samples=48000,
            words=[["Night", 0, 20000, ""]],
        )  # fmt: skip
        for stage, one in (("image_generation", still), ("audio_generation", said)):
            Asset.objects.filter(pk=one.pk).update(sha256=f"{'ab'[stage == 'image_generation']}{number}" * 32)
            Step.objects.create(run=made, stage=stage, subject=scene.pk, position=number, status="succeeded", asset=one)
    return made


def made(run):
    engine.advance(run.pk)
    for _ in range(12):
        drain()
        recover()
        run.refresh_from_db()
        if not run.is_open:
            return run
    raise AssertionError(list(Step.objects.filter(run=run).values_list("stage", "status", "error")))


def steps(run, stage):
    return {s.position: s for s in Step.objects.filter(run=run, stage=stage).select_related("asset")}


def test_every_scene_is_moved_and_talking_lips_too(run, vendor):
    assert made(run).status == Status.SUCCEEDED, run.error
    moved, lips = steps(run, "video_generation"), steps(run, "lip_sync")
    assert [bool(s.asset.meta["moving"]) for s in moved.values()] == [True, True]
    assert list(lips) == [1] and lips[1].asset.kind == cut.LIPS
    assert fits(local_path(lips[1].asset), frames_of(96_000, "dissolve")[0])
    shown = cut.clips_of(run, [s.subject for s in moved.values()])
    assert {asset.kind for asset in shown.values()} == {"lips", "moving"}
    rows = Usage.objects.filter(run=run.pk)
    assert len(rows) == len(vendor.bill.rows) == 3 and not rows.exclude(outcome="succeeded").exists()


def test_the_same_film_again_pays_nothing(run, vendor):
    made(run)
    paid = len(vendor.bill.rows)
    Step.objects.filter(run=run).exclude(stage__in=MADE).delete()
    Run.objects.filter(pk=run.pk).update(status=Status.RUNNING, planned=MADE)
    made(run)
    assert len(vendor.bill.rows) == paid


def test_without_a_vendor_a_camera_moves_and_lips_are_left_out(run):
    assert made(run).status == Status.SUCCEEDED, run.error
    assert not VendorJob.objects.exists() and "moving" not in steps(run, "video_generation")[1].asset.meta
    assert steps(run, "lip_sync")[0].status == Status.SKIPPED


def test_where_no_vendor_could_a_camera_moves_and_it_is_said(run, vendor):
    vendor.faults.next("402", times=20)
    assert made(run).status == Status.SUCCEEDED, run.error
    told = Event.objects.filter(run=run, kind="fallback").values_list("stage", flat=True)
    assert set(told) == {"video_generation", "lip_sync"}
    assert vendor.bill.total == 0 == Usage.objects.totals()["cost_usd"]


@pytest.mark.parametrize(("choice", "chosen"), [("", True), ("off", False), ("on", True)])
def test_lips_move_as_the_script_says_unless_a_member_says_otherwise(run, choice, chosen):
    talking, told = Scene.objects.order_by("number")
    talking.lips = choice
    assert lip_sync.chosen(run, talking) is chosen and not lip_sync.chosen(run, told)


def test_a_maker_may_leave_it_to_the_camera(run, vendor):
    Run.objects.filter(pk=run.pk).update(options=run.options | {"motion": "camera"})
    run.refresh_from_db()
    assert made(run).status == Status.SUCCEEDED, run.error
    assert not VendorJob.objects.exists() and steps(run, "lip_sync")[0].status == Status.SKIPPED


def test_the_picture_is_framed_round_what_the_eye_rests_on():
    assert window((1600, 900), (0.9, 0.5), (9, 16)) == (1094, 0, 1600, 900)
    assert window((1600, 900), (0.2, 0.5), (16, 9)) == (0, 0, 1600, 900)


def test_the_voice_waits_as_it_does_in_the_film(run):
    frames, before = frames_of(96_000, "dissolve")
    sound = voice(local_path(steps(run, "audio_generation")[1].asset), frames, before)
    assert len(sound) == 44 + 2 * round(frames / 30 * 24_000) and not any(sound[44 : 44 + 2 * 800 * (before - 1)])
