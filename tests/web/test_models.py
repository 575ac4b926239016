"""Choosing models on the page of a new film: who may, why others may not, and what the server holds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from billing.models import Plan
from pipeline.models import Run
from tests.web.conftest import own_folders, world  # noqa: F401

pytestmark = pytest.mark.django_db
OTHER = "openrouter:openai/gpt-4o"


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
