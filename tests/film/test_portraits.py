"""The people of a book are drawn once, and every picture of them after that; what is never drawn is refused by its scene."""

from __future__ import annotations

import json

import pytest

from billing.models import Usage
from pipeline import engine, services, tasks
from pipeline.models import Event, RouteOverride, Status, Step
from pipeline.routing import catalogue
from projects.models import Asset, Character, Scene
from projects.options import FilmOptions
from projects.services import add_source, body_chapters, new_project
from tests.fakes import media, vendors

pytestmark = pytest.mark.django_db(transaction=True)
ROUTE = ["modelslab:seedream-4.5"]


@pytest.fixture
def modelslab(monkeypatch, tmp_path):
    with vendors.running("modelslab") as found:
        for name, value in vendors.settings_of(found, tmp_path).items():
            monkeypatch.setenv(name, value)
        catalogue.current.cache_clear()
        RouteOverride.objects.create(capability="image", route=ROUTE, reason="test")
        yield found["modelslab"]
    catalogue.current.cache_clear()


@pytest.fixture
def run(workspace, book, modelslab):
    """Its scenes stand, each with the fox in it; no picture is drawn yet."""
    source = add_source(workspace, book)
    options = FilmOptions(chapters=tuple(body_chapters(source)), mode="verbatim", resolution="360p")
    run = services.start(new_project(source, options=options))
    for stage in ("script_generation", "scene_breakdown"):
        tasks.work(Step.objects.get(run=run, stage=stage).pk)
    for scene in Scene.objects.filter(script__runs=run):
        scene.brief["who"] = ["Fox"]
        scene.save()
    look = {"kind": "animal", "noun": "fox", "traits": ["red coat"]}
    Character.objects.update_or_create(project=run.project, name="Fox", defaults={"mentions": 5, "look": look})
    return run


def draw(run):
    for step in Step.objects.filter(run=run, stage="image_generation", status=Status.PENDING):
        Step.objects.filter(pk=step.pk).update(not_before=None)
        tasks.work(step.pk)
    return Step.objects.filter(run=run, stage="image_generation").order_by("position")


def sent(modelslab, path):
    return [json.loads(one.body) for one in modelslab.requests if one.path.endswith(path)]


def test_one_portrait_for_all_scenes(run, modelslab):
    steps = draw(run) and draw(run)
    assert {step.status for step in steps} == {Status.SUCCEEDED}
    assert Asset.objects.filter(kind="portrait").count() == len(sent(modelslab, "/text-to-image")) == 1
    after = sent(modelslab, "/image-to-image")
    assert len(after) == steps.count() >= 2
    assert all("red coat" in one["prompt"] and len(one["init_image"]) == 1 for one in after)


def test_another_look_is_another_portrait_and_other_pictures(run):
    draw(run)
    before = set(draw(run).values_list("recipe", flat=True))
    Character.objects.filter(name="Fox").update(look={"kind": "animal", "noun": "fox", "traits": ["grey coat"]})
    engine.reset(Step.objects.filter(run=run, stage="image_generation"))
    Step.objects.filter(run=run, stage="image_generation").update(ready=True)
    draw(run)
    assert not before & set(draw(run).values_list("recipe", flat=True))
    assert Asset.objects.filter(kind="portrait").count() == 2


def test_what_is_never_drawn_is_refused_by_its_scene(run, modelslab):
    first = Scene.objects.filter(script__runs=run).order_by("number").first()
    first.title = "child porn"
    first.save()
    step = draw(run)[0]
    assert step.status == Status.FAILED
    assert "scene 1" in step.error
    assert "Change the scene's words" in step.error


def test_a_vendors_refusal_names_the_scene(run, modelslab):
    scenes = list(Scene.objects.filter(script__runs=run).order_by("number"))
    scenes[1].title = "A naked truth"
    scenes[1].save()
    draw(run)
    step = draw(run)[1]
    assert step.status == Status.FAILED
    assert "Scene 2 was refused by the provider's content rules" in step.error


@pytest.fixture
def bare(monkeypatch):
    """`bare(model)`: what this model draws is not for films."""

    def spoil(model):
        usual = media.picture
        drawn = lambda w, h, seed="", form="png": media.figure(w, h) if model in seed else usual(w, h, seed, form)  # noqa: E731
        monkeypatch.setattr(media, "picture", drawn)

    return spoil


def test_a_picture_that_no_film_shows_is_drawn_by_the_next_model(run, bare):
    bare("seedream-4.5")
    RouteOverride.objects.update(route=[*ROUTE, "modelslab:seedream-4"])
    Character.objects.all().delete()
    steps = draw(run)
    assert {step.status for step in steps} == {Status.SUCCEEDED}
    assert {step.asset.origin["model"] for step in steps} == {"seedream-4"}
    bad = Usage.objects.filter(outcome="garbage")
    assert {row.model for row in bad} == {"seedream-4.5"} and bad.count() == steps.count()
    assert {row.fault for row in bad} == {"the picture shows what no film shows"}


def test_when_no_model_draws_what_may_be_shown_this_machine_does_and_says_so(run, bare):
    bare("seedream")
    Character.objects.all().delete()
    steps = draw(run)
    assert {(step.status, step.asset.origin["provider"]) for step in steps} == {(Status.SUCCEEDED, "local")}
    assert Event.objects.filter(run=run, kind="fallback").count() == steps.count()
