"""Does a stage of runs, and what follows from it, again."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from pipeline.management import display, filming
from pipeline.management.asked import RunsCommand
from pipeline.models import Run, Status


class Command(RunsCommand):
    help = "Does a stage, and what follows from it, again. Same recipe, same asset: only what changed is made."
    verb = "reprocess"

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--stage", default="", help="from this stage on; all without it")
        parser.add_argument("--scene", type=int, default=0, help="only this scene, by its number")
        parser.add_argument("--fresh", action="store_true", help="ask for another take even if nothing changed")
        parser.add_argument("--wait", action="store_true", help="wait until it is done; exit 1 when a run fails")

    def how(self, options: dict[str, Any]) -> dict[str, Any]:
        return {name: options[name] for name in ("stage", "scene", "fresh")}

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["wait"] and not options["dry_run"]:
            self.wait(Run.objects.filter(pk__in=options["run"]).order_by("pk"))

    def wait(self, runs: Iterable[Run]) -> None:
        runs = list(runs)
        with filming.workers(*runs):
            ended = [display.watch(run) for run in runs]
        failed = [run for run in ended if run.status != Status.SUCCEEDED]
        for run in failed:
            self.stderr.write(f"Run {run.pk}: {run.error or run.status}")
        if failed:
            sys.exit(1)
