"""The film's people, the tools of a scene and the words said, in Chromium."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.desk import stale
from pipeline.models import Run
from projects.desk.takes import PICTURE, VOICE
from projects.models import Asset, Character, Scene
from tests.browser.test_live_page import until
from tests.desk.film import as_filmed, tells_the_book
from tests.desk.test_tools_uploads import photo

pytestmark = pytest.mark.browser
HEARS = "window.heard = []; HTMLMediaElement.prototype.play = function () { heard.push(this.src); return Promise.resolve(); };"


@pytest.fixture
def film(world):
    """Wren speaks in scene 1 and is seen in 1 and 2; a quick voice tells the rest."""
    film = tells_the_book(world, world.done)
    Run.objects.filter(pk=film.run.pk).update(options=film.run.options | {"voice": "espeak:en-us", "style": "shadow"})
    film.run.refresh_from_db()
    for place, scene in enumerate(film.scenes):
        scene.segments[0]["speaker"] = "Wren" if place == 0 else ""
        scene.brief = scene.brief | {"who": ["Wren"] if place < 2 else []}
        scene.save()
    look = {"name": "Wren", "kind": "person", "sex": "female", "age": "child", "traits": ["red hair"]}
    Character.objects.create(project=film.project, name="Wren", lines=1, mentions=9, look=look)
    return as_filmed(film)


@pytest.fixture
def page(world, visit):
    page = visit(world.people["owner"])
    page.add_init_script(HEARS)
    return page


def marked(film):
    return stale.marks(film.run).stale


def person(page, name):
    return page.locator(".person", has=page.get_by_role("heading", name=name, exact=True))


def card(page, scene):
    return page.locator(f"#scene-{scene.pk}")


def test_a_voice_is_heard_then_given_and_its_scene_marked(page, film):
    page.goto(reverse("people", args=[film.project.pk]))
    wren = person(page, "Wren")
    wren.locator("summary", has_text="Change").click()
    voice = wren.get_by_label("Voice")
    voice.select_option(index=voice.locator("option").count() - 1)
    wren.locator("[data-play-choice]").click()
    chosen = voice.input_value()
    assert until(lambda: chosen.split(":")[-1].split("+")[0] in "".join(page.evaluate("heard")))
    wren.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("1 scene is marked for the next update.")
    assert marked(film) == {film.scenes[0].pk: {VOICE}}
    person(page, "Wren").get_by_role("link", name="Scene 1").first.click()
    expect(card(page, film.scenes[0])).to_be_focused()
    expect(card(page, film.scenes[0]).locator("[data-stale]")).to_be_visible()


def test_the_keyboard_alone_splits_one_who_is_two(page, film):
    page.goto(reverse("person", args=[Character.objects.get(name="Wren").pk]))
    page.get_by_label("The line in scene 1 is not Wren’s").focus()
    page.keyboard.press("Space")
    page.get_by_label("Name of the other one").focus()
    page.keyboard.type("Her sister")
    page.keyboard.press("Enter")
    expect(person(page, "Her sister")).to_be_visible()
    assert marked(film) == {film.scenes[0].pk: {VOICE}}


def test_without_script_two_are_merged(world, visit, film):
    Character.objects.create(project=film.project, name="The girl")
    page = visit(world.people["owner"], java_script_enabled=False)
    page.goto(reverse("people", args=[film.project.pk]))
    girl = person(page, "The girl")
    girl.locator("summary", has_text="Merge").click()
    girl.get_by_label("is the same as").select_option("Wren")
    girl.get_by_role("button", name="Merge the two").click()
    expect(page.locator(".person", has_text="also The girl")).to_be_visible()


def test_a_word_is_heard_as_it_is_written_and_kept(page, film):
    page.goto(reverse("words_said", args=[film.project.pk]))
    page.get_by_label("As written").fill("fog")
    page.get_by_label("As said").fill("FAHG")
    page.get_by_role("button", name="Play").click()
    assert until(lambda: len(page.evaluate("heard")) == 1)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status").first).to_contain_text("marked")
    assert next(iter(marked(film).values())) == {VOICE}
    page.get_by_role("button", name="Remove fog").click()
    expect(page.locator("main")).to_contain_text("Nothing yet")
    assert marked(film) == {}


def open_takes(page, film, place=0):
    page.goto(reverse("desk", args=[film.project.pk]))
    card(page, film.scenes[place]).get_by_role("link", name="Takes").click()
    return page.get_by_role("dialog")


def test_a_scene_is_heard_with_the_words_just_typed(page, film):
    page.goto(reverse("desk", args=[film.project.pk]))
    scene = card(page, film.scenes[1])
    scene.locator("[data-hear]").click()
    assert until(lambda: f"/{film.voice.pk}/" in "".join(page.evaluate("heard")))
    scene.locator("textarea").fill("A bell rang.")
    expect(scene.locator("[data-stale]")).to_be_visible()
    scene.locator("[data-hear]").click()
    assert until(lambda: len(page.evaluate("heard")) == 2)
    assert Asset.objects.get(recipe=Scene.objects.get(pk=film.scenes[1].pk).digests[VOICE]).kind == "voice"


def test_an_own_picture_is_brought_and_the_old_one_used_again(page, film, tmp_path):
    (tmp_path / "me.jpg").write_bytes(photo())
    dialog = open_takes(page, film)
    dialog.get_by_label("My own picture").set_input_files(tmp_path / "me.jpg")
    dialog.get_by_role("button", name="Bring it").first.click()
    expect(page.locator("#desk-toast")).to_contain_text("Your picture is used")
    expect(dialog).not_to_be_visible()
    assert marked(film) == {film.scenes[0].pk: {PICTURE}}
    Asset.objects.filter(pk=film.picture.pk).update(recipe=film.run.steps.get(stage=PICTURE, position=1).recipe)
    card(page, film.scenes[0]).get_by_role("link", name="Takes").click()
    page.get_by_role("button", name="Use take 1").click()
    expect(page.locator("#desk-toast")).to_contain_text("This take is used")
    assert marked(film) == {}


def test_what_can_t_be_used_is_said_and_the_dialog_stays(page, film, tmp_path):
    (tmp_path / "me.png").write_bytes(b"<svg/>")
    dialog = open_takes(page, film)
    dialog.get_by_label("My own picture").set_input_files(tmp_path / "me.png")
    dialog.get_by_role("button", name="Bring it").first.click()
    expect(page.locator("#desk-toast")).to_contain_text("PNG, JPEG or WebP")
    expect(dialog.get_by_role("button", name="Bring it").first).to_be_enabled()


def test_a_scene_is_locked_and_unlocked(page, film):
    page.goto(reverse("desk", args=[film.project.pk]))
    scene = card(page, film.scenes[0])
    scene.get_by_role("button", name="Lock").click()
    expect(scene.locator("textarea")).to_have_count(0)
    expect(scene.locator(".marks")).to_contain_text("locked")
    assert set(Scene.objects.get(pk=film.scenes[0].pk).held) == {PICTURE, VOICE}
    scene.get_by_role("button", name="Unlock").click()
    expect(scene.locator("textarea")).to_be_visible()
