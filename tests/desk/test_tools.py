"""The tools of a scene: heard at once, made again, an old take chosen, locked; and how words are said."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from billing.models import Usage
from pipeline.desk import stale
from pipeline.desk_tools import lexicon, preview
from pipeline.errors import BadInput
from pipeline.models import Run
from pipeline.providers.base import HeardWord, TranscriptionResult
from pipeline.providers.base import Usage as Used
from pipeline.routing import local
from projects.desk import takes, words
from projects.models import Asset, Scene, Take
from tests.desk.test_tools_uploads import photo, sound

PICTURE, VOICE, CLIP = takes.PICTURE, takes.VOICE, takes.CLIP


@pytest.fixture(autouse=True)
def light(desk, settings, tmp_path):
    """A voice that is quick, small pictures."""
    Run.objects.filter(pk=desk.run.pk).update(options=desk.run.options | {"voice": "espeak:en-us", "style": "shadow"})
    desk.run.refresh_from_db()
    settings.WORK_ROOT = tmp_path / "work"


def fresh(film, place=0):
    return Scene.objects.select_related("chapter", "script").get(pk=film.scenes[place].pk)


def write(film, text, place=0):
    row = fresh(film, place)
    words.write(row, [words.Line(text)], revision=row.revision, by=None)
    stale.refresh(film.run, [row.pk])


def do(client, film, place=0, **data):
    """Press a button of a scene as the desk's script does."""
    address = reverse("scene_tools", args=[film.scenes[place].pk])
    return client.post(address, data, headers={"X-Desk": "1"}).json()


def test_what_stands_is_played_and_not_made(filmed, editor):
    answer = editor.post(reverse("scene_play", args=[filmed.scenes[0].pk]))
    assert f"/{filmed.voice.pk}/" in answer["Location"]
    assert not Usage.objects.exists()


def test_other_words_are_read_at_once_and_the_update_finds_them(filmed, editor):
    write(filmed, "A bell rang.")
    address = reverse("scene_play", args=[filmed.scenes[0].pk])
    first = editor.post(address, headers={"X-Desk": "1"}).json()["play"]
    assert first and editor.post(address, headers={"X-Desk": "1"}).json()["play"] == first
    assert Asset.objects.get(recipe=fresh(filmed).digests[VOICE]).meta["words"]
    assert list(Usage.objects.values_list("capability", "outcome")) == [("speech", "succeeded")]
    assert stale.marks(filmed.run).stale == {filmed.scenes[0].pk: {VOICE}}


def test_without_script_the_sound_itself_is_opened(filmed, editor):
    write(filmed, "A bell rang.")
    led = editor.post(reverse("scene_play", args=[filmed.scenes[0].pk]), follow=True)
    assert led["Content-Type"] == "audio/wav"


def test_another_picture_is_drawn_alone_and_the_old_one_kept(filmed, editor):
    answer = do(editor, filmed, 1, do="redo", stage=PICTURE)
    assert not answer["wrong"], answer["said"]
    assert list(Usage.objects.values_list("capability", flat=True)) == ["image"]
    assert stale.marks(filmed.run).stale == {filmed.scenes[1].pk: {PICTURE}}
    assert Take.objects.filter(scene=filmed.scenes[1].pk, stage=PICTURE).count() == 2


def test_an_old_take_is_used_again_and_nothing_is_due(filmed, editor):
    do(editor, filmed, do="redo", stage=VOICE)
    assert stale.marks(filmed.run).changed
    Asset.objects.filter(pk=filmed.voice.pk).update(recipe=filmed.run.steps.get(stage=VOICE, position=1).recipe)
    answer = do(editor, filmed, do="choose", stage=VOICE, take=filmed.voice.pk)
    assert not answer["wrong"], answer["said"]
    assert not stale.marks(filmed.run).changed


def test_a_clip_is_redone_by_another_move_and_nothing_is_paid(filmed, editor):
    do(editor, filmed, do="redo", stage=CLIP)
    assert stale.marks(filmed.run).stale == {filmed.scenes[0].pk: {CLIP}}
    assert not Usage.objects.exists()


def test_a_take_of_another_scene_is_not_taken(filmed, editor):
    alien = Asset.objects.create(workspace=filmed.run.workspace, recipe="9" * 64, kind="voice")
    assert do(editor, filmed, do="choose", stage=VOICE, take=alien.pk)["wrong"]
    assert do(editor, filmed, do="redo", stage="film")["wrong"]


def test_an_own_picture_is_set_at_once(filmed, editor):
    answer = do(editor, filmed, do="own", stage=PICTURE, file=SimpleUploadedFile("me.jpg", photo()))
    assert not answer["wrong"], answer["said"]
    shown = Asset.objects.get(recipe=fresh(filmed).digests[PICTURE])
    assert (shown.meta["width"], shown.meta["own"]) == (1920, True)
    assert f"/{shown.pk}/" in answer["parts"][f"scene-{filmed.scenes[0].pk}"]


