"""200 clips at a vendor that takes a minute for each, by two workers: as fast as the vendor is. `make bench-slow-video`."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import scratch

SCENES = 200  # as bench.workflows has them
SECONDS = 60.0  # that the vendor works on a clip
MOST = 900.0  # until the bench gives up
GOALS = {"over_the_vendor": 1.25, "late_s_p95": 15.0, "paid_twice": 0}
ROUTES = """
dated = 2026-11-21
[policy]
tries = 3
repeat_ambiguous = 1
[limits.modelslab]
per_minute = 60000
concurrent = 1000
[route.video]
every = ["modelslab:seedance-i2v"]
[models."modelslab:seedance-i2v"]
second = 0.04
"""


def stage() -> tuple[Any, ...]:
    """A workflow of one slow call a scene."""
    from bench.workflows import Nothing, Plan
    from pipeline.providers.base import VideoRequest
    from pipeline.stages.base import Context, Subject
    from projects.models import Asset
    from tests.fakes import media

    class Clip(Nothing):
        name = "clip"

        def run(self, subject: Subject, ctx: Context) -> Asset:
            picture = media.picture(640, 360, f"{subject.position % 8}")
            result = ctx.video.animate(VideoRequest(f"scene {subject.position}", picture, 5.0))
            if result is None:
                raise RuntimeError("no clip")
            return ctx.save(result.path, kind="clip", name="clip.mp4", media_type="video/mp4")

    return Plan(), Clip()


def vendor() -> Any:
    """A fake that is done with each job SECONDS after it took it, and remembers when that was and when it was asked."""
    from tests.fakes.modelslab import FakeModelsLab

    class Slow(FakeModelsLab):
        def __init__(self) -> None:
            super().__init__()
            self.queue, self.eta, self.polls_needed = 1000, SECONDS * 0.6, 1  # they guess too low
            self.begun: dict[str, float] = {}
            self.fetched: dict[str, float] = {}

        def submit(self, *given: Any, **more: Any) -> Any:
            job = super().submit(*given, **more)
            self.begun[job.id] = time.monotonic()
            return job

        def poll(self, job: Any) -> bool:
            now = time.monotonic()
            done = now - self.begun[job.id] >= SECONDS
            if done:
                job.polls = self.polls_needed
                self.fetched.setdefault(job.id, now)
            return done

        def _over(self, job: Any) -> bool:
            return job.polls >= self.polls_needed

    return Slow()


def main() -> int:
    routes = Path(tempfile.mkdtemp(prefix="litink-bench-")) / "routes.toml"
    routes.write_text(ROUTES)
    os.environ["ROUTES_FILE"] = str(routes)
    from tests.fakes.modelslab import FakeModelsLab

    scratch.NAME = "litink_bench_slow_video"  # another bench may run beside it
    with vendor() as fake:
        os.environ |= {FakeModelsLab.env_key: fake.key, FakeModelsLab.env_url: fake.url}
        with scratch.database(EXTRA_WORKFLOWS="slow=bench.slow_video.SLOW", CALL_WORKERS="1", RENDER_WORKERS="2"):
            figures = measured(fake)
    for name, value in figures.items():
        print(f"{name:>18}  {value}")
    ok = figures["clips"] == SCENES and all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


def measured(fake: Any) -> dict[str, Any]:
    from bench.engine import project
    from pipeline import services
    from pipeline.models import Run, Step

    with scratch.workers():
        time.sleep(6)
        began = time.monotonic()
        run = services.start(project("slow"))
        while Run.objects.get(pk=run.pk).is_open and time.monotonic() - began < MOST:
            time.sleep(0.5)
        took = time.monotonic() - began
    first, last = min(fake.begun.values()), max(fake.begun.values())
    late = sorted(fake.fetched.get(id, began + MOST) - at - SECONDS for id, at in fake.begun.items())
    return {
        "clips": Step.objects.filter(run=run, stage="clip", status="succeeded").count(),
        "vendor_s": SECONDS,
        "whole_s": round(took, 1),
        "handing_in_s": round(last - first, 1),
        "over_the_vendor": round((took - (first - began)) / (last - first + SECONDS), 3),
        "late_s_median": round(statistics.median(late), 1),
        "late_s_p95": round(late[int(len(late) * 0.95)], 1),
        "polls": sum("/fetch/" in one.path for one in fake.requests),
        "paid_twice": len(fake.bill.rows) - len(fake.begun) + max(0, len(fake.begun) - SCENES),
        "cores": os.cpu_count(),
    }


def __getattr__(name: str) -> Any:
    """SLOW, made when the engine asks for it: Django is set up by then."""
    if name == "SLOW":
        return stage()
    raise AttributeError(name)


if __name__ == "__main__":
    sys.exit(main())
