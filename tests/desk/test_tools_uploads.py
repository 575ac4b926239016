"""What members bring for a scene is hostile until it has been decoded and written anew."""

from __future__ import annotations

import io
import subprocess
import wave
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from billing.models import Plan
from pipeline import services
from pipeline.desk import stale
from pipeline.desk_tools import bounded, brought, limits
from pipeline.errors import BadInput, Refused
from pipeline.models import Step
from pipeline.rendering.runner import ffmpeg_path
from projects.desk import takes
from projects.models import Scene, Take


def photo(size=(640, 360), secret="taken at home"):
    data, picture = io.BytesIO(), Image.new("RGB", size, (90, 120, 60))
    exif = picture.getexif()
    exif[0x010E], exif[0x0112] = secret, 6
    picture.save(data, "JPEG", exif=exif)
    return data.getvalue()


def sound(seconds=1.0, level=8000):
    data = io.BytesIO()
    with wave.open(data, "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
        out.writeframes((level.to_bytes(2, "little", signed=True) + b"\0\0") * round(seconds * 8000))
    return data.getvalue()


@pytest.fixture(scope="session")
def movie(tmp_path_factory):
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    made = ["-f", "lavfi", "-i", "testsrc=duration=1:size=320x240:rate=10", "-metadata", "title=secret"]
    subprocess.run([ffmpeg_path(), "-loglevel", "error", *made, str(path)], check=True, stdin=subprocess.DEVNULL)
    return path.read_bytes()


def clean(tmp_path, kind, content):
    (tmp_path / "given").write_bytes(content)
    return bounded.clean(kind, tmp_path / "given", tmp_path / "out"), tmp_path / "out"


def test_a_picture_is_upright_and_without_what_it_told(tmp_path):
    facts, out = clean(tmp_path, limits.PICTURE, photo())
    assert (facts["width"], facts["height"]) == (360, 640)
    assert b"taken at home" not in out.read_bytes()
    with Image.open(out) as picture:
        assert not dict(picture.getexif())


def test_a_recording_becomes_plain_samples(tmp_path):
    facts, out = clean(tmp_path, limits.RECORDING, sound())
    with wave.open(str(out)) as heard:
        assert (heard.getframerate(), heard.getnchannels(), heard.getnframes()) == (48_000, 1, facts["samples"])
    assert facts["seconds"] == pytest.approx(1, abs=0.05)


def test_a_clip_is_normalised_once_and_silent(tmp_path, movie):
    facts, out = clean(tmp_path, limits.CLIP, movie)
    assert (facts["width"], facts["height"], round(facts["seconds"])) == (320, 240, 1)
    assert b"secret" not in out.read_bytes()


BAD = {
    "no picture": (limits.PICTURE, b"<svg onload='alert(1)'/>", "PNG, JPEG or WebP"),
    "torn": (limits.PICTURE, photo()[:900], "PNG, JPEG or WebP"),
    "small": (limits.PICTURE, photo((200, 100)), "at least 240"),
    "silent": (limits.RECORDING, sound(level=0), "Nothing is heard"),
    "short": (limits.RECORDING, sound(0.2), "half a second"),
    "a list of other files": (limits.CLIP, b"ffconcat version 1.0\nfile /etc/passwd\n", "MP4, MOV or WebM"),
    "a sound for a clip": (limits.CLIP, sound(), "MP4, MOV or WebM"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_can_t_be_used_says_what_to_do(tmp_path, name):
    kind, content, said = BAD[name]
    with pytest.raises(BadInput, match=said):
        clean(tmp_path, kind, content)


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path):
    data = io.BytesIO()
    Image.new("1", (30_000, 3_000)).save(data, "PNG")
    with pytest.raises(BadInput, match="too many pixels"):
        clean(tmp_path, limits.PICTURE, data.getvalue())


def test_the_child_is_ended_when_its_time_is_over(tmp_path):
    (tmp_path / "given").write_bytes(photo())
    with pytest.raises(BadInput, match="too long to read"):
        bounded.clean(limits.PICTURE, tmp_path / "given", tmp_path / "out", seconds=0.01)


def bring(desk, stage, content, place=0):
    scene = Scene.objects.get(pk=desk.scenes[place].pk)
    return brought.bring(desk.run, scene, stage, SimpleUploadedFile("given", content), by=None)


def test_an_own_picture_marks_its_scene_alone(filmed):
    asset = bring(filmed, takes.PICTURE, photo(), 1)
    assert Path(asset.file.name).suffix == ".jpg"
    assert stale.marks(filmed.run).stale == {filmed.scenes[1].pk: {takes.PICTURE}}
    takes.drop(Scene.objects.get(pk=filmed.scenes[1].pk), takes.PICTURE, by=None)
    stale.refresh(filmed.run, [filmed.scenes[1].pk])
    assert not stale.marks(filmed.run).changed


def test_an_own_recording_and_clip_mark_what_they_change(filmed, movie):
    bring(filmed, takes.VOICE, sound())
    bring(filmed, takes.CLIP, movie, 2)
    keys = [s.pk for s in filmed.scenes]
    assert stale.marks(filmed.run).stale == {keys[0]: {takes.VOICE}, keys[2]: {takes.CLIP}}
    assert Take.objects.get().asset.kind == "own clip"


def test_an_own_clip_is_filmed_by_the_update_and_nothing_is_drawn_or_read(filmed, movie):
    bring(filmed, takes.CLIP, movie, 2)
    run = services.update(filmed.project)
    due = Step.objects.filter(run=run, status="pending", subject__gt=0).order_by("stage", "position")
    made = {(s.stage, s.position) for s in due if s.stage in takes.STAGES}
    assert (takes.CLIP, 3) in made and {stage for stage, _place in made} == {takes.CLIP}


def test_the_plan_s_size_and_the_lock_hold(filmed, settings):
    Plan.objects.update(tier="free")
    big = SimpleUploadedFile("given", b"")
    big.size = 60 * 2**20
    with pytest.raises(Refused, match="your plan takes files up to 50 MB"):
        brought.bring(filmed.run, filmed.scenes[0], takes.PICTURE, big, by=None)
    takes.lock(filmed.scenes[0], {}, by=None)
    with pytest.raises(Refused, match="locked"):
        bring(filmed, takes.PICTURE, photo())
