"""Which models a run may use: the maker's choice where the tier lets them, the plan's own otherwise; private servers only for operators."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from accounts.services import open_workspace
from billing.models import Plan, TierOverride
from billing.plans import TIERS
from pipeline import choices, services
from pipeline.errors import Refused
from pipeline.models import Run
from pipeline.providers import vendors
from pipeline.routing import catalogue, keys, routes
from projects.errors import BadInput
from projects.models import Project, Source
from projects.options import FilmOptions

OTHER = "openrouter:openai/gpt-4o"


@pytest.fixture
def workspace(db, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "a key of nobody")
    made = open_workspace(User.objects.create_user("owner@litink.example", "a long enough password"))
    Plan.objects.update_or_create(workspace=made, defaults={"tier": "standard"})
    return made


def run(workspace, tier="standard", **models):
    source = Source.objects.create(workspace=workspace, title="t", name="t", sha256="0" * 64)
    project = Project.objects.create(workspace=workspace, source=source, title="t")
    return Run.objects.create(workspace=workspace, project=project, tier=tier, options={"models": models})


def test_the_maker_chooses_the_model(workspace):
    usual = run(workspace)
    assert routes.primary(usual, "text").startswith("openrouter:anthropic/claude-haiku")
    usual.options = {"models": {"text": OTHER}}
    assert routes.primary(usual, "text") == OTHER


def test_a_tier_that_may_not_choose_has_its_own(workspace):
    Plan.objects.update(tier="basic")
    assert routes.primary(run(workspace, tier="basic", text=OTHER), "text") == "openrouter:deepseek/deepseek-chat"


def test_staff_may_let_one_workspace_choose(workspace):
    Plan.objects.update(tier="basic")
    TierOverride.objects.create(workspace=workspace, limit="choose_model", value=True, reason="trial")
    assert routes.primary(run(workspace, tier="basic", text=OTHER), "text") == OTHER


def test_without_a_key_there_is_no_model(workspace, monkeypatch):
    monkeypatch.delenv("OPENROUTER_API_KEY")
    assert routes.primary(run(workspace, text=OTHER), "text") == ""


@pytest.mark.parametrize(
    ("tier", "model", "ok"),
    [("free", OTHER, False), ("basic", OTHER, False), ("standard", OTHER, True), ("standard", "openrouter:my/own", False),
     ("professional", "openrouter:my/own", True), ("professional", "nobody:my/own", False)],
)  # fmt: skip
def test_start_holds_what_a_tier_may_choose(db, tier, model, ok):
    options = FilmOptions(chapters=(1,), resolution="360p", models={"text": model})
    if ok:
        services.check(options, TIERS[tier])
    else:
        with pytest.raises(Refused, match="models|may not use"):
            services.check(options, TIERS[tier])


@pytest.mark.parametrize("models", [{"cloning": OTHER}, {"text": "no colon"}, {"text": "a:b c"}])
def test_a_choice_that_is_none(models):
    with pytest.raises(BadInput, match="vendor:model"):
        FilmOptions(models=models)


def test_options_keep_their_models():
    options = FilmOptions.of({"models": {"text": OTHER, "image": ""}})
    assert options.models == {"text": OTHER}
    assert FilmOptions.of(options.to_json()) == options


def test_the_page_says_why_a_tier_may_not_choose(workspace):
    (text,) = [m for m in choices.models(FilmOptions(), TIERS["basic"], workspace) if m.name == "model_text"]
    assert text.refused == "with Standard and up"
    (text,) = [m for m in choices.models(FilmOptions(), TIERS["standard"], workspace) if m.name == "model_text"]
    assert (text.refused, text.choices[0].value) == ("", "")
    assert OTHER in [c.value for c in text.choices]


def built(monkeypatch, key):
    seen = {}
    monkeypatch.setattr(vendors, "build", lambda *names, **facts: seen.update(facts))
    routes.Choice("text", catalogue.current().model(OTHER), key).build()
    return seen["allow_private"]


def test_only_operators_reach_private_addresses(monkeypatch):
    assert built(monkeypatch, keys.Key("openai", "k", "http://10.0.0.1/v1", account="openai"))
    assert not built(monkeypatch, keys.Key("openai", "k", "http://10.0.0.1/v1", own=True, account="own", theirs=True))
    assert not built(monkeypatch, keys.Key("openai", "k", account="openai"))


def test_every_model_of_a_route_has_a_price_and_its_source():
    book = catalogue.load(catalogue.OWN)
    named = {one for lines in book.routes.values() for line in lines.values() for one in line}
    assert named <= set(book.models)
    for model in book.models.values():
        assert model.source
        assert model.checked is not None or model.source.startswith("unchecked")


def test_an_ended_model_gives_way(monkeypatch):
    book = catalogue.load(catalogue.OWN)
    assert book.standing("openrouter:anthropic/claude-3-opus", date(2025, 12, 1)).name == "anthropic/claude-3-opus"
    assert book.standing("openrouter:anthropic/claude-3-opus", date(2026, 2, 1)).name == "anthropic/claude-opus-4.5"
