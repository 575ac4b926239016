"""The run in the terminal: live where it can be, a line a change where it can't."""

from __future__ import annotations

import sys
import time
from collections import Counter

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from pipeline import queue
from pipeline.models import DONE, Run, Status, Step
from pipeline.workflows import stages

LABELS = {
    "script_generation": "Script",
    "scene_breakdown": "Scenes",
    "image_generation": "Pictures",
    "audio_generation": "Voice",
    "video_generation": "Clips",
    "lip_sync": "Lips",
    "post_processing": "Film",
    "quality_check": "Check",
}
DOING = {
    "script_generation": "Choosing the author's sentences",
    "scene_breakdown": "Cutting the script into scenes",
    "image_generation": "Drawing scene {n} of {all}",
    "audio_generation": "Speaking scene {n} of {all}",
    "video_generation": "Moving scene {n} of {all}",
    "post_processing": "Putting the film together",
    "quality_check": "Looking and listening to the film",
}
LOOK_AGAIN = 0.25  # seconds


def watch(run: Run, *, quiet: bool = False) -> Run:
    """Wait until the run ends, showing how it goes; the run as it ended."""
    console = Console(file=sys.stderr)
    if quiet or not console.is_terminal:
        return _wait(run, None if quiet else console)
    typical = queue.typical_seconds(run.workflow)
    with Live(_picture(run, typical), console=console, refresh_per_second=4, transient=True) as live:
        while run.is_open:
            time.sleep(LOOK_AGAIN)
            run.refresh_from_db()
            live.update(_picture(run, typical))
    return run


def _wait(run: Run, console: Console | None) -> Run:
    said = ""
    while True:
        run.refresh_from_db()
        if console and (now := headline(run)) != said:
            said = now
            console.print(said, highlight=False)
        if not run.is_open:
            return run
        time.sleep(LOOK_AGAIN)


def headline(run: Run) -> str:
    """What happens now, in plain words."""
    if not run.is_open:
        return {"succeeded": "The film is ready", "cancelled": "Cancelled"}.get(run.status, "The film is not finished")
    busy = list(Step.objects.filter(run=run, status=Status.RUNNING).order_by("-pk")[:1])
    if not busy:
        return "Waiting for a worker" if run.status == Status.PENDING else "Going on"
    step = busy[0]
    total = Step.objects.filter(run=run, stage=step.stage).count()
    return DOING.get(step.stage, step.stage).format(n=step.position, all=total)


def _picture(run: Run, typical: dict[str, float]) -> Group:
    about = queue.estimate(run, typical)
    table = Table.grid(padding=(0, 2))
    steps = Step.objects.filter(run=run).values_list("stage", "status")
    by_stage: dict[str, Counter[str]] = {}
    for name, status in steps:
        by_stage.setdefault(name, Counter())[status] += 1
    for stage in stages(run.workflow):
        table.add_row(*_row(LABELS.get(stage.name, stage.name), by_stage.get(stage.name, Counter())))
    head = Text(headline(run), style="bold")
    left = "" if not run.is_open else f"  {about.fraction:.0%}, ready in about {clock(about.seconds_left)}"
    return Group(head, ProgressBar(total=1.0, completed=about.fraction, width=46), Text(left.strip()), table)


def _row(label: str, counts: Counter[str]) -> tuple[Text, Text]:
    total = sum(counts.values())
    done = sum(counts[s] for s in DONE)
    if counts[Status.FAILED]:
        return Text(f"✗ {label}", style="red"), Text(f"{counts[Status.FAILED]} failed")
    if total and counts[Status.SKIPPED] == total:
        return Text(f"– {label}", style="dim"), Text("skipped", style="dim")
    if total and done == total:
        return Text(f"● {label}", style="green"), Text("" if total == 1 else str(total))
    mark = "◐" if counts[Status.RUNNING] else "○"
    style = "bold" if counts[Status.RUNNING] else "dim"
    return Text(f"{mark} {label}", style=style), Text("" if total <= 1 else f"{done} of {total}", style=style)


def clock(seconds: float) -> str:
    """ "1 min 40 s", "12 s"."""
    whole = max(1, round(seconds))
    return f"{whole // 60} min {whole % 60:02d} s" if whole >= 60 else f"{whole} s"
