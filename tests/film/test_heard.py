"""Music and sounds of places that the maker's models make: paid once, reused, and made here where no vendor can."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from billing.models import Plan, Usage
from pipeline import words
from pipeline.models import Event, Run, Status, Step, VendorJob
from pipeline.routing import catalogue
from pipeline.stages import ambience, music
from projects.models import Asset, Scene
from tests.fakes import vendors
from tests.fakes.driving import drive
from tests.film.test_moving import MADE, run  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
COMPOSER, NOISES = "elevenlabs:music_v1", "modelslab:eleven_sound_effect"
WEATHERS = ({"place": "forest", "time": "day"}, {"place": "sea", "weather": "rain"})


@pytest.fixture
def fakes(monkeypatch, tmp_path):
    with vendors.running("elevenlabs", "modelslab") as found:
        for name, value in vendors.settings_of(found, tmp_path).items():
            monkeypatch.setenv(name, value)
        catalogue.current.cache_clear()
        yield found
    catalogue.current.cache_clear()


@pytest.fixture
def film(run):  # noqa: F811
    """Two scenes, in a forest and at the sea in the rain; a maker who may choose models."""
    Plan.objects.update_or_create(workspace=run.workspace, defaults={"tier": "standard"})
    for scene, where in zip(Scene.objects.order_by("number"), WEATHERS, strict=True):
        Scene.objects.filter(pk=scene.pk).update(brief=scene.brief | where)
    return made_with(run)


def made_with(run, **options):  # noqa: F811
    """The run, to be put together anew with these options."""
    Step.objects.filter(run=run).exclude(stage__in=MADE).delete()
    wanted = run.options | {"motion": "camera", "music": "", "sounds": "", "models": {}} | options
    Run.objects.filter(pk=run.pk).update(options=wanted, tier="standard", status=Status.RUNNING, planned=MADE)
    run.refresh_from_db()
    return run


def finished(run):  # noqa: F811
    from pipeline import engine

    engine.advance(run.pk)
    assert drive(run).status == Status.SUCCEEDED, run.error
    return Step.objects.select_related("asset").get(run=run, stage="post_processing").asset


def chosen(film, **options):
    return made_with(film, music="calm", sounds="soft", models={"music": COMPOSER, "sound": NOISES}, **options)


def sent(fake, end):
    return [json.loads(one.body) for one in fake.requests if one.path.endswith(end)]


def credits(made):
    text = Asset.objects.get(pk=made.meta["files"]["credits.json"]).content()
    return {(p["kind"], p["origin"], p["model"], p["made_by_ai"]) for p in json.loads(text)["parts"]}


def told(film, kind="fallback"):
    return [event.facts["capability"] for event in Event.objects.filter(run=film, kind=kind).order_by("pk")]


def test_chosen_models_make_them_once_and_the_ledger_is_the_bill(film, fakes):
    made = finished(chosen(film))
    (wish,) = sent(fakes["elevenlabs"], "/music")
    assert wish["music_length_ms"] == 30_000 and wish["force_instrumental"] and "Fox" not in wish["prompt"]
    assert [one["time_in_seconds"] for one in sent(fakes["modelslab"], "/sound-generation")] == [20, 20]
    assert {("music", "elevenlabs", "music_v1", True), ("sound", "modelslab", "eleven_sound_effect", True)} <= credits(
        made
    )
    assert sum(row.cost_usd for row in Usage.objects.filter(run=film.pk)) == vendors.billed(fakes) > 0
    assert not told(film)


def test_another_run_and_another_shape_pay_nothing(film, fakes):
    first = finished(chosen(film))
    paid = vendors.billed(fakes)
    assert finished(chosen(film, aspect="9:16")).recipe != first.recipe
    assert vendors.billed(fakes) == paid and Asset.objects.filter(kind="music").count() == 1
    assert Asset.objects.filter(kind=ambience.KIND).count() == 2


def test_without_a_choice_nobody_is_asked_and_nothing_is_paid(film, fakes):
    made = finished(made_with(film, music="calm"))
    assert not Usage.objects.filter(run=film.pk).exists() and vendors.billed(fakes) == 0
    assert ("music", "LitinkAI", "composed by rule, played by MuseScore_General_Lite", False) in credits(made)


def test_places_without_a_model_are_made_here_and_recorded_as_free(film, fakes):
    made = finished(made_with(film, sounds="soft"))
    rows = Usage.objects.filter(run=film.pk)
    assert {(row.capability, row.provider, row.cost_usd) for row in rows} == {("sound", "local", Decimal(0))}
    assert ("sound", "local", "sounds-1", False) in credits(made) and vendors.billed(fakes) == 0


def test_where_no_vendor_can_this_machine_does_it_and_says_so(film, fakes):
    for fake in fakes.values():
        fake.faults.next("402", times=20)
    made = finished(chosen(film))
    assert told(film) == ["music", "sound"] and vendors.billed(fakes) == 0
    assert {kind for kind, origin, *_ in credits(made) if origin in ("local", "LitinkAI")} == {"music", "sound"}
    assert not Asset.objects.filter(kind="music").exists()
    lines = [words.event(event) for event in Event.objects.filter(run=film, kind="fallback").order_by("pk")]
    assert lines[0] == "Music is made on this machine: no music model could do it"
    assert lines[1] == "The sound of places is made on this machine: no sound model could do it"


def test_a_vendor_that_takes_its_time_holds_no_worker(film, fakes):
    fakes["modelslab"].slow = {"voice"}
    finished(made_with(film, music="calm", sounds="soft", models={"music": "modelslab:music_v1", "sound": NOISES}))
    assert VendorJob.objects.filter(capability__in=("music", "sound"), closed__isnull=False).count() == 3
    assert len(fakes["modelslab"].bill.rows) == 3 and not told(film)


def test_recipes_of_films_without_them_are_what_they_were(film):
    assert finished(made_with(film, sounds="")).recipe == finished(made_with(film)).recipe
    assert finished(made_with(film, sounds="soft")).recipe != finished(made_with(film)).recipe
    assert ambience.Air().made == {}


@pytest.mark.parametrize(
    ("brief", "kind"),
    [
        ({"place": "forest", "time": "day"}, "forest"),
        ({"place": "forest", "time": "night"}, "night"),
        ({"place": "street", "weather": "storm"}, "storm"),
        ({"place": "kitchen", "indoors": True, "weather": "rain"}, ""),
        ({"place": "living room", "indoors": True, "what": ["hearth"]}, "fire"),
        ({"place": "meadow", "weather": "snow"}, "wind"),
        ({"place": "river bank"}, "river"),
        ({}, ""),
    ],
)
def test_a_brief_says_what_is_heard(brief, kind):
    assert ambience.kind(brief) == kind


def test_this_machine_knows_every_place():
    from pipeline.providers.local.sounds import chosen as kinds

    assert {kind: kinds(f"{wish}. {ambience.MANNER}") for kind, wish in ambience.WISHES.items()} == {
        kind: (kind,) for kind in ambience.WISHES
    }


@pytest.mark.parametrize(("film", "asked"), [(4.0, 30), (30.0, 30), (31.0, 60), (4000.0, 180)])
def test_music_is_asked_for_in_whole_steps(film, asked):
    assert music.seconds(film) == asked
