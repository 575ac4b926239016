"""Scripts through the router on the fake of OpenRouter: what goes wrong is repaired, passed on, or done by rules and said."""

from __future__ import annotations

import pytest

from billing.models import Usage
from pipeline import context, services, tasks
from pipeline.models import Event, Status, Step
from pipeline.routing import catalogue
from pipeline.words import event, now
from projects.models import Scene
from projects.options import FilmOptions
from projects.services import add_source, body_chapters, new_project
from tests.fakes import vendors
from tests.film.conftest import book, workspace  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def openrouter(monkeypatch, tmp_path):
    with vendors.running("openrouter") as found:
        for name, value in vendors.settings_of(found, tmp_path).items():
            monkeypatch.setenv(name, value)
        catalogue.current.cache_clear()
        yield found["openrouter"]
    catalogue.current.cache_clear()


@pytest.fixture
def start(workspace, book):  # noqa: F811
    def begin(mode="abridged", **options):
        source = add_source(workspace, book)
        chosen = FilmOptions(chapters=body_chapters(source), mode=mode, minutes=0.2, resolution="360p", **options)
        run = services.start(new_project(source, options=chosen))
        for stage in ("script_generation", "scene_breakdown"):
            for step in Step.objects.filter(run=run, stage=stage):
                tasks.work(step.pk)
        run.refresh_from_db()
        return run

    return begin


def said(run):
    return [event(row) for row in Event.objects.filter(run=run).order_by("pk")]


def test_a_summary_is_written_and_linked_to_the_book(openrouter, start):
    run = start("summary")
    scenes = Scene.objects.filter(script=run.script)
    assert scenes.exists()
    assert all(s["end"] > s["start"] for scene in scenes for s in scene.segments)
    assert "Written with openai/gpt-4o-mini" in said(run)


def test_words_are_counted_while_they_are_written(openrouter, start, monkeypatch):
    monkeypatch.setattr(context, "PROGRESS_EVERY", 0.0)
    step = Step.objects.get(run=start("summary"), stage="script_generation")
    assert step.total == 0 and step.done > 20
    assert now(step.stage, 0, 0, written=step.done) == f"Writing the script, {step.done} words so far"


@pytest.mark.parametrize("kind", ["prose", "truncated_json", "wrong_language", "too_long", "error_in_200"])
def test_a_bad_answer_is_mended(openrouter, start, kind):
    openrouter.faults.next(kind, where="chat")
    run = start()
    assert Step.objects.filter(run=run, status=Status.SUCCEEDED).count() == 2
    assert not Event.objects.filter(run=run, kind="fallback").exists()


def test_when_no_model_can_rules_do_it_and_say_so(openrouter, start):
    openrouter.faults.next("402", times=50)
    run = start()
    assert Scene.objects.filter(script=run.script).exists()
    assert any("is made on this machine" in line for line in said(run))


def test_without_a_model_rules_do_it_and_say_so(start):
    run = start()
    assert "Written by this machine’s own rules, in the author’s sentences" in said(run)
    assert set(Usage.objects.values_list("provider", flat=True)) == {"local"}


def test_another_model_writes_another_script_and_the_same_none(openrouter, start):
    first, calls = start(), len(openrouter.requests)
    assert (start().script.recipe, len(openrouter.requests)) == (first.script.recipe, calls)
    other = start(models={"text": "openrouter:openai/gpt-4o"})
    assert other.script.recipe != first.script.recipe
    assert len(openrouter.requests) > calls
