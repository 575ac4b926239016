"""Stops a run; what it made is kept."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from pipeline import services
from pipeline.models import Run


class Command(BaseCommand):
    help = "Cancels an open run."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("run", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            self.stderr.write(f"There is no run {options['run']}. `manage.py runs` lists them.")
            sys.exit(2)
        if not services.cancel(run):
            self.stderr.write(f"Run {run.pk} is {Run.objects.get(pk=run.pk).status}; there is nothing to cancel.")
            sys.exit(2)
        self.stdout.write(f"Run {run.pk} is cancelled.")
