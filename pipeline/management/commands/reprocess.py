"""Does a stage of a run, and what follows from it, again."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from pipeline import services
from pipeline.errors import BadInput
from pipeline.management import display, filming
from pipeline.models import Run, Status


class Command(BaseCommand):
    help = "Does a stage, and what follows from it, again. Same recipe, same asset: only what changed is made."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("run", type=int)
        parser.add_argument("--stage", default="", help="from this stage on; all without it")
        parser.add_argument("--scene", type=int, default=0, help="only this scene, by its number")
        parser.add_argument("--fresh", action="store_true", help="ask for another take even if nothing changed")
        parser.add_argument("--wait", action="store_true", help="wait until it is done")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        try:
            if run is None:
                raise BadInput("run.unknown", f"There is no run {options['run']}. `manage.py runs` lists them.")
            count = services.reprocess(run, stage=options["stage"], scene=options["scene"], fresh=options["fresh"])
        except BadInput as bad:
            self.stderr.write(bad.message)
            sys.exit(2)
        self.stdout.write(f"{count} steps of run {run.pk} are looked at again.")
        if options["wait"]:
            with filming.workers(run):
                run = display.watch(Run.objects.get(pk=run.pk))
            if run.status != Status.SUCCEEDED:
                self.stderr.write(run.error)
                sys.exit(1)
