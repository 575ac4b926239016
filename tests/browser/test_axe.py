"""axe-core finds nothing on any page, light or dark."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

AXE = settings.VAR / "axe" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: `make parts`"),
]
OPEN = ("home", "account_login", "account_signup", "account_reset_password", "credits", "offline")
OWN = (
    "films", "books", "voices", "team", "plan", "profile", "data", "workspaces", "new_film", "account_email",
    "account_change_password", "mfa_index", "mfa_activate_totp", "usersessions_list",
)  # fmt: skip


def faults(page):
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        f"{page.url}: {v['id']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"][:2]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_everybody(visit, scheme):
    page = visit(color_scheme=scheme, bypass_csp=True)
    found = []
    for name in OPEN:
        page.goto(reverse(name))
        found += faults(page)
    page.goto("/nowhere/")
    assert not found + faults(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_members(world, visit, scheme):
    page = visit(world.people["owner"], color_scheme=scheme, bypass_csp=True)
    chapter = world.source.chapters.first()
    addresses = [reverse(name) for name in OWN] + [
        reverse("choose_chapters", args=[world.source.pk]),
        reverse("how", args=[world.source.pk]),
        reverse("chapter", args=[chapter.pk]),
        reverse("run", args=[world.going.run.pk]),
        reverse("film", args=[world.done.project.pk]),
        reverse("versions", args=[world.done.project.pk]),
        reverse("shared", args=[world.share.token]),
        reverse("embed", args=[world.share.token]),
    ]
    found = []
    for address in addresses:
        page.goto(address)
        found += faults(page)
    assert not found, "\n".join(found)
