"""The engine's own time per step, and how soon an idle worker starts what was rung for. `make bench-engine`."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time

from bench import scratch

ROUNDS = 100
GOALS = {"step_ms_median": 20.0, "start_ms_p95": 50.0}
WORKFLOWS = "many=bench.workflows.MANY,one=bench.workflows.ONE"


def project(workflow: str):
    from accounts.models import User
    from accounts.services import open_workspace
    from billing.models import Plan
    from projects.models import Project, Source

    user, made = User.objects.get_or_create(email="bench@litink.example")
    workspace = open_workspace(user) if made else user.workspaces.get()
    Plan.objects.get_or_create(workspace=workspace, defaults={"tier": "enterprise"})
    source = Source.objects.create(workspace=workspace, title="bench", name="bench", sha256=workflow)
    return Project.objects.create(workspace=workspace, source=source, title=workflow, workflow=workflow)


def own_time() -> list[float]:
    """Milliseconds of each of the 200 steps of one run, claim to finish and all that follows, in this process."""
    from pipeline import services, tasks
    from pipeline.models import Doorbell

    services.start(project("many"))
    spent = []
    while (bell := Doorbell.objects.order_by("pk").first()) is not None:
        bell.delete()
        began = time.perf_counter()
        tasks.work(bell.step)
        spent.append((time.perf_counter() - began) * 1000)
    return spent[1:]


def starts() -> list[float]:
    """Milliseconds from just before a run is started (its rows, its bell) until an idle worker claims its step."""
    from pipeline import services
    from pipeline.models import Run, Step

    one, waited = project("one"), []
    for _ in range(ROUNDS + 5):
        began = time.time()
        run = services.start(one)
        rung = time.time()
        while Run.objects.get(pk=run.pk).is_open:
            time.sleep(0.02)
        started = Step.objects.get(run=run).started
        waited.append((max(rung, started.timestamp()) - rung) * 1000 if started.timestamp() > began else 0.0)
        time.sleep(0.05)
    return waited[5:]


def main() -> int:
    with scratch.database(EXTRA_WORKFLOWS=WORKFLOWS):
        spent = own_time()
        with scratch.workers():
            time.sleep(6)
            waited = sorted(starts())
    figures = {
        "step_ms_median": round(statistics.median(spent), 2),
        "step_ms_p95": round(sorted(spent)[int(len(spent) * 0.95)], 2),
        "start_ms_median": round(statistics.median(waited), 2),
        "start_ms_p95": round(waited[int(len(waited) * 0.95)], 2),
        "steps": len(spent),
        "cores": os.cpu_count(),
    }
    for name, value in figures.items():
        print(f"{name:>16}  {value}")
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
