"""Choosing models on the page of a new film: who may, why others may not, and what the server holds."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from billing.models import Plan
from pipeline.models import Run
from tests.web.conftest import own_folders, world  # noqa: F401

pytestmark = pytest.mark.django_db
OTHER = "openrouter:openai/gpt-4o"
COMPOSER, NOISES = "elevenlabs:music_v1", "elevenlabs:eleven_text_to_sound_v2"


@pytest.fixture
def editor(world, client, monkeypatch):  # noqa: F811
    monkeypatch.setenv("OPENROUTER_API_KEY", "a key of nobody")
    client.force_login(world.people["editor"])
    return client


def tiered(world, tier):  # noqa: F811
    Plan.objects.update_or_create(workspace=world.workspace, defaults={"tier": tier})
    return world.source


def test_who_may_choose_gets_a_list(world, editor):  # noqa: F811
    page = editor.get(reverse("how", args=[tiered(world, "standard").pk])).content.decode()
    assert "Who writes the script" in page
    assert f'<option value="{OTHER}">' in page


def test_who_may_not_is_told_why(world, editor):  # noqa: F811
    page = editor.get(reverse("how", args=[tiered(world, "basic").pk])).content.decode()
    assert 'name="model_text" disabled' in page
    assert "with Standard and up" in page


def test_without_keys_there_is_nothing_to_choose(world, editor, monkeypatch):  # noqa: F811
    monkeypatch.delenv("OPENROUTER_API_KEY")
    page = editor.get(reverse("how", args=[tiered(world, "standard").pk])).content.decode()
    assert "Who writes the script" not in page


@pytest.mark.parametrize(("tier", "status"), [("standard", 302), ("basic", 422)])
def test_the_server_holds_it(world, editor, tier, status):  # noqa: F811
    source = tiered(world, tier)
    before = Run.objects.count()
    sent = {"chapters": [1], "minutes": "1", "resolution": "480p", "model_text": OTHER}
    assert editor.post(reverse("start", args=[source.pk]), sent).status_code == status
    assert Run.objects.count() == before + (status == 302)


@pytest.fixture
def sounding(editor, monkeypatch):
    monkeypatch.setenv("ELEVENLABS_API_KEY", "a key of nobody")
    return editor


def shown(client, source, **chosen):
    sent = {"chapters": [1], "minutes": "1", "resolution": "480p", "music": "calm", "sounds": "soft"} | chosen
    return client.get(reverse("how", args=[source.pk]), sent).content.decode()


def test_music_and_sounds_are_this_machines_until_a_model_is_chosen(world, sounding):  # noqa: F811
    page = shown(sounding, tiered(world, "standard"))
    assert "Who composes the music" in page and f'<option value="{COMPOSER}">' in page
    assert "This machine (costs nothing)" in page
    assert '<option value="soft" selected>' in page
    assert "<td>Music</td>" not in page


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        ({"model_music": COMPOSER}, {"Music": "$0.48", "Sounds of places": ""}),
        ({"model_music": COMPOSER, "model_sound": NOISES}, {"Music": "$0.48", "Sounds of places": "$0.10"}),
        ({"model_music": COMPOSER, "music": ""}, {"Music": ""}),
        ({"model_sound": NOISES, "sounds": ""}, {"Sounds of places": ""}),
    ],
)
def test_the_quote_has_what_they_cost_once_a_film(world, sounding, chosen, parts):  # noqa: F811
    page = shown(sounding, tiered(world, "standard"), **chosen)
    for part, cost in parts.items():
        row = re.search(rf"<td>{part}</td>.*?<td>(.*?)</td>", page)
        assert (row[1].strip() if row else "") == cost, part


@pytest.mark.parametrize(("tier", "status"), [("standard", 302), ("free", 422)])
def test_the_server_holds_who_may_choose_a_composer(world, sounding, tier, status):  # noqa: F811
    source = tiered(world, tier)
    sent = {"chapters": [1], "minutes": "1", "resolution": "480p", "model_music": COMPOSER, "sounds": "soft"}
    assert sounding.post(reverse("start", args=[source.pk]), sent).status_code == status
    run = Run.objects.order_by("-pk").first()
    if status == 302:
        assert run.options["models"] == {"music": COMPOSER} and run.options["sounds"] == "soft"
