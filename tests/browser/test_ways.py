"""Other ways to a film: by keyboard alone, without script; and to one's account: by a passkey."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.models import Run
from pipeline.routing import keys
from projects import uploads

pytestmark = pytest.mark.browser
FAR = 120  # times Tab is pressed before something counts as out of reach


def tab_to(page, target):
    """Press Tab until `target` has the focus, and see that it shows it."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{target} can't be reached by keyboard")


def press(page, target, key="Enter"):
    tab_to(page, target)
    page.keyboard.press(key)


def test_a_film_is_made_by_keyboard_alone(world, visit):
    page = visit(world.people["editor"])
    page.goto(reverse("films"))
    press(page, page.get_by_role("link", name="New film"))
    expect(page.locator("h1")).to_have_text("Bring a book")
    with page.expect_file_chooser() as chosen:
        press(page, page.locator("#file"))
    chosen.value.set_files(uploads.shelf()[0])
    press(page, page.locator("#upload-form [name=rights]").first, "Space")
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Upload and read"))
    expect(page.locator("h1")).to_have_text("Which chapters?", timeout=60_000)
    press(page, page.locator(".chapters input").nth(1), "Space")
    page.keyboard.press("Enter")  # a form is sent from any of its fields
    expect(page.locator("#how h1")).to_have_text("How should it be?")
    press(page, page.locator("#how [name=style]").first, "ArrowDown")
    press(page, page.get_by_role("button", name="Make the film"))
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    assert Run.objects.latest("pk").film_options.chapters


def test_the_first_tab_skips_to_the_page(world, visit):
    page = visit(world.people["editor"])
    page.goto(reverse("films"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_film_is_made_without_script(world, visit):
    page = visit(world.people["editor"], java_script_enabled=False)
    page.goto(reverse("new_film"))
    page.set_input_files("#file", uploads.shelf()[0])
    page.locator("#upload-form").get_by_label("It is in the public domain").check()
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator("h1")).to_have_text("Which chapters?")
    page.get_by_role("button", name="Next: how it should look").click()
    page.locator("label.option", has_text="480p").click()
    page.get_by_role("button", name="Show what it will take").click()
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    assert Run.objects.latest("pk").film_options.resolution == "480p"


def test_the_story_of_a_wrong_file_is_told_at_once(world, visit, tmp_path):
    page = visit(world.people["editor"])
    page.goto(reverse("new_film"))
    wrong = tmp_path / "holiday.epub"
    wrong.write_bytes(b"GIF89a" + b"\x00" * 900)
    page.set_input_files("#file", wrong)
    page.locator("#upload-form").get_by_label("It is in the public domain").check()
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator("#trouble")).not_to_be_empty()
    expect(page.locator("#upload-form").get_by_label("It is in the public domain")).to_be_checked()


def test_a_kind_of_file_that_nobody_reads_is_told_when_it_is_chosen(world, visit, tmp_path):
    page = visit(world.people["editor"])
    page.goto(reverse("new_film"))
    picture = tmp_path / "holiday.jpg"
    picture.write_bytes(b"a picture")
    page.set_input_files("#file", picture)
    expect(page.locator("#trouble")).to_contain_text("holiday.jpg")


def test_a_file_above_the_plan_is_told_before_it_is_sent(world, visit, tmp_path):
    page = visit(world.people["editor"])
    page.goto(reverse("new_film"))
    page.evaluate("document.getElementById('file').dataset.max = '1'")
    thick = tmp_path / "thick.txt"
    thick.write_bytes(b"word " * 300_000)
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("#file", thick)
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator("#trouble")).to_contain_text("larger than")
    assert "POST" not in sent


def test_a_passkey_is_added_and_opens_the_door(world, site, visit):
    owner = world.people["owner"]
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    page = visit(owner)
    home = site.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, and an address is none
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    page.context.add_cookies([{"name": session["name"], "value": session["value"], "url": home}])
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    page.goto(home + reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill("a long enough password")
    page.locator("main").get_by_role("button").first.click()
    page.get_by_label("Name").fill("This computer")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("/recovery-codes/"))
    page.goto(home + reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("This computer")
    assert Authenticator.objects.filter(user=owner, type="webauthn").exists()
    page.context.clear_cookies()
    page.goto(home + reverse("account_login"))
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(re.compile("/films/"))


IN_CHARGE = """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
  || new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done; })).then(() => true)"""


def test_without_a_network_a_page_says_so_and_comes_back(visit):
    page = visit(service_workers="allow")
    page.goto(reverse("home"))
    assert page.evaluate(IN_CHARGE)
    page.context.set_offline(True)
    page.goto(reverse("account_login"))
    expect(page.locator("h1")).to_have_text("No connection")
    expect(page.locator(".bar > div")).to_have_css("display", "flex")  # in its own look
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_chosen_composer_is_quoted_at_once_and_starts_with_the_film(world, visit):
    keys.keep(world.workspace, "elevenlabs", "a-key-of-nobody", by=None)
    page = visit(world.people["editor"])
    page.goto(reverse("how", args=[world.source.pk]))
    page.get_by_label("Sounds of places", exact=True).select_option("soft")
    expect(page.locator("#quote input[name=sounds]")).to_have_value("soft")
    page.get_by_label("Who composes the music").fill("elevenlabs:music_v1")
    page.keyboard.press("Tab")
    expect(page.locator("#quote input[name=model_music]")).to_have_value("elevenlabs:music_v1")
    page.get_by_text("What it is made of").click()
    expect(page.locator("#quote tr", has_text="Music")).to_contain_text("own key")
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    chosen = Run.objects.latest("pk").film_options
    assert (chosen.models, chosen.sounds) == ({"music": "elevenlabs:music_v1"}, "soft")
