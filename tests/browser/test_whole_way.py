"""From signing up to deleting the account, with real workers and a real film."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from pipeline.models import Render, Run, Step
from projects import uploads
from projects.models import Asset

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EMAIL, PASSWORD = "author@litink.example", "a quiet cutting room"
PATIENCE = 400_000  # milliseconds for a film on a busy machine


def sign_up(page):
    page.goto(reverse("account_signup"))
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign up").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")
    key = EmailConfirmationHMAC(EmailAddress.objects.get(email=EMAIL)).key
    page.goto(reverse("account_confirm_email", args=[key]))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("Films")


def begin_film(page):
    page.get_by_role("link", name="Make a film").click()
    page.set_input_files("#file", uploads.shelf()[0])
    page.locator("#upload-form").get_by_label("It is in the public domain").check()
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator("h1")).to_have_text("Which chapters?", timeout=60_000)
    page.get_by_role("button", name="Next: how it should look").click()
    page.get_by_label("Minutes, at most").fill("0.3")
    page.locator("label.option", has_text="360p").click()
    expect(page.locator("#quote [name=minutes]")).to_have_value("0.3")
    expect(page.locator("#quote [name=resolution]")).to_have_value("360p")
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))


def kill_in_the_middle(page, process, workers):
    """A worker dies at once while pictures are made; another goes on."""
    expect(page.locator("#run-scenes li").first).to_be_visible(timeout=PATIENCE)
    process.kill()
    process.wait()
    workers()


def watch_and_seek(page):
    page.get_by_role("link", name="Watch the film").click()
    video = page.locator("#film-video")
    video.evaluate("v => new Promise(done => v.readyState ? done() : v.addEventListener('loadedmetadata', done))")
    page.locator(".thumbs-strip a").last.click()
    page.wait_for_function("document.getElementById('film-video').currentTime > 2")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download", exact=True).first.click()
    assert saved.value.path().stat().st_size > 50_000


def test_from_sign_up_to_farewell(visit, workers, settings):
    page = visit(accept_downloads=True)
    process = workers()
    sign_up(page)
    begin_film(page)
    kill_in_the_middle(page, process, workers)
    expect(page.locator("#run-now")).to_have_text("The film is ready", timeout=PATIENCE)
    watch_and_seek(page)
    assert Render.objects.get().certificate["gates"]

    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link").first.input_value()
    other = visit()
    other.goto(link)
    expect(other.locator("#film-video")).to_be_visible()

    page.goto(reverse("data"))
    page.get_by_label("Type your e-mail address").fill(EMAIL)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.locator(".note")).to_contain_text("will be deleted")
    User.objects.filter(email=EMAIL).update(delete_after=timezone.now())
    call_command("purge_accounts", verbosity=0)
    assert not (User.objects.filter(email=EMAIL).exists() or Run.objects.exists() or Asset.objects.exists())
    assert not Step.objects.exists()
    assert other.goto(link).status == 404
