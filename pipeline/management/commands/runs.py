"""The runs, newest first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pipeline import queue, support
from pipeline.models import Run


class Command(BaseCommand):
    help = "Lists runs, newest first; --stuck those that stand still. `requeue` and `cancelrun` take their numbers."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--stuck", action="store_true", help="open runs where nothing moved for five minutes")
        parser.add_argument("--limit", type=int, default=20, help="how many at most (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            self.stderr.write("--limit is 1 or more.")
            raise SystemExit(2)
        rows = support.stuck() if options["stuck"] else Run.objects.all()
        typical: dict[str, dict[str, float]] = {}
        for run in rows.order_by("-created", "-pk")[: options["limit"]]:
            usual = typical.setdefault(run.workflow, queue.typical_seconds(run.workflow))
            about = queue.estimate(run, usual)
            steps = f"{about.done}/{about.total} steps"
            line = f"{run.pk:>6}  {run.status:<10} {steps}  {run.created:%F %T}  project {run.project_id}"
            self.stdout.write(
                line + (f"  ready in {about.seconds_left:.0f} s, {about.ahead} ahead" if run.is_open else "")
            )
