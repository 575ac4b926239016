"""A book becomes a film on the fakes, once a tier: every stage by a vendor, and the ledger as they bill it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from accounts.services import open_workspace
from billing.models import Plan, Usage
from billing.plans import CATALOGUE
from pipeline import services, tasks
from pipeline.models import Event, Render, Status, Step
from pipeline.rendering.parts import FPS, RATE
from pipeline.rendering.plan import LEAD
from pipeline.routing import catalogue
from projects.options import FilmOptions
from projects.services import add_source, new_project
from tests.fakes import vendors

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


def begin(book, tier="standard", **options):
    user = User.objects.create_user(f"{tier}@litink.example", "a long enough password")
    workspace = open_workspace(user)
    Plan.objects.update_or_create(workspace=workspace, defaults={"tier": tier})
    chosen = FilmOptions(**{"chapters": (1,), "mode": "verbatim", "resolution": "360p", "music": ""} | options)
    return services.start(new_project(add_source(workspace, book), options=chosen))


def finish(run):
    """Works off the run in this process, in no time at all."""
    for _ in range(400):
        Step.objects.filter(run=run, status=Status.PENDING).update(not_before=None)
        step = Step.objects.filter(run=run, status=Status.PENDING, ready=True).order_by("pk").first()
        if step is None:
            break
        tasks.work(step.pk)
    run.refresh_from_db()
    return run


def hearing(run):
    """What a perfect ear hears in the film."""

    def hears(_):
        film = Step.objects.get(run=run, stage="post_processing").asset
        starts = dict(film.meta["scenes"])
        steps = Step.objects.filter(run=run, stage="audio_generation").select_related("asset").order_by("position")
        found = []
        for step in steps:
            rate, at = step.asset.meta["rate"], starts[step.position] / FPS + LEAD / RATE
            found += [(w, at + s / rate, at + max(e, s + 1) / rate) for w, s, e, _ in step.asset.meta["words"]]
        connection.close()
        return found

    return hears


def ledger(run):
    return sum(Usage.objects.filter(run=run.pk, own_key=False).values_list("cost_usd", flat=True), Decimal(0))


@pytest.mark.parametrize("tier", [tier.key for tier in CATALOGUE])
def test_a_whole_film_of_each_tier(fakes, book, tier):
    run = begin(book, tier)
    fakes["deepgram"].hears = hearing(run)
    assert finish(run).status == Status.SUCCEEDED, run.error
    assert Render.objects.get(run=run).certificate["ok"]
    served = set(Usage.objects.filter(run=run.pk, outcome="succeeded").values_list("capability", "provider"))
    assert {c for c, provider in served if provider != "local"} >= {"text", "image", "speech", "transcription"}
    assert not Event.objects.filter(run=run, kind="fallback").exists()
    assert abs(ledger(run) - vendors.billed(fakes)) < CENT / 2
