"""The one place that runs the ffmpeg binary: own process group, dies with its parent, killed whatever happens."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg

from .failures import RenderError, Stopped

STUCK = 60.0  # seconds without progress
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


class FfmpegFailed(RenderError):
    """ffmpeg ended badly; the message ends with the last lines it said."""


@lru_cache(maxsize=1)
def _packaged() -> str:
    return imageio_ffmpeg.get_ffmpeg_exe()


def ffmpeg_path() -> str:
    """LITINK_FFMPEG, else the static binary of imageio-ffmpeg."""
    return os.environ.get("LITINK_FFMPEG") or _packaged()


def run(
    arguments: Sequence[str],
    *,
    seconds: float = 0.0,
    progress: Callable[[float], None] | None = None,
    stopping: Callable[[], bool] | None = None,
    timeout: float | None = None,
) -> str:
    """Run ffmpeg with `arguments` (no program name) and give what it said on stderr.

    `seconds`: length of what is made; the time-out scales with it. `progress` hears seconds done. Raises Stopped within
    2 s of `stopping()`, FfmpegFailed on failure, time-out or silence of STUCK seconds.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-progress", "pipe:1", *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
        start_new_session=True, preexec_fn=_die_with_parent,
    )  # fmt: skip
    watch = _Watch(process, progress)
    try:
        _wait(process, watch, stopping, timeout or 120.0 + 20.0 * seconds)
        if process.returncode:
            raise FfmpegFailed(f"ffmpeg ended with {process.returncode}: {watch.tail()}")
        return watch.said()
    finally:
        kill_group(process)
        watch.close()


def kill_group(process: subprocess.Popen) -> None:
    """End a process started in its own session, with all its children."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def to_file(arguments: Sequence[str], out: Path, **how) -> str:
    """`run`, writing `out` by way of a .part beside it: ffmpeg never sees the final name."""
    part = out.with_name(f"{out.stem}.part{out.suffix}")
    try:
        said = run([*arguments, "-y", str(part)], **how)
        part.replace(out)
        return said
    finally:
        part.unlink(missing_ok=True)


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(process: subprocess.Popen, watch: _Watch, stopping: Callable[[], bool] | None, timeout: float) -> None:
    end = time.monotonic() + timeout
    while True:
        try:
            process.wait(0.1)
            return
        except subprocess.TimeoutExpired:
            pass
        now = time.monotonic()
        if stopping and stopping():
            raise Stopped("ffmpeg was stopped")
        if now > end:
            raise FfmpegFailed(f"ffmpeg took longer than {timeout:.0f} s: {watch.tail()}")
        if now - watch.moved > STUCK:
            raise FfmpegFailed(f"ffmpeg said nothing for {STUCK:.0f} s: {watch.tail()}")


class _Watch:
    """Two threads that read a process's pipes: progress from stdout, the last lines from stderr."""

    def __init__(self, process: subprocess.Popen, progress: Callable[[float], None] | None) -> None:
        self.process, self.progress = process, progress
        self.lines: deque[str] = deque(maxlen=400)
        self.moved = time.monotonic()
        self.threads = [threading.Thread(target=read, daemon=True) for read in (self._progress, self._errors)]
        for thread in self.threads:
            thread.start()

    def _progress(self) -> None:
        done = -1
        for line in self.process.stdout or ():
            key, _, value = line.strip().partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit() and int(value) > done:
                done, self.moved = int(value), time.monotonic()
                if self.progress:
                    self.progress(max(done, 0) / 1e6)

    def _errors(self) -> None:
        for line in self.process.stderr or ():
            self.lines.append(line.rstrip())

    def said(self) -> str:
        self.threads[1].join(5)
        return "\n".join(self.lines)

    def tail(self) -> str:
        """The last lines, short enough for an error."""
        self.threads[1].join(0.5)
        return " | ".join(list(self.lines)[-6:])

    def close(self) -> None:
        for thread in self.threads:
            thread.join(5)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
