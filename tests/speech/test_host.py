"""Processes of heavy models: started once, shared, replaced when killed, ended when idle."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.providers.local import host
from pipeline.providers.local.host import folders


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("LITINK_VAR", str(tmp_path))
    monkeypatch.setenv("LITINK_HOST_EXTRA", "toy=tests.speech.toy:Toy@300")
    yield
    host.stop("toy")


def tell(**more: object) -> dict:
    return host.ask("toy", {"do": "tell", **more})[0]


def wait_for(pid: int) -> bool:
    """Whether the process ended, sooner or later."""
    for _ in range(400):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_words_and_bytes_come_back():
    answer, data = host.ask("toy", {"do": "tell", "said": "naïve “词”"}, b"\x00abc" * 100_000)
    assert answer["said"] == "naïve “词”" and data == b"cba\x00" * 100_000


def test_it_is_a_process_of_its_own_and_stays():
    first, second = tell(), tell()
    assert first["pid"] == second["pid"] != os.getpid()
    (row,) = host.status("toy")
    assert (row["pid"], row["requests"], row["busy"]) == (first["pid"], 2, False) and row["rss_mb"] > 5


def test_many_at_once_start_it_once():
    with ThreadPoolExecutor(6) as pool:
        pids = list(pool.map(lambda _: tell()["pid"], range(12)))
    assert len(set(pids)) == 1 and host.status("toy")[0]["requests"] == 12


def test_keys_stay_outside(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "DATABASE_URL" not in tell()["environment"]


def test_killed_while_idle_is_replaced():
    before = tell()["pid"]
    os.kill(before, signal.SIGKILL)
    assert wait_for(before) and tell()["pid"] != before


@pytest.mark.parametrize("again", range(5))  # the dying process may still take a call
def test_killed_while_it_works_is_asked_again(tmp_path, again):
    answer, _ = host.ask("toy", {"do": "die", "deaths": str(tmp_path / "deaths"), "times": 1})
    assert answer["pid"] and (tmp_path / "deaths").read_text() == "x"


def test_killed_twice_is_a_fault_with_its_last_words(tmp_path):
    with pytest.raises(host.HostFault, match="ended twice.*last words") as caught:
        host.ask("toy", {"do": "die", "deaths": str(tmp_path / "deaths"), "times": 9})
    assert caught.value.safe and (tmp_path / "deaths").read_text() == "xx"


def test_a_bad_request_costs_no_process():
    before = tell()["pid"]
    with pytest.raises(host.HostFault, match="ValueError: asked to fail"):
        host.ask("toy", {"do": "fail"})
    assert tell()["pid"] == before


def test_a_hanging_one_is_ended():
    before = tell()["pid"]
    with pytest.raises(host.HostFault, match="no answer within"):
        host.ask("toy", {"do": "sleep", "seconds": 60}, timeout=0.2)
    assert wait_for(before) and tell()["pid"] != before


def test_idle_ends_and_leaves_no_socket(monkeypatch):
    monkeypatch.setenv("LITINK_HOST_IDLE", "0.2")
    pid = tell()["pid"]
    assert wait_for(pid) and not list(folders.run_folder().glob("*.sock"))
    assert host.status("toy") == [] and tell()["pid"] != pid


def test_told_to_stop():
    pid = tell()["pid"]
    assert host.stop("toy") == 1 and wait_for(pid)
    assert host.stop("toy") == 0


def test_grown_too_large_ends_after_its_answer():
    pid = tell()["pid"]
    assert host.ask("toy", {"do": "grow", "mb": 350})[0]["pid"] == pid
    assert wait_for(pid) and tell()["pid"] != pid


def test_a_missing_part_is_named(monkeypatch):
    monkeypatch.setenv("LITINK_HOST_EXTRA", "toy=tests.speech.toy:lacking")
    with pytest.raises(host.PartMissing, match="pip install toys"):
        tell()


def test_a_deep_folder_gets_a_short_socket(monkeypatch, tmp_path):
    monkeypatch.setenv("LITINK_VAR", str(tmp_path / ("deep" * 30)))
    assert tell()["pid"] and len(str(folders.run_folder())) < 60
    host.stop("toy")
    for left in folders.run_folder().iterdir():
        left.unlink()
    folders.run_folder().rmdir()


def test_nobody_knows_the_model():
    with pytest.raises(LookupError, match="there are .*kokoro"):
        host.ask("nobody", {})
