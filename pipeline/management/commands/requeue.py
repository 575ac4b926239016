"""Calls again for the steps of runs that wait, or whose worker is gone."""

from __future__ import annotations

from typing import Any

from pipeline import support
from pipeline.errors import BadInput
from pipeline.management.asked import RunsCommand
from pipeline.models import Run


class Command(RunsCommand):
    help = (
        "Rings again for the waiting steps of open runs, parked ones too, and takes steps from workers that are gone. "
        "Steps that a living worker holds are left alone."
    )
    verb = "requeue"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("run", type=int, nargs="*", help="its number; `manage.py runs` lists them")
        parser.add_argument("--stuck", action="store_true", help="every open run where nothing moved for five minutes")
        self.add_common(parser)

    def chosen(self, options: dict[str, Any]) -> list[Run]:
        if options["stuck"] == bool(options["run"]):
            raise BadInput("requeue.which", "Name runs, or say --stuck.")
        return list(support.stuck().order_by("pk")) if options["stuck"] else super().chosen(options)
