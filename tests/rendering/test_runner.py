"""The one runner: it says why, it stops at once, it leaves nothing behind."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from pipeline.rendering.failures import Stopped
from pipeline.rendering.runner import FfmpegFailed, ffmpeg_path, run, to_file

ENDLESS = ["-f", "lavfi", "-i", "testsrc=s=64x64:r=30", "-f", "null", "-"]


def short(seconds):
    return ["-f", "lavfi", "-i", f"testsrc=s=64x64:r=30:d={seconds}"]


def children():
    return [child for child in psutil.Process().children(recursive=True) if "ffmpeg" in child.name()]


def test_progress_ends_at_the_whole_length(tmp_path):
    heard = []
    to_file(short(2), tmp_path / "a.mp4", progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(2, abs=0.1)
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_failure_tells_what_ffmpeg_said(tmp_path):
    with pytest.raises(FfmpegFailed, match="No such file"):
        to_file(["-i", str(tmp_path / "none.mp4")], tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_stopping_ends_it_and_leaves_no_orphan():
    polls = iter([False, False, True])
    with pytest.raises(Stopped):
        run(ENDLESS, stopping=lambda: next(polls))
    assert children() == []


def test_too_long_is_ended():
    with pytest.raises(FfmpegFailed, match="longer than"):
        run(ENDLESS, timeout=0.3)
    assert children() == []


def test_it_dies_with_its_parent():
    script = f"from pipeline.rendering.runner import run; run({ENDLESS!r})"
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
    found = []
    while not found:
        found = [c for c in psutil.Process(parent.pid).children() if "ffmpeg" in c.name()]
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    gone, alive = psutil.wait_procs(found, timeout=5)
    assert gone == found
    assert alive == []


def test_another_ffmpeg_can_be_named(monkeypatch):
    monkeypatch.setenv("LITINK_FFMPEG", "/opt/ffmpeg")
    assert ffmpeg_path() == "/opt/ffmpeg"
    monkeypatch.delenv("LITINK_FFMPEG")
    assert os.access(ffmpeg_path(), os.X_OK)
