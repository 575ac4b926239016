"""Pictures of every page, narrow and wide, light and dark, into var/screenshots: of the exhibit, as its owner."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools import browser as installed
from tools import exhibit
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
    parser.add_argument("--only", default="", help="pages whose name holds one of these, with commas")
    asked = parser.parse_args()
    path = installed.find()
    if not path:
        say(installed.ABSENT)
        return 1
    with exhibit.site() as shown, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--headless"])
        made = sum(_all(chromium, shown, asked.only))
        chromium.close()
    say(f"{made} pictures in {VAR / 'screenshots'}")
    return 0


def _all(chromium: Browser, shown: exhibit.Exhibit, only: str) -> Iterator[int]:
    (VAR / "screenshots").mkdir(exist_ok=True)
    for size, viewport in SIZES.items():
        for scheme in SCHEMES:
            for addresses, is_owner in ((OPEN, False), (OWN | shown.pages, True)):
                options: Any = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
                context = chromium.new_context(base_url=shown.address, **options)
                if is_owner:
                    context.add_cookies([shown.cookie])  # type: ignore[list-item]
                chosen = {
                    name: path for name, path in addresses.items() if any(part in name for part in only.split(","))
                }
                yield _shots(context, chosen, f"{size}-{scheme}")
                context.close()


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
