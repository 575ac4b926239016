"""What a film will cost is told before it is begun, may be limited, and is told while it is made."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Usage
from pipeline import limits, pricing
from pipeline.errors import BadInput
from pipeline.models import Run
from pipeline.routing import keys
from projects.models import Project
from projects.options import FilmOptions

pytestmark = pytest.mark.django_db
KEY = "k" * 40


@pytest.fixture
def vendors(monkeypatch):
    monkeypatch.setenv("MODELSLAB_API_KEY", KEY)
    monkeypatch.setenv("OPENROUTER_API_KEY", KEY)


def parts(world, tier="free"):
    told = pricing.parts(world.workspace, FilmOptions(), tier, words=1000, scenes=10, seconds=100)
    return {part.capability: part for part in told}


def test_a_film_is_quoted_by_the_list_prices_of_its_tier(world, vendors):
    found = parts(world)
    assert found["image"].cost == Decimal("0.06") * (10 + pricing.PORTRAITS)
    assert found["speech"].cost == Decimal("0.01") * 1560 / 1000
    assert (found["video"].cost, found["video"].name) == (Decimal(4), "seedance-i2v")
    assert found["text"].cost == 0  # a free model
    assert parts(world, "basic")["text"].cost > 0


def test_a_camera_instead_of_a_video_model_costs_nothing(owner, world, vendors):
    told = pricing.parts(world.workspace, FilmOptions(motion="camera"), "free", words=1000, scenes=10, seconds=100)
    assert not {"video", "lipsync"} & {part.capability for part in told}
    assert 'name="motion" value="camera"' in quoted(owner, world)


def test_on_this_machine_alone_nothing_is_paid(world):
    assert parts(world) == {}


def quoted(client, world, **more):
    return client.get(reverse("how", args=[world.source.pk]), {"chapters": 1, **more}).content.decode()


def test_the_page_tells_what_it_will_cost_and_what_one_s_own_keys_pay(owner, world, vendors):
    plain = quoted(owner, world)
    assert "estimated, included in the plan" in plain and "What it is made of" in plain
    keys.keep(world.workspace, "modelslab", KEY, by=None)
    own = quoted(owner, world)
    assert "on your own keys, billed by your provider" in own and "own key</small>" in own


def test_without_vendors_there_is_nothing_to_limit(owner, world):
    assert 'name="cap"' not in quoted(owner, world)


def begin(client, world, cap):
    return client.post(reverse("start", args=[world.source.pk]), {"chapters": 1, "cap": cap})


def test_a_film_begins_with_its_limit(owner, world, vendors):
    assert begin(owner, world, "4,50").status_code == 302
    assert Project.objects.order_by("-pk").first().cap_usd == Decimal("4.50")
    before = Run.objects.count()
    assert "a sum in dollars" in begin(owner, world, "much").content.decode() and Run.objects.count() == before


@pytest.mark.parametrize(("typed", "cap"), [("", None), ("$3", 3), (" 2.5 ", Decimal("2.50")), ("0", 0)])
def test_a_limit_as_people_write_it(typed, cap):
    assert limits.typed(typed) == cap


@pytest.mark.parametrize("typed", ["-1", "NaN", "Infinity", "1e9", "five"])
def test_what_is_no_limit(typed):
    with pytest.raises(BadInput):
        limits.typed(typed)


def test_the_limit_is_changed_and_the_total_told_while_the_film_is_made(client_of, world, vendors):
    run, editor = world.going.run, client_of("editor")
    Usage.objects.create(
        workspace=world.workspace, capability="text", provider="x", model="y", tier="free", run=run.pk,
        project=run.project_id, cost_usd=Decimal("1.25"),
    )  # fmt: skip
    editor.post(reverse("film_limit", args=[run.project_id]), {"cap": "2"})
    told = editor.get(reverse("run", args=[run.pk])).content.decode()
    assert "cost so far $1.25" in told and "of at most $2.00" in told and 'value="2.00"' in told
    assert client_of("viewer").post(reverse("film_limit", args=[run.project_id]), {"cap": "9"}).status_code == 403
    editor.post(reverse("film_limit", args=[run.project_id]), {"cap": ""})
    assert Project.objects.get(pk=run.project_id).cap_usd is None
