"""What operators see and do: providers and their health, models that have ended, routes put in another's place."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Audit
from billing.models import Usage
from pipeline.checks import models_in_use
from pipeline.models import RouteOverride
from pipeline.routing import catalogue, circuit, keys, overrides, routes

pytestmark = pytest.mark.django_db


def listed(capsys):
    call_command("providers", "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {(row["vendor"], row["capability"]): row for row in rows}


def test_every_provider_is_listed_with_what_it_is_used_for(capsys, monkeypatch, world):
    monkeypatch.setenv("MODELSLAB_API_KEY", "k" * 40)
    Usage.objects.create(
        workspace=world.workspace, capability="video", provider="modelslab", model="m", tier="free", outcome="failed"
    )
    for _ in range(circuit.OPENS_AT):
        circuit.failed("modelslab:video", "server")
    rows = listed(capsys)
    video = rows["modelslab", "video"]
    assert video["configured"] and not rows["openrouter", "text"]["configured"]
    assert (video["calls"], video["faults"], video["circuit"], video["reason"]) == (1, 1, "open", "server")
    assert video["uses"]["seedance-i2v"] == ["free", "basic"]
    assert rows["openrouter", "text"]["uses"]["meta-llama/llama-3.3-70b-instruct:free"] == ["free"]
    assert rows["local", "speech"]["configured"]


def test_the_list_is_read_by_people_too(capsys):
    call_command("providers")
    told = capsys.readouterr().out
    assert "OpenRouter (not configured: set OPENROUTER_API_KEY)" in told and "This machine" in told


def test_a_model_past_its_last_day_is_told_and_skipped(monkeypatch):
    assert models_in_use() == []
    monkeypatch.setenv("OPENROUTER_API_KEY", "k" * 40)
    told = {message.msg.split()[0]: message for message in models_in_use()}
    assert "claude-haiku-4.5 takes its place" in told["openrouter:anthropic/claude-3-haiku"].hint
    asked = [c.id for c in routes.choices("text", tier="standard", having=keys.ours())]
    assert asked[0] == "openrouter:anthropic/claude-haiku-4.5"


def test_a_model_that_ends_soon_is_told_before(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "k" * 40)
    monkeypatch.setattr(
        timezone, "now", lambda: timezone.datetime(2026, 12, 20, tzinfo=timezone.get_default_timezone())
    )
    soon = [m for m in models_in_use() if m.id == "pipeline.I001"]
    assert [m.msg.split()[0] for m in soon] == ["openai:gpt-4o-mini-tts"]
    assert not catalogue.current().model("openai:gpt-4o-mini-tts").ended(date(2027, 1, 6))


# -- routes put in another's place ------------------------------------------------------------------
FORM = {
    "capability": "text",
    "tier": "free",
    "route": "openrouter:deepseek/deepseek-chat",
    "until_0": "",
    "until_1": "",
}


def test_staff_put_a_route_in_a_tier_s_place_and_end_it(desk, staff, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "k" * 40)
    add = reverse("admin:pipeline_routeoverride_add")
    assert desk.post(add, FORM | {"reason": "the free one is slow today"}).status_code == 302
    row = RouteOverride.objects.get()
    assert (row.by, row.route) == (staff, ["openrouter:deepseek/deepseek-chat"])
    assert [c.id for c in routes.choices("text", tier="free", having=keys.ours())] == row.route
    assert [c.id for c in routes.choices("text", tier="basic", having=keys.ours())] != row.route
    desk.post(reverse("admin:pipeline_routeoverride_end", args=[row.pk]), {"reason": "it is well again"})
    assert routes.override("text", "free") is None
    told = Audit.objects.filter(action__startswith="route.").order_by("pk")
    assert [(a.action, a.actor, a.reason) for a in told] == [
        ("route.override_given", staff, "the free one is slow today"),
        ("route.override_ended", staff, "it is well again"),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "required"), ({"route": "gpt-4o"}, "no model"), ({"route": "nobody:x"}, "no provider"),
        ({"route": "deepgram:nova-3"}, "do text"), ({"until_0": "2020-01-01", "until_1": "00:00"}, "past"),
    ],
)  # fmt: skip
def test_a_route_that_makes_no_sense_is_not_taken(desk, change, said):
    answer = desk.post(reverse("admin:pipeline_routeoverride_add"), FORM | {"reason": "so"} | change)
    assert said in answer.content.decode() and not RouteOverride.objects.exists()


def test_a_route_ends_by_itself(staff, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "k" * 40)
    overrides.give(
        capability="text", tier="", route=[], until=timezone.now() + timezone.timedelta(hours=1), reason="r", by=staff
    )
    assert routes.choices("text", tier="premium", having=keys.ours()) == []
    RouteOverride.objects.update(until=timezone.now())
    assert routes.choices("text", tier="premium", having=keys.ours())


def test_the_desk_shows_providers(desk):
    told = desk.get(reverse("admin:pipeline_providers")).content.decode()
    assert "ModelsLab" in told and "This machine" in told
