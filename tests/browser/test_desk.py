"""The script desk in Chromium: by mouse, by keyboard, by two at once, without connection, without script."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.models import Run, Status, Step
from projects.models import Character, Clash, Scene
from tests.browser.test_live_page import until
from tests.desk.film import as_filmed, tells_the_book
from tests.web import world as worlds

pytestmark = pytest.mark.browser


@pytest.fixture
def film(world):
    """Six scenes, so that what an update leaves alone is seen."""
    made = worlds.film(world.source, world.people["owner"], scenes=6)
    return as_filmed(tells_the_book(world, made))


@pytest.fixture
def desk(world, visit, film):
    return open_desk(visit(world.people["owner"]), film)


def open_desk(page, film):
    page.goto(reverse("desk", args=[film.project.pk]))
    return page


def card(page, scene):
    return page.locator(f"#scene-{scene.pk}")


def words(page, scene):
    return card(page, scene).locator("textarea").first


def told(scene):
    return Scene.objects.get(pk=scene.pk).narration


def order(film):
    return list(Scene.objects.filter(script=film.run.script).order_by("number").values_list("pk", flat=True))


def saved(page):
    expect(page.locator("[data-status]")).to_have_text("Everything is saved")


def pending(run, stage):
    rows = Step.objects.filter(run=run, stage=stage).exclude(status=Status.SUCCEEDED).order_by("position")
    return list(rows.values_list("position", flat=True))


def test_words_of_two_scenes_are_marked_and_exactly_they_are_made_again(desk, film):
    for scene, text in zip(film.scenes, ("The fog came by day.", "Nobody saw the harbour.")):
        words(desk, scene).fill(text)
        expect(card(desk, scene).locator("[data-stale]")).to_be_visible()
    expect(desk.locator("#desk-bar")).to_contain_text("2 scenes changed")
    expect(desk.locator("#desk-bar")).to_contain_text("the other 4 stay as they are")
    expect(desk.locator("[data-stale]")).to_have_count(2)
    update(desk, film)


def update(page, film):
    page.get_by_role("button", name="Update film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    run = Run.objects.filter(project=film.project).latest("pk")
    assert until(lambda: pending(run, "audio_generation") == [1, 2])
    assert pending(run, "image_generation") == []


def test_the_keyboard_alone_does_the_same(desk, film):
    keys = desk.keyboard
    for text in ("The fog came by day.", "Nobody saw the harbour."):
        keys.press("j")
        keys.press("Enter")
        keys.press("Control+a")
        keys.type(text)
        keys.press("Escape")
    expect(desk.locator("[data-stale]")).to_have_count(2)
    expect(desk.locator("#desk-bar")).to_contain_text("2 scenes changed")
    keys.press("u")
    expect(desk.get_by_role("button", name="Update film")).to_be_focused()
    keys.press("Enter")
    desk.wait_for_url(re.compile(r"/runs/\d+/"))
    run = Run.objects.filter(project=film.project).latest("pk")
    assert until(lambda: pending(run, "audio_generation") == [1, 2])


def test_keys_move_split_merge_add_delete_and_take_back(desk, film):
    keys, first = desk.keyboard, order(film)
    keys.press("j")
    keys.press("Alt+ArrowDown")
    assert until(lambda: order(film)[:2] == [first[1], first[0]])
    expect(card(desk, film.scenes[0])).to_be_focused()
    keys.press("Delete")
    expect(desk.locator("#desk-toast")).to_contain_text("is deleted")
    assert until(lambda: len(order(film)) == 5)
    keys.press("z")
    assert until(lambda: order(film) == [first[1], first[0], *first[2:]])
    expect(card(desk, film.scenes[0])).to_be_focused()
    keys.press("m")
    assert until(lambda: len(order(film)) == 5)
    keys.press("n")
    desk.get_by_label("Its words").fill("A bell rang.")
    keys.press("Tab")
    keys.press("Enter")
    expect(desk.locator("textarea", has_text="A bell rang.")).to_be_visible()
    keys.press("?")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_book_and_its_scenes_find_each_other(desk, film):
    second = film.scenes[1]
    desk.locator(f".told[data-scene='{second.pk}']").last.click()
    expect(card(desk, second)).to_be_focused()
    expect(card(desk, second)).to_have_attribute("aria-current", "true")
    card(desk, film.scenes[2]).locator(".number").click()
    expect(desk.locator(f".told[data-scene='{film.scenes[2].pk}']").first).to_have_class(re.compile("lit"))
    expect(desk.locator(".told.lit")).to_have_count(desk.locator(f".told[data-scene='{film.scenes[2].pk}']").count())


def test_a_scene_is_split_where_the_cursor_is(desk, film):
    scene, before = film.scenes[0], told(film.scenes[0])
    words(desk, scene).focus()
    words(desk, scene).evaluate("(area, at) => area.setSelectionRange(at, at)", before.index("by night"))
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-key]")).to_have_count(7)
    new = order(film)[1]
    assert f"{told(scene)} {Scene.objects.get(pk=new).narration}" == before


def test_a_scene_is_dragged_to_another_place(desk, film):
    first = order(film)
    grip = card(desk, film.scenes[0]).locator("[data-grip]")
    grip.drag_to(card(desk, film.scenes[2]), target_position={"x": 40, "y": 110})
    assert until(lambda: order(film) == [first[1], first[2], first[0], *first[3:]])


def test_what_the_book_has_besides_becomes_a_scene(desk, film):
    desk.get_by_role("link", name=re.compile("^Tell this, too")).first.click()
    area = desk.get_by_label("Its words")
    wanted = area.input_value()
    desk.get_by_role("button", name="Add the scene").click()
    expect(desk.locator("[data-key]")).to_have_count(7)
    assert wanted in {s.narration for s in Scene.objects.filter(script=film.run.script)}


def test_a_picture_is_described_anew(desk, film):
    card(desk, film.scenes[0]).get_by_role("link", name="Picture").click()
    desk.get_by_label("Place").fill("Forest")
    desk.get_by_label("Mood").select_option("fear")
    desk.get_by_role("button", name="Keep this picture").click()
    expect(card(desk, film.scenes[0]).locator("[data-stale]")).to_be_visible()
    brief = Scene.objects.get(pk=film.scenes[0].pk).brief
    assert (brief["place"], brief["mood"]) == ("forest", "fear")


def test_a_line_gets_another_speaker(desk, film):
    Character.objects.create(project=film.project, name="Wren")
    desk.reload()
    card(desk, film.scenes[1]).get_by_label("Said by").select_option("Wren")
    saved(desk)
    assert Scene.objects.get(pk=film.scenes[1].pk).segments[0]["speaker"] == "Wren"


@pytest.mark.parametrize(
    ("choice", "stays"),
    [("Take the words kept beside it", "Ben's words."), ("Leave the script as it is", "Anna's words.")],
)
def test_two_members_write_one_scene_and_both_versions_stay(world, visit, film, choice, stays):
    anna, ben = (open_desk(visit(world.people[who]), film) for who in ("owner", "editor"))
    scene = film.scenes[0]
    held = []
    ben.route("**/scenes/*/", lambda route: held.append(route), times=1)  # Ben's words are under way when Anna's arrive
    words(ben, scene).fill("Ben's words.")
    ben.keyboard.press("Control+s")
    ben.wait_for_timeout(300)
    words(anna, scene).fill("Anna's words.")
    saved(anna)
    held[0].continue_()
    expect(card(ben, scene).locator(".clash")).to_contain_text("owner wrote this scene at the same time as you")
    expect(card(anna, scene).locator(".clash")).to_contain_text("Ben's words.")
    expect(card(anna, scene).locator(".clash")).to_contain_text("editor wrote this scene at the same time")
    assert (told(scene), Clash.objects.get(settled=None, scene=scene).narration) == ("Anna's words.", "Ben's words.")
    card(anna, scene).get_by_role("button", name=choice).click()
    expect(ben.locator(".clash")).to_have_count(0)
    for page in (anna, ben):
        expect(words(page, scene)).to_have_value(stays)


def test_what_others_change_is_seen_and_never_over_what_is_being_typed(world, visit, film):
    anna, ben = (open_desk(visit(world.people[who]), film) for who in ("owner", "editor"))
    ben.route("**/scenes/*/", lambda route: route.abort())
    words(ben, film.scenes[0]).fill("Ben is still at it")
    words(anna, film.scenes[1]).fill("Anna's words.")
    expect(words(ben, film.scenes[1])).to_have_value("Anna's words.")
    card(anna, film.scenes[2]).focus()
    anna.keyboard.press("Delete")
    expect(card(ben, film.scenes[2])).to_have_count(0)
    expect(words(ben, film.scenes[0])).to_have_value("Ben is still at it")
    expect(words(ben, film.scenes[0])).to_be_focused()
    ben.unroute("**/scenes/*/")
    words(ben, film.scenes[0]).type(".")
    assert until(lambda: told(film.scenes[0]).startswith("Ben is still at it"))


def test_words_that_did_not_arrive_are_offered_again(desk, film):
    scene = film.scenes[0]
    desk.context.set_offline(True)
    words(desk, scene).fill("Typed in a tunnel.")
    expect(desk.locator("[data-status]")).to_contain_text("Your words are kept in this browser")
    desk.context.route("**/scenes/**", lambda route: route.abort())
    desk.context.set_offline(False)
    other = desk.context.new_page()  # the first tab is lost
    desk.close()
    open_desk(other, film)
    expect(card(other, scene).locator(".draft")).to_contain_text("Typed in a tunnel.")
    other.context.unroute("**/scenes/**")
    other.get_by_role("button", name="Put them back").click()
    assert until(lambda: told(scene) == "Typed in a tunnel.")


def test_words_are_sent_when_the_connection_is_back(desk, film):
    desk.context.set_offline(True)
    words(desk, film.scenes[0]).fill("Typed in a tunnel.")
    expect(desk.locator("[data-status]")).to_contain_text("kept in this browser")
    desk.context.set_offline(False)
    saved(desk)
    assert told(film.scenes[0]) == "Typed in a tunnel."


def test_everything_works_without_script(world, visit, film):
    page = open_desk(visit(world.people["owner"], java_script_enabled=False), film)
    words(page, film.scenes[0]).fill("Written without script.")
    card(page, film.scenes[0]).get_by_role("button", name="Save").click()
    expect(words(page, film.scenes[0])).to_have_value("Written without script.")
    card(page, film.scenes[1]).locator(".more summary").click()
    card(page, film.scenes[1]).get_by_role("button", name="Delete").click()
    expect(page.locator("[data-key]")).to_have_count(5)
    page.locator("#desk-bar").get_by_role("button", name="Undo").click()
    expect(page.locator("[data-key]")).to_have_count(6)
    card(page, film.scenes[0]).get_by_role("link", name="Split").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("[data-stale]")).to_have_count(1)


def test_who_only_looks_changes_nothing(world, visit, film):
    page = open_desk(visit(world.people["viewer"]), film)
    expect(card(page, film.scenes[0])).to_contain_text("The fog came in")
    expect(page.locator("main textarea, main select")).to_have_count(0)
    expect(page.get_by_role("button", name="Update film")).to_have_count(0)


def test_versions_are_compared_and_the_old_one_restored(desk, film):
    before = told(film.scenes[0])
    words(desk, film.scenes[0]).fill("Other words entirely.")
    saved(desk)
    desk.get_by_role("link", name="History").click()
    expect(desk.locator(".differs ins")).to_contain_text("Other words entirely.")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="Restore this version").click()
    expect(words(desk, film.scenes[0])).to_have_value(before)
    expect(desk.locator("[data-stale]")).to_have_count(0)
