"""A real film, mended at the desk: what changed is made again by real workers, and nothing else."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from billing.models import Usage
from pipeline import remarks, services, showing
from pipeline.models import Render, Run, Status
from projects.models import Asset, Character, Scene
from projects.options import FilmOptions
from projects.services import add_source, body_chapters, new_project
from tests.browser.test_desk import card, open_desk, saved, told, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 400  # seconds for a film on a busy machine
TALE = """CHAPTER I. The Lamp

Once upon a time a red fox found a small lamp in the forest. It lay under an old oak and it gave a yellow light.

"What a fine light," said the fox. "I will carry it home to my children, for the winter nights are long and dark."

But an owl sat in the oak, and the owl had seen it all. She shook her wings and looked down at the fox.

"It is mine," said the owl. "I read by it every night. Put it down, and go home to your children without it."

The rain fell on the leaves, and the wind blew over the hill. The fox thought of the long road and of the dark.

So the fox gave the lamp back and went home to bed, and the owl read on in her book until the morning came.
"""


@pytest.fixture
def film(world, workers, tmp_path):
    """(project, its first run) with workers that stay."""
    path = tmp_path / "fox.txt"
    path.write_text(TALE)
    source = add_source(world.workspace, path)
    options = FilmOptions(chapters=tuple(body_chapters(source)), mode="verbatim", resolution="360p", music="")
    project = new_project(source, options=options, user=world.people["owner"])
    workers()
    return project, finished(services.start(project, user=world.people["owner"]))


@pytest.fixture(autouse=True)
def patient():
    """Workers and the site share the machine."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def finished(run):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        run = Run.objects.select_related("script").get(pk=run.pk)
        if not run.is_open:
            break
        time.sleep(0.5)
    assert run.status == Status.SUCCEEDED, run.error
    return run


def made():
    """What there is of each kind, and how often each provider was called."""
    kinds = {kind: set(Asset.objects.filter(kind=kind).values_list("recipe", flat=True)) for kind in ("voice", "picture", "piece")}  # fmt: skip
    return kinds, {name: Usage.objects.filter(capability=name).count() for name in ("speech", "image")}


def update(page, project):
    page.get_by_role("button", name="Update film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    run = finished(Run.objects.filter(project=project).latest("pk"))
    expect(page.locator("#run-now")).to_have_text("The film is ready", timeout=30_000)
    return run


def begins(run, scene):
    return showing.starts_of(run.render)[scene]


def desk_of(visit, world, project):
    page = visit(world.people["owner"])
    page.goto(reverse("desk", args=[project.pk]))
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def test_a_film_is_mended_scene_by_scene(world, visit, film):
    project, first = film
    scenes = list(Scene.objects.filter(script=first.script).order_by("number"))
    assert len(scenes) >= 5
    page = desk_of(visit, world, project)
    before, calls = made()
    said = remarks.add(first.render, by=world.people["owner"], text="Slower.", seconds=begins(first, 3) + 0.5)

    for place, text in (
        (0, "One day a red fox found a very old lamp in the forest."),
        (3, "It is not yours, said the owl."),
    ):
        words(page, scenes[place]).fill(text)
        expect(card(page, scenes[place]).locator("[data-stale]")).to_be_visible()
    expect(page.locator("[data-stale]")).to_have_count(2)
    expect(page.locator("#desk-bar")).to_contain_text("2 scenes changed")
    second = update(page, project)

    after, called = made()
    assert (len(after["voice"] - before["voice"]), after["picture"]) == (2, before["picture"])
    assert (called["speech"] - calls["speech"], called["image"]) == (2, calls["image"])
    new = [a.meta for a in Asset.objects.filter(recipe__in=after["piece"] - before["piece"])]
    assert {m["scene"] for m in new if m["kind"] == "body"} == {1, 4}
    assert sorted(m["scene"] for m in new if m["kind"] == "transition") == [1, 2, 4, 5]  # into them and out of them

    told = remarks.shown(second.render, [second.render, first.render]).open
    assert [(t.row, t.scene, t.version) for t in told] == [(said, 3, 1)]
    assert told[0].at == pytest.approx(begins(second, 3) + 0.5) != pytest.approx(said.seconds)

    page.goto(reverse("versions", args=[project.pk]))
    expect(page.locator("video")).to_have_count(2)
    assert Render.objects.filter(project=project).count() == 2
    restore_and_mend(page, project, scenes, world)


def restore_and_mend(page, project, scenes, world):
    """The old words again, a deletion taken back, a speaker corrected, a scene locked: all from what there is."""
    page.goto(reverse("desk_history", args=[project.pk]) + "?from=0")
    page.get_by_role("button", name="Restore this version").click()
    expect(page.locator("[data-stale]")).to_have_count(2)
    before, calls = made()
    update(page, project)
    assert made() == (before, calls)  # restoring makes nothing anew

    page.goto(reverse("desk", args=[project.pk]))
    card(page, scenes[2]).focus()
    page.keyboard.press("Delete")
    expect(page.locator("#desk-bar")).to_contain_text("Another order of scenes")
    page.locator("#desk-toast").get_by_role("button", name="Undo").click()
    expect(card(page, scenes[2])).to_be_visible()
    expect(page.get_by_role("button", name="Update film")).to_be_disabled()

    lock_and_speak(page, project, scenes)


def lock_and_speak(page, project, scenes):
    Character.objects.get_or_create(project=project, name="Owl")
    page.reload()
    card(page, scenes[4]).get_by_role("button", name="Lock").first.click()
    expect(card(page, scenes[4])).to_have_class(re.compile("locked"))
    card(page, scenes[1]).get_by_label("Said by").first.select_option("Owl")
    saved(page)
    expect(page.locator("[data-stale]")).to_have_count(1)
    kept = told(scenes[4])
    page.goto(reverse("desk_history", args=[project.pk]) + "?from=0")
    page.goto(reverse("desk", args=[project.pk]))
    before, calls = made()
    update(page, project)
    after, called = made()
    assert (len(after["voice"] - before["voice"]), called["image"]) == (1, calls["image"])
    assert told(scenes[4]) == kept
    open_desk(page, type("Film", (), {"project": project}))
    expect(card(page, scenes[4]).locator("textarea")).to_have_count(0)
