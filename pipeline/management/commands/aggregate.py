"""Sums the ledger up by day, model and workspace. Workers do so daily by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pipeline import aggregates


class Command(BaseCommand):
    help = "Sums the ledger up by day: how each model did, what each workspace cost. Twice is as once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--since", default="", metavar="2026-11-01", help="from this day on")
        parser.add_argument("--all", action="store_true", help="every day that the ledger has")

    def handle(self, *args: Any, **options: Any) -> None:
        days = aggregates.all_days() if options["all"] else _days(options["since"]) if options["since"] else None
        days = aggregates.lately() if days is None else days
        self.stdout.write(f"{aggregates.aggregate(days)} rows of {len(days)} days")


def _days(since: str) -> list[date]:
    try:
        first = date.fromisoformat(since)
    except ValueError:
        raise SystemExit(f"“{since}” is no day: write 2026-11-01.") from None
    number = (timezone.now().date() - first).days + 1
    return [first + timedelta(days=n) for n in range(max(0, number))]
