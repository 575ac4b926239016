"""Members choose, scene by scene, whether lips move with the voice; the choice is a change like any other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pipeline.desk import stale
from projects.desk import edit
from projects.models import Change, Scene, Script
from tests.desk.film import tells_the_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world, monkeypatch):
    monkeypatch.setenv("MODELSLAB_API_KEY", "k" * 40)
    film = tells_the_book(world, world.done)
    Script.objects.filter(pk=film.run.script_id).update(broken=True)
    stale.refresh(film.run, {one.pk for one in film.scenes})
    return Scene.objects.get(pk=film.scenes[0].pk)


def choose(client, scene, value):
    return client.post(reverse("scene_tools", args=[scene.pk]), {"do": "lips", "lips": value})


def test_the_choice_is_kept_told_and_due(editor, scene, world):
    choose(editor, scene, "on")
    scene.refresh_from_db()
    assert scene.lips == "on" and "due" in scene.digests
    assert Change.objects.filter(kind="lips", scene=scene.pk).count() == 1
    page = editor.get(reverse("scene_tools", args=[scene.pk])).content.decode()
    assert '<option value="on" selected>' in page


def test_what_is_no_choice_is_refused(editor, scene):
    choose(editor, scene, "perhaps")
    scene.refresh_from_db()
    assert scene.lips == ""


def test_without_a_vendor_nothing_is_asked(editor, scene, monkeypatch):
    monkeypatch.delenv("MODELSLAB_API_KEY")
    assert 'name="lips"' not in editor.get(reverse("scene_tools", args=[scene.pk])).content.decode()


def test_states_from_before_there_were_lips_still_come_back(scene):
    old = edit.state(scene)
    del old["lips"]
    with edit.edit(scene.script_id, "undo", by=None) as made:
        assert made.bring(old).lips == ""
