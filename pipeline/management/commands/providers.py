"""Who can do what: configured or not, in health or not, and for which tiers."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from pipeline.providers.vendors import VENDORS
from pipeline.routing import health
from pipeline.routing.health import Standing


class Command(BaseCommand):
    help = "Lists each provider with its capabilities, whether it is configured, its health of the last day, its use by tier."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, one object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = health.standings()
        if options["json"]:
            for row in rows:
                self.stdout.write(json.dumps(row.to_json(), ensure_ascii=False))
            return
        before = ""
        for row in rows:
            if row.vendor != before:
                self.stdout.write(_head(row))
                before = row.vendor
            self.stdout.write(f"  {row.capability:<14} {_health(row):<34} {_uses(row)}".rstrip())


def _head(row: Standing) -> str:
    vendor = VENDORS.get(row.vendor)
    if vendor is None:
        return "\nThis machine (always there, free; comes last in every route)"
    how = "configured" if row.configured else f"not configured: set {vendor.env_key}"
    return f"\n{vendor.name} ({how}). {vendor.note}"


def _health(row: Standing) -> str:
    if not row.configured:
        return "-"
    told = f"{row.calls} calls, {row.faults} faults a day" if row.calls else "no calls in a day"
    return told if row.circuit == "closed" else f"{row.circuit}: {row.reason}; {told}"


def _uses(row: Standing) -> str:
    if row.vendor == "local":
        return "every tier"
    return "; ".join(f"{model} ({', '.join(tiers)})" for model, tiers in row.uses.items()) or "in no tier's route"
