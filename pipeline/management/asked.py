"""What the commands of support share: which runs are meant, why, and a trial."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from pipeline import support
from pipeline.errors import BadInput
from pipeline.models import Run


class RunsCommand(BaseCommand):
    """A verb on runs, each with a row of the records. Exit 2 and one line when it can't be done."""

    verb = ""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("run", type=int, nargs="+", help="its number; `manage.py runs` lists them")
        self.add_common(parser)

    def add_common(self, parser: Any) -> None:
        parser.add_argument("--reason", default="", help="why, kept in the records")
        parser.add_argument("--dry-run", action="store_true", help="only say which runs are meant")

    def how(self, options: dict[str, Any]) -> dict[str, Any]:
        return {}

    def chosen(self, options: dict[str, Any]) -> list[Run]:
        """The runs asked for, in the order of asking. BadInput names the first that there is not."""
        known = Run.objects.in_bulk(options["run"])
        missing = [pk for pk in options["run"] if pk not in known]
        if missing:
            raise BadInput("run.unknown", f"There is no run {missing[0]}. `manage.py runs` lists them.")
        return [known[pk] for pk in dict.fromkeys(options["run"])]

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            runs = self.chosen(options)
            if options["dry_run"]:
                self.tell(runs)
                return
            for run in runs:
                self.stdout.write(support.do(self.verb, run, by=None, reason=options["reason"], **self.how(options)))
        except BadInput as bad:
            self.stderr.write(bad.message)
            raise SystemExit(2) from None

    def tell(self, runs: Iterable[Run]) -> None:
        for run in runs:
            self.stdout.write(f"Run {run.pk}, {run.status}, would be meant.")
