"""A reviewer stops the film, writes; an editor sees it, goes to the time and marks it done."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.models import Remark
from pipeline.rendering import runner
from projects.models import Asset
from tests.desk.film import tells_the_book

pytestmark = pytest.mark.browser
SECOND = "document.getElementById('film-video').currentTime"


@pytest.fixture
def film(world, tmp_path):
    """The world's film with pictures that can be played, and nothing said of it."""
    Remark.objects.all().delete()
    path = tmp_path / "film.mp4"
    made = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=30:d=12", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    runner.run([*made, "-g", "15", "-movflags", "+faststart", str(path)])
    asset = Asset.objects.get(pk=world.done.render.film_id)
    asset.bytes = path.stat().st_size
    asset.file.save("film.mp4", ContentFile(path.read_bytes()))
    return tells_the_book(world, world.done)


def open_film(page, film):
    page.goto(reverse("film", args=[film.project.pk]))
    page.wait_for_function("document.getElementById('film-video').readyState > 0")
    return page


def stop_at(page, seconds):
    page.evaluate(f"document.getElementById('film-video').currentTime = {seconds}")
    page.wait_for_function(f"Math.abs({SECOND} - {seconds}) < 0.01")


def test_a_remark_goes_from_the_reviewer_to_the_editor_who_settles_it(world, visit, film):
    reviewer, editor = (open_film(visit(world.people[who]), film) for who in ("reviewer", "editor"))
    stop_at(reviewer, 1.6)
    reviewer.get_by_label("Your remark").press_sequentially("The boat is missing.")
    expect(reviewer.get_by_label("at", exact=True)).to_have_value("0:01")
    reviewer.get_by_role("button", name="Make the remark").click()
    expect(reviewer.get_by_role("status").filter(has_text="Your remark is there.")).to_be_visible()
    expect(reviewer.locator(".remark")).to_contain_text("The boat is missing.")
    expect(reviewer.get_by_label("Your remark")).to_have_value("")
    expect(reviewer.get_by_role("button", name="Done")).to_have_count(0)
    row = Remark.objects.get()
    assert (row.seconds, row.scene) == (1.6, film.scenes[1].pk)

    expect(editor.locator(".remark")).to_have_count(0)
    editor.reload()
    editor.wait_for_function("document.getElementById('film-video').readyState > 0")
    editor.get_by_role("link", name="Show the film at 0:01").click()
    editor.wait_for_function(f"{SECOND} >= 1.59")
    editor.get_by_role("button", name="Done The boat is missing.").click()
    expect(editor.locator("#remarks-done")).to_contain_text("1 remark is done")
    expect(editor.locator("#remarks-head")).to_be_focused()
    assert Remark.objects.get().settled_by == world.people["editor"]


def test_the_script_s_badge_leads_to_the_remark_and_back(world, visit, film):
    Remark.objects.create(
        workspace=world.workspace, project=film.project, render=film.render, scene=film.scenes[1].pk, seconds=1.5,
        text="Slower.", by=world.people["reviewer"],
    )  # fmt: skip
    page = visit(world.people["editor"])
    page.goto(reverse("desk", args=[film.project.pk]))
    page.get_by_role("link", name="1 remark").click()
    expect(page.locator(".remark:target")).to_contain_text("Slower.")
    page.get_by_role("link", name="scene 2 in the script").click()
    expect(page).to_have_url(re.compile(rf"/script/\?at={film.scenes[1].pk}#scene-"))


def test_what_is_typed_stays_while_others_are_settled_and_while_it_is_wrong(world, visit, film):
    Remark.objects.create(
        workspace=world.workspace, project=film.project, render=film.render, seconds=2, text="Slower.", by=None
    )
    page = open_film(visit(world.people["owner"]), film)
    page.get_by_label("Your remark").fill("Half a thou")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#remarks-done")).to_be_visible()
    expect(page.get_by_label("Your remark")).to_have_value("Half a thou")
    page.get_by_label("at", exact=True).fill("9:99")
    page.get_by_role("button", name="Make the remark").click()
    expect(page.get_by_label("at", exact=True)).to_be_focused()
    expect(page.locator("#remark-form")).to_contain_text("The film ends at 0:12.")
    expect(page.get_by_label("Your remark")).to_have_value("Half a thou")


def test_who_is_logged_out_meanwhile_is_told_and_loses_no_word(world, visit, film):
    page = open_film(visit(world.people["reviewer"]), film)
    page.get_by_label("Your remark").fill("Half a thought.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Make the remark").click()
    expect(page.locator("#remarks-said")).to_have_text("That did not work. Load the page again.")
    expect(page.get_by_label("Your remark")).to_have_value("Half a thought.")


def test_without_script_a_remark_is_made_and_settled(world, visit, film):
    page = visit(world.people["owner"], java_script_enabled=False)
    page.goto(reverse("film", args=[film.project.pk]))
    page.get_by_label("Your remark").fill("Too quick.")
    page.get_by_label("at", exact=True).fill("0:02")
    page.get_by_role("button", name="Make the remark").click()
    expect(page.locator(".remark")).to_contain_text("scene 3")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#remarks-done")).to_contain_text("1 remark is done")
