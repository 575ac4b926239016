"""A real book becomes a real film: real workers, real voice, real pictures; then nothing is made twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import av
import pytest

from billing.models import Usage
from pipeline.models import Run, Status, Step
from projects.models import Asset, Scene
from tests.harness import site as harness

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SIDES = {
    "film.mp4", "film.srt", "film.vtt", "film.otio", "transcript.html", "chapters.txt", "poster.jpg",
    "certificate.json", "credits.json",
}  # fmt: skip

SHARED = ("script", "scenes", "picture", "voice", "sound")


@pytest.fixture
def command(workspace, tmp_path, settings):
    """Runs a command as a newcomer would, on the test's database and files."""
    environment = os.environ | {
        "DATABASE_URL": harness.test_database(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
    }

    def run(*words):
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=400,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def film(command, book, out, *more):
    code, told, said = command(
        "makefilm", book, "--out", out, "--resolution", "360p", "--music", "calm", "--json", *more
    )
    assert code == 0, said + told
    return json.loads(told.splitlines()[-1])


def made(kind):
    return set(Asset.objects.filter(kind=kind).values_list("recipe", flat=True))


def test_a_book_becomes_a_film_once(command, book, tmp_path):
    first = film(command, book, tmp_path / "out")
    look_at(first)
    pieces, voices, calls = made("piece"), made("voice"), Usage.objects.count()

    again = film(command, book, tmp_path / "again")
    assert again["usage"]["calls"] == 0
    assert (made("piece"), Usage.objects.count()) == (pieces, calls)
    assert (tmp_path / "again/film.mp4").read_bytes() == (tmp_path / "out/film.mp4").read_bytes()

    kept = {kind: made(kind) for kind in SHARED}
    for shape in ("9:16", "1:1"):
        other = film(command, book, tmp_path / shape.replace(":", "x"), "--aspect", shape)
        assert other["certificate"]["ok"]
        assert {u.capability for u in Usage.objects.filter(run=other["run"])} == {"transcription"}
        assert {kind: made(kind) for kind in SHARED} == kept
    assert len(made("film")) == 3
    pieces = made("piece")

    place = edit_and_update(command, again["run"])
    assert len(made("voice") - voices) == 1
    new = [a.meta for a in Asset.objects.filter(recipe__in=made("piece") - pieces)]
    assert {m["scene"] for m in new if m["kind"] == "body"} == {place}
    assert sorted(m["kind"] for m in new if m["kind"] != "body") == ["transition", "transition"]
    scenes = Scene.objects.filter(script=Run.objects.get(pk=again["run"]).script_id)
    assert Usage.objects.filter(capability="image").count() == scenes.count()


def look_at(report):
    """The film is what was promised, with everything beside it."""
    assert (report["status"], report["usage"]["cost_usd"], set(report["files"])) == ("succeeded", 0.0, SIDES)
    assert report["certificate"]["ok"]
    with av.open(report["film"]) as opened:
        video, sound = opened.streams.video[0], opened.streams.audio[0]
        assert (video.width, video.height, float(video.average_rate)) == (640, 360, 30.0)
        assert (sound.codec_context.name, sound.rate) == ("aac", 48000)
        assert abs(float(video.frames / 30) - report["duration"]) < 0.04


def edit_and_update(command, run):
    """Other words in the middle scene."""
    script = Run.objects.get(pk=run).script
    scenes = list(Scene.objects.filter(script=script).order_by("number"))
    scene = scenes[len(scenes) // 2]
    scene.segments[0]["text"] = "Then all at once it was another story."
    scene.save()
    place = scenes.index(scene) + 1
    code, told, said = command("reprocess", run, "--stage", "audio_generation", "--scene", place, "--wait")
    assert code == 0, said + told
    assert not Step.objects.filter(run=run).exclude(status__in=[Status.SUCCEEDED, Status.SKIPPED]).exists()
    return place
