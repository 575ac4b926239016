"""The runs, newest first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pipeline import queue
from pipeline.models import OPEN, Run, Step


class Command(BaseCommand):
    help = "Lists runs, newest first."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--stuck", action="store_true", help="open runs where nothing happened for five minutes")
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Run.objects.select_related("project", "workspace")
        if options["stuck"]:
            still = timezone.now() - timedelta(minutes=5)
            moved = Step.objects.filter(finished__gt=still).values("run")
            held = Step.objects.filter(lease_until__gt=timezone.now()).values("run")
            rows = rows.filter(status__in=OPEN, created__lt=still).exclude(pk__in=moved).exclude(pk__in=held)
        for run in rows[: options["limit"]]:
            about = queue.estimate(run)
            steps = f"{about.done}/{about.total} steps"
            line = f"{run.pk:>6}  {run.status:<10} {steps}  {run.created:%F %T}  project {run.project_id}"
            self.stdout.write(
                line + (f"  ready in {about.seconds_left:.0f} s, {about.ahead} ahead" if run.is_open else "")
            )
