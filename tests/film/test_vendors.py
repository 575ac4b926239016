"""A book becomes a film on the fakes, once a tier: every stage by a vendor, and the ledger as they bill it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import User
from accounts.services import open_workspace
from billing.models import Plan, Usage
from billing.plans import CATALOGUE
from pipeline import services
from pipeline.models import Event, Render, Status
from pipeline.routing import catalogue
from projects.options import FilmOptions
from projects.services import add_source, body_chapters, new_project
from tests.fakes import vendors
from tests.fakes.driving import drive, hearing
from tests.providers.test_specs import FILES, SPECS, hold

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CENT = Decimal("0.01")


@pytest.fixture
def fakes(monkeypatch, tmp_path):
    with vendors.running() as found:
        for name, value in vendors.settings_of(found, tmp_path).items():
            monkeypatch.setenv(name, value)
        catalogue.current.cache_clear()
        yield found
    catalogue.current.cache_clear()


def begin(book, tier, **options):
    user = User.objects.create_user(f"{tier}@litink.example", "a long enough password")
    workspace = open_workspace(user)
    Plan.objects.update_or_create(workspace=workspace, defaults={"tier": tier})
    source = add_source(workspace, book)
    chosen = FilmOptions(
        chapters=tuple(body_chapters(source)), minutes=0.15, resolution="360p", **{"music": ""} | options
    )
    return services.start(new_project(source, options=chosen))


def ledger(run):
    return sum(Usage.objects.filter(run=run.pk, own_key=False).values_list("cost_usd", flat=True), Decimal(0))


@pytest.mark.parametrize("tier", [tier.key for tier in CATALOGUE])
def test_a_whole_film_of_each_tier(fakes, book, tier):
    run = begin(book, tier)
    fakes["deepgram"].hears = hearing(run)
    assert drive(run).status == Status.SUCCEEDED, run.error
    assert Render.objects.get(run=run).certificate["ok"]
    served = set(Usage.objects.filter(run=run.pk, outcome="succeeded").values_list("capability", "provider"))
    assert {c for c, provider in served if provider != "local"} >= {"text", "image", "speech", "transcription"}
    assert not Event.objects.filter(run=run, kind="fallback").exists()
    assert abs(ledger(run) - vendors.billed(fakes)) < CENT / 2
    for vendor in FILES:
        if (SPECS / FILES[vendor]).exists():
            hold(vendor, fakes[vendor])


def test_a_film_with_music_and_sounds_of_chosen_models(fakes, book):
    """Its certificate is green, its ledger the bill; made again it asks nobody."""
    models = {"music": "modelslab:music_v1", "sound": "elevenlabs:eleven_text_to_sound_v2"}
    run = begin(book, "standard", music="auto", sounds="soft", motion="camera", models=models)
    fakes["deepgram"].hears = hearing(run)
    assert drive(run).status == Status.SUCCEEDED, run.error
    assert Render.objects.get(run=run).certificate["ok"]
    served = set(Usage.objects.filter(run=run.pk, outcome="succeeded").values_list("capability", "provider"))
    assert {("music", "modelslab"), ("sound", "elevenlabs")} <= served
    assert abs(ledger(run) - vendors.billed(fakes)) < CENT / 2
    again = services.start(run.project)
    fakes["deepgram"].hears = hearing(again)
    assert drive(again).status == Status.SUCCEEDED, again.error
    assert not Usage.objects.filter(run=again.pk).exists()
