"""A run's page while things happen: by socket, by poll, without script, in two browsers."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from pipeline import engine, progress
from pipeline.models import Run, Step
from projects.models import Asset

pytestmark = pytest.mark.browser


def draw(world, position=2):
    """A worker draws one scene."""
    asset = Asset.objects.get(pk=world.going.picture.pk)
    rows = Step.objects.filter(run=world.going.run, stage="image_generation", position=position)
    rows.update(status="succeeded", started=timezone.now(), finished=timezone.now(), asset=asset)
    progress.announce(world.going.run.pk)


def picture(page, position):
    return page.locator(f"#run-scenes li:nth-child({position}) img")


def open_run(page, world):
    page.goto(reverse("run", args=[world.going.run.pk]))
    return page


def test_two_members_see_the_picture_come(world, visit):
    pages = [open_run(visit(world.people[who]), world) for who in ("owner", "viewer")]
    for page in pages:
        expect(picture(page, 2)).to_have_count(0)
    draw(world)
    for page in pages:
        expect(picture(page, 2)).to_be_visible()


def test_with_sockets_blocked_the_poll_keeps_it_true(world, visit):
    page = visit(world.people["owner"])
    page.route_web_socket(re.compile(".*"), lambda socket: socket.close())
    open_run(page, world)
    draw(world)
    expect(picture(page, 2)).to_be_visible()


def test_a_picture_that_stands_is_left_alone(world, visit):
    page = open_run(visit(world.people["owner"]), world)
    page.evaluate("document.querySelector('#run-scenes li img').dataset.mine = 'yes'")
    draw(world)
    expect(picture(page, 2)).to_be_visible()
    page.wait_for_timeout(5000)  # a poll goes by
    expect(picture(page, 1)).to_have_attribute("data-mine", "yes")


def test_the_page_reads_without_script(world, visit):
    page = open_run(visit(world.people["owner"], java_script_enabled=False), world)
    expect(page.locator("h1")).to_be_visible()
    expect(picture(page, 1)).to_be_visible()
    assert page.locator("noscript").count() or page.locator("meta[http-equiv=refresh]").count()


def test_it_s_right_again_after_the_connection_was_lost(world, visit):
    page = open_run(visit(world.people["owner"]), world)
    page.context.set_offline(True)
    draw(world)
    page.context.set_offline(False)
    expect(picture(page, 2)).to_be_visible()


def test_cancel_tells_everybody(world, visit):
    owner, viewer = (open_run(visit(world.people[who]), world) for who in ("owner", "viewer"))
    expect(viewer.get_by_role("button", name="Cancel", exact=True)).to_have_count(0)
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="Cancel", exact=True).click()
    expect(viewer.locator("#run-now")).to_have_text("Cancelled")
    assert Run.objects.get(pk=world.going.run.pk).status == "cancelled"


def test_a_failure_says_what_is_kept_and_goes_on_by_one_button(world, visit):
    page = open_run(visit(world.people["owner"]), world)
    engine.end(world.going.run, "failed", error="The voice could not be reached.")
    expect(page.locator("#run-actions")).to_contain_text("Kept: 1 pictures")
    with page.expect_navigation():
        page.get_by_role("button", name="Go on from here").click()
    assert until(lambda: Run.objects.get(pk=world.going.run.pk).status == "pending")


def test_the_tab_tells_how_far_it_is(world, visit):
    page = open_run(visit(world.people["owner"]), world)
    expect(page).to_have_title(re.compile(r"^\d+ % · .+ · The Fog$"))


def until(condition, seconds=10):
    """Whether `condition` came to hold: the page may lead on before the database tells."""
    end = time.monotonic() + seconds
    while not (held := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return held
