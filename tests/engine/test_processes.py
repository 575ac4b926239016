"""Real worker processes: kill -9 of any of them costs seconds, never work; the vendor's own count is the proof."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from billing.models import Usage
from pipeline import services
from pipeline.models import Run, Status, Step
from tests.engine.tiny import SCENES
from tests.harness import site as harness

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKFLOW = "tiny=tests.engine.counted.WORKFLOW"


@pytest.fixture
def tally(tmp_path):
    """Where the vendor in the workers' processes writes a line for each call."""
    return tmp_path / "calls.txt"


@pytest.fixture
def environment(tmp_path, tally, settings):
    return os.environ | {
        "DATABASE_URL": harness.test_database(),
        "EXTRA_WORKFLOWS": WORKFLOW,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "LITINK_VAR": str(tmp_path / "var"),
        "TALLY": str(tally),
        "SECRET_KEY": settings.SECRET_KEY,
    }


@pytest.fixture
def supervisor(environment):
    process = subprocess.Popen([sys.executable, "manage.py", "work"], env=environment, start_new_session=True)
    yield process
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def family(process):
    """The processes of the lanes, by lane."""
    return [p for p in psutil.Process(process.pid).children(recursive=True) if p.cmdline()[-1:] == ["lane"]]


@pytest.mark.parametrize("which", ["worker", "pusher or sentinel"])
def test_a_killed_process_costs_seconds(project, supervisor, tally, which):
    run = services.start(project)
    assert until(lambda: Step.objects.filter(run=run, stage="draw", status=Status.RUNNING).exists()), "nobody started"
    members = family(supervisor)
    victims = members[-2:] if which == "worker" else members[1:2]
    for victim in victims:
        os.kill(victim.pid, signal.SIGKILL)
    assert until(lambda: not Run.objects.get(pk=run.pk).is_open, 90), Step.objects.filter(run=run).values()
    assert Run.objects.get(pk=run.pk).status == Status.SUCCEEDED
    calls = tally.read_text().split("\n")[:-1]
    assert len(set(calls)) == SCENES
    assert Usage.objects.filter(run=run.pk, outcome="succeeded").count() == SCENES


def test_nothing_outlives_a_killed_supervisor(supervisor):
    assert until(lambda: len(family(supervisor)) >= 6)
    members = family(supervisor)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    assert until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in members), 20)
