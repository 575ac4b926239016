"""The browser of the tests: Chromium from the system's packages, installed when that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.common import say

NAMES = ("chromium", "chromium-browser", "google-chrome")
ABSENT = "Chromium is not installed and can't be by apt here; install it, or name it in CHROMIUM"


def find() -> str:
    """The path of a Chromium, "" when there is none. The variable CHROMIUM goes first."""
    named = os.environ.get("CHROMIUM", "")
    return next((path for name in (named, *NAMES) if name and (path := shutil.which(name))), "")


def install() -> bool:
    """Ask apt, as root or by a sudo that asks for no password."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        return False
    say("Installing Chromium (apt-get), for the tests that drive a browser")
    steps = (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])
    return all(_runs([*sudo, *step]) for step in steps)


def _runs(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


if __name__ == "__main__":
    if not find() and not (install() and find()):
        say(f"{ABSENT}. The tests that need it are skipped.")
    sys.exit(0)
