"""The script desk in Chromium: written, marked, updated, compared, restored, taken back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.models import Run, Status, Step
from projects.models import Scene
from tests.browser.test_live_page import until
from tests.desk.film import as_filmed, tells_the_book

pytestmark = pytest.mark.browser


@pytest.fixture
def film(world):
    return as_filmed(tells_the_book(world, world.done))


def open_desk(page, film):
    page.goto(reverse("desk", args=[film.project.pk]))
    return page


def card(page, scene):
    return page.locator(f"#scene-{scene.pk}")


def words(page, scene):
    return card(page, scene).locator("textarea")


def told(scene):
    return Scene.objects.get(pk=scene.pk).narration


def pending(run, stage):
    rows = Step.objects.filter(run=run, stage=stage).exclude(status=Status.SUCCEEDED).order_by("position")
    return list(rows.values_list("position", flat=True))


def test_words_of_two_scenes_are_marked_and_exactly_they_are_made_again(world, visit, film):
    page = open_desk(visit(world.people["owner"]), film)
    for scene, text in zip(film.scenes, ("The fog came by day.", "Nobody saw the harbour.")):
        words(page, scene).fill(text)
        expect(card(page, scene).locator("[data-stale]")).to_be_visible()
    expect(page.locator("#desk-bar")).to_contain_text("2 scenes changed")
    expect(page.locator("[data-stale]")).to_have_count(2)
    page.get_by_role("button", name="Update film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    run = Run.objects.filter(project=film.project).latest("pk")
    assert until(lambda: pending(run, "audio_generation") == [1, 2])
    assert (pending(run, "image_generation"), pending(run, "video_generation")) == ([], [1, 2])
