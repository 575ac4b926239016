"""axe-core finds nothing on any page, light or dark."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

AXE = settings.VAR / "axe" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: `make parts`"),
]
OPEN = (
    "home", "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_email_verification_sent", "account_inactive", "credits", "offline",
)  # fmt: skip
OWN = (
    "films", "books", "voices", "team", "plan", "profile", "data", "workspaces", "new_film", "account_email",
    "account_change_password", "account_logout", "account_reauthenticate", "usersessions_list",
)  # fmt: skip
LOCKS = (  # behind the password asked once more
    "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes",
)  # fmt: skip


def faults(page):
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        f"{page.url}: {v['id']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"][:2]
    ]


def found_on(page, addresses):
    found = []
    for address in addresses:
        page.goto(address)
        found += faults(page)
    return "\n".join(found)


def answering(html):
    """A handler of one parameter: Playwright gives a second, the request, to whoever takes two."""
    return lambda route: route.fulfill(body=html, content_type="text/html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_everybody(world, visit, scheme):
    page = visit(color_scheme=scheme, bypass_csp=True)
    links = [reverse(name, args=[world.share.token]) for name in ("shared", "embed")]
    assert not found_on(page, [reverse(name) for name in OPEN] + links + ["/nowhere/"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_members(world, visit, scheme):
    page = visit(world.people["owner"], color_scheme=scheme, bypass_csp=True)
    source, project = world.source, world.done.project
    addresses = [reverse(name) for name in OWN] + [
        reverse("choose_chapters", args=[source.pk]), reverse("how", args=[source.pk]),
        reverse("how", args=[source.pk]) + "?range=99", reverse("chapter", args=[source.chapters.first().pk]),
        reverse("run", args=[world.going.run.pk]), reverse("run", args=[world.done.run.pk]),
        reverse("film", args=[project.pk]), reverse("versions", args=[project.pk]), reverse("desk", args=[project.pk]),
        reverse("join", args=[world.invitation.token]), reverse("films") + "?q=nothing",
        reverse("people", args=[project.pk]), reverse("person", args=[world.person.pk]),
        reverse("words_said", args=[project.pk]), reverse("scene_tools", args=[world.done.scenes[0].pk]),
    ]  # fmt: skip
    assert not found_on(page, addresses)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_locks_and_of_people_who_have_nothing_yet(world, visit, scheme):
    page = visit(world.stranger, color_scheme=scheme, bypass_csp=True)
    assert not found_on(page, [reverse(name) for name in ("films", "books", "team")])
    page.goto(reverse("mfa_index"))
    page.goto(reverse("mfa_activate_totp"))
    page.get_by_label("Password").fill("a long enough password")
    page.locator("main").get_by_role("button").first.click()
    assert not found_on(page, [reverse(name) for name in LOCKS])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_say_no(world, visit, scheme):
    """What only a failure shows: the templates themselves, in the page that a member is on."""
    page = visit(world.people["viewer"], color_scheme=scheme, bypass_csp=True)
    page.goto(reverse("new_film"))
    assert page.locator("h1").inner_text() == "Your role does not allow this"
    found = faults(page)
    for name in ("403_csrf.html", "413.html", "429.html", "500.html"):
        page.route("**/said/", answering(render_to_string(name, request=RequestFactory().get("/"))))
        assert page.goto("/said/").ok
        assert page.locator("h1").count() == 1
        found += faults(page)
        page.unroute("**/said/")
    assert not found
