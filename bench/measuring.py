"""Wall, CPU and memory of commands and of all processes that they start."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil

from bench.render_material import CORES, ROOT


def measured(command: list[str]) -> dict:
    """Run it; wall and CPU seconds, peak memory (MB, proportional share, all its processes), what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    seen: dict[int, float] = {}
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, seen), daemon=True)
    watcher.start()
    said, errors = process.communicate()
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{command[:4]}: {errors[-1500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": max(cpu, sum(seen.values())), "memory": peak[0], "said": said}


def _watch(pid: int, peak: list[float], cpu: dict[int, float]) -> None:
    """Follow a process and its family: peak of their shares of memory, last seen CPU seconds of each."""
    while True:
        try:
            top = psutil.Process(pid)
            family = [top, *top.children(recursive=True)]
            total = 0.0
            for each in family:
                try:
                    total += each.memory_full_info().pss / 1e6
                    times = each.cpu_times()
                    cpu[each.pid] = times.user + times.system
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total)
        except psutil.Error:
            return
        time.sleep(0.25)


def side_by_side(commands: list[list[str]]) -> dict:
    """Several at once, one a core; wall of all, CPU and memory summed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        parts = list(pool.map(measured, commands))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = sum(sorted((part["memory"] for part in parts), reverse=True)[:CORES])
    return {"wall": time.perf_counter() - start, "cpu": cpu, "memory": memory}
