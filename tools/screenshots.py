"""Pictures of every page, narrow and wide, light and dark, into var/screenshots.

They are of the site that runs at SITE_URL (`make serve` in another terminal), as its demo user, with what it has.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import browser as installed
from tools.common import VAR, say

SIZES = {"360": {"width": 360, "height": 780}, "1440": {"width": 1440, "height": 900}}
SCHEMES = ("light", "dark")
OPEN = {
    "home": "/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
    "reset": "/accounts/password/reset/",
    "mail-sent": "/accounts/confirm-email/",
    "credits": "/credits/",
    "offline": "/offline/",
    "not-found": "/nowhere/",
}
OWN = {
    "films": "/films/",
    "new-1": "/films/new/",
    "books": "/books/",
    "voices": "/voices/",
    "team": "/team/",
    "plan": "/plan/",
    "profile": "/settings/",
    "workspaces": "/settings/workspaces/",
    "data": "/settings/data/",
    "e-mail": "/accounts/email/",
    "password": "/accounts/password/change/",
    "two-step": "/accounts/2fa/",
    "sessions": "/accounts/sessions/",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default=os.environ.get("SITE_URL", "http://127.0.0.1:8000"))
    parser.add_argument("--email", default=os.environ.get("DEMO_EMAIL", "demo@litink.example"))
    parser.add_argument("--password", default=os.environ.get("DEMO_PASSWORD", ""))
    parser.add_argument("--state", help="a browser state kept by playwright, instead of a login")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    asked = parser.parse_args()
    path = installed.find()
    if not path:
        say(installed.ABSENT)
        return 1
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--headless"])
        made = sum(_all(chromium, asked))
        chromium.close()
    say(f"{made} pictures in {VAR / 'screenshots'}")
    return 0


def _all(chromium: Browser, asked: argparse.Namespace) -> Iterator[int]:
    state = asked.state or _logged_in(chromium, asked)
    first = chromium.new_context(base_url=asked.site, storage_state=state)
    own = OWN | _found(first.new_page())
    first.close()
    for size, viewport in SIZES.items():
        for scheme in SCHEMES:
            options = {"base_url": asked.site, "viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
            for addresses, kept in ((OPEN, None), (own, state)):
                context = chromium.new_context(**options, storage_state=kept)
                chosen = {name: path for name, path in addresses.items() if asked.only in name}
                yield _shots(context, chosen, f"{size}-{scheme}")
                context.close()


def _logged_in(chromium: Browser, asked: argparse.Namespace) -> str:
    """The file of the state of a browser that is logged in."""
    target = VAR / "screenshots" / ".state.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context(base_url=asked.site)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", asked.email)
    page.fill("[name=password]", asked.password)
    page.locator("main button.primary").click()
    page.wait_for_url("**/films/")
    context.storage_state(path=target)
    context.close()
    return str(target)


def _found(page: Page) -> dict[str, str]:
    """Pages of the first film and the first book that there are."""
    found: dict[str, str] = {}
    page.goto("/films/")
    if page.locator(".film-card a").count():
        page.locator(".film-card a").first.click()
        page.wait_for_load_state()
        if "/runs/" in page.url:
            found["run"] = page.url
        else:
            found["film"] = page.url
            found["run"] = str(page.get_by_role("link", name="How it was made").get_attribute("href"))
            found["versions"] = page.url + "versions/"
    page.goto("/books/")
    if page.locator(".film-card a").count():
        found["new-2"] = str(page.locator(".film-card a").first.get_attribute("href"))
        found["new-3-and-4"] = found["new-2"] + "how/"
        page.goto(found["new-2"])
        found["chapter"] = str(page.locator("a.mend").first.get_attribute("href"))
    return found


def _shots(context: BrowserContext, addresses: dict[str, str], label: str) -> int:
    page = context.new_page()
    for name, address in addresses.items():
        page.goto(address, wait_until="networkidle" if "/runs/" not in address else "load")
        page.wait_for_timeout(250)
        target: Path = VAR / "screenshots" / f"{name}-{label}.png"
        page.screenshot(path=target, full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            say(f"{target.name}: {wide} px wider than the screen")
    return len(addresses)


if __name__ == "__main__":
    sys.exit(main())