def test_an_own_recording_gets_its_words_times(filmed, editor, monkeypatch):
    heard = TranscriptionResult("too", "en", (HeardWord("two", 0.5, 0.9),), Used("local", "heard", "second", 1))
    monkeypatch.setattr(local.provider("transcription"), "transcribe", lambda request: heard)
    write(filmed, "One two three.")
    do(editor, filmed, do="own", stage=VOICE, file=SimpleUploadedFile("me.wav", sound(1.5)))
    voice = Asset.objects.get(recipe=fresh(filmed).digests[VOICE])
    assert [w[0] for w in voice.meta["words"]] == ["One", "two", "three."]
    assert voice.meta["words"][1][1:3] == [24_000, 43_200]
    assert voice.meta["words"][2][2] == pytest.approx(72_000, abs=2_000)


def test_what_can_t_be_used_is_said_and_changes_nothing(filmed, editor):
    answer = do(editor, filmed, do="own", stage=PICTURE, file=SimpleUploadedFile("me.svg", b"<svg/>"))
    assert answer["wrong"] and "PNG, JPEG or WebP" in answer["said"]
    assert do(editor, filmed, do="own", stage=PICTURE)["said"] == "Choose a file first."
    assert not stale.marks(filmed.run).changed


def test_a_locked_scene_is_kept_and_unlocked_again(filmed, editor):
    do(editor, filmed, do="lock")
    assert set(fresh(filmed).held) == {PICTURE, VOICE}
    assert do(editor, filmed, do="redo", stage=VOICE)["wrong"]
    lexicon.put(filmed.run, "fog", "mist")
    assert filmed.scenes[0].pk not in stale.marks(filmed.run).stale
    do(editor, filmed, do="unlock")
    assert stale.marks(filmed.run).stale[filmed.scenes[0].pk] == {VOICE}


def test_the_page_of_takes_reads_without_script(filmed, editor, client_of):
    address = reverse("scene_tools", args=[filmed.scenes[0].pk])
    html = editor.get(address).content.decode()
    assert "<audio" in html and "Draw again" in html and 'type="file"' in html
    plain = client_of("viewer").get(address).content.decode()
    assert "<audio" in plain and "Draw again" not in plain


def test_an_entry_marks_exactly_the_scenes_that_say_the_word(filmed):
    write(filmed, "Hermione came.", 0)
    write(filmed, "Hermiones came to the party.", 1)
    stale_before = {key: set(due) for key, due in stale.marks(filmed.run).stale.items()}
    assert lexicon.put(filmed.run, "art", "aht") == 0
    digests = [fresh(filmed, n).digests[VOICE] for n in range(3)]
    lexicon.put(filmed.run, "Hermione", "her-MY-oh-nee")
    assert [fresh(filmed, n).digests[VOICE] != was for n, was in enumerate(digests)] == [True, False, False]
    lexicon.remove(filmed.run, "Hermione")
    assert [fresh(filmed, n).digests[VOICE] for n in range(3)] == digests
    assert stale.marks(filmed.run).stale == stale_before


def test_a_word_of_the_film_marks_its_scenes_and_unmarks_them(filmed, editor):
    address = reverse("words_said", args=[filmed.project.pk])
    text = fresh(filmed, 0).narration
    word = text.split()[1]
    saying = {s.pk for n, s in enumerate(filmed.scenes) if word in fresh(filmed, n).narration.split()}
    html = editor.post(address, {"word": word, "said": "FAHG"}, follow=True).content.decode()
    assert "marked" in html and "FAHG" in html
    assert stale.marks(filmed.run).stale == {key: {VOICE} for key in saying}
    editor.post(address, {"word": word, "do": "remove"})
    assert not stale.marks(filmed.run).changed


@pytest.mark.parametrize(("word", "said"), [("", "x"), ("--", "x"), ("fog", ""), ("fog", "/"), ("f" * 90, "x")])
def test_an_entry_needs_a_word_and_how_it_is_said(filmed, word, said):
    with pytest.raises(BadInput):
        lexicon.put(filmed.run, word, said)


def test_a_word_is_tried_by_the_narrator_once_and_in_the_ledger(filmed, editor):
    address = reverse("say", args=[filmed.project.pk])
    heard = [
        editor.post(address, {"word": "Hermione", "said": said}, headers={"X-Desk": "1"}).json()["play"]
        for said in ("her-MY-oh-nee", "her-MY-oh-nee", "")
    ]
    assert heard[0] == heard[1] != heard[2]
    assert Usage.objects.filter(capability="speech", outcome="succeeded", run=filmed.run.pk).count() == 2
    assert editor.post(address, {"word": " "}, headers={"X-Desk": "1"}).json()["wrong"]


def test_a_sound_that_is_being_made_is_waited_for(filmed):
    write(filmed, "A bell rang.")
    step = filmed.run.steps.get(stage=VOICE, position=2)
    later = timezone.now() + timezone.timedelta(minutes=1)
    filmed.run.steps.filter(pk=step.pk).update(recipe=fresh(filmed).digests[VOICE], status="running", lease_until=later)
    with pytest.raises(BadInput, match="being made"):
        preview.make(filmed.run, fresh(filmed), VOICE)
