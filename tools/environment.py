"""The virtual environment and what goes into it, by uv when it is there, else by venv and pip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.common import ROOT, VENV, Trouble, say

PYTHON = VENV / "bin" / "python"


def create() -> None:
    """An environment that works stays as it is; anything else is made anew."""
    if _runs([str(PYTHON), "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"]):
        return
    say(f"Making the environment {VENV.name} (Python {sys.version.split()[0]})")
    base = str(Path(sys.base_prefix) / "bin" / "python3.11")
    base = base if Path(base).exists() else sys.executable
    if shutil.which("uv") and _runs(["uv", "venv", "-q", "--clear", "--python", base, str(VENV)]):
        return
    if not _runs([base, "-m", "venv", "--clear", str(VENV)]):
        raise Trouble("This Python can't make environments: install its venv module (Debian: python3.11-venv) or uv.")


def install(requirements: str, *, quiet: bool = False) -> None:
    """Install a locked file of requirements, every wheel held against its hash."""
    options = ["-q", "--require-hashes", "--no-deps", "-r", requirements]
    if shutil.which("uv"):
        uv = _run(["uv", "pip", "install", "--python", str(PYTHON), *options])
        if uv.returncode == 0:
            return
        if not quiet:
            say("uv could not install them; pip tries.")
    if not _runs([str(PYTHON), "-m", "pip", "--version"]):
        _run([str(PYTHON), "-m", "ensurepip", "--default-pip"])
    pip = _run([str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *options])
    if pip.returncode:
        raise Trouble(f"{requirements} could not be installed: {last_words(pip)}")


def last_words(process: subprocess.CompletedProcess[str]) -> str:
    """The line of a failed command that tells most: its last with "error" in it, else its last."""
    lines = [line.strip() for line in (process.stdout + process.stderr).splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["it said nothing"])[-1][:300]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def _runs(command: list[str]) -> bool:
    try:
        return _run(command).returncode == 0
    except OSError:
        return False
