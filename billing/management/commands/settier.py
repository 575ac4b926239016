"""Gives a workspace another tier, or another limit, for a while."""

from __future__ import annotations

import getpass
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import Role, Workspace
from billing import overrides
from billing.entitlements import tier as tier_of
from billing.models import TierOverride
from billing.plans import TIERS


class Command(BaseCommand):
    help = (
        "Gives WORKSPACE (its number, or its owner's e-mail) another TIER, or one other --limit, until a day, with a "
        "reason. It ends by itself, or by --end. What is paid for is not changed."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("workspace", help="its number, or the e-mail of its owner")
        parser.add_argument("tier", nargs="?", default="", help=f"one of {', '.join(TIERS)}")
        parser.add_argument("--limit", default="", metavar="NAME=VALUE", help="one limit instead: films=50")
        parser.add_argument(
            "--until", default="", help="a day or a time, 2026-12-31 or 2026-12-31T18:00; for good without it"
        )
        parser.add_argument("--reason", default="", help="why, kept in the records; needed")
        parser.add_argument("--end", action="store_true", help="end what staff gave it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["reason"].strip():
                raise ValueError("Say why: --reason.")
            workspace = _workspace(options["workspace"])
            self.stdout.write(_end(workspace, options) if options["end"] else _give(workspace, options))
        except ValueError as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(2) from None


def _workspace(named: str) -> Workspace:
    rows = (
        Workspace.objects.filter(pk=named)
        if named.isdigit()
        else Workspace.objects.filter(memberships__user__email__iexact=named, memberships__role=Role.OWNER)
    )
    found = list(rows.order_by("pk")[:3])
    if not found:
        raise ValueError(f"There is no workspace {named}.")
    if len(found) > 1:
        numbers = ", ".join(str(w.pk) for w in found)
        raise ValueError(f"{named} owns more than one workspace: {numbers}. Name one by its number.")
    return found[0]


def _until(typed: str) -> datetime | None:
    """A day counts to its end."""
    if not typed:
        return None
    try:
        at = parse_datetime(typed) if "T" in typed or ":" in typed else None
        day = None if at else parse_date(typed)
    except ValueError:
        at = day = None
    if at is None and day is None:
        raise ValueError(f"“{typed}” is no day: write 2026-12-31.")
    at = at or datetime.combine(day, time.max)  # type: ignore[arg-type]
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def _give(workspace: Workspace, options: dict[str, Any]) -> str:
    name, equals, value = options["limit"].partition("=")
    if options["limit"] and not equals:
        raise ValueError("A limit is given as NAME=VALUE: films=50.")
    until = _until(options["until"])
    named = {"tier": options["tier"], "limit": name, "value": value or None, "until": until}
    told = f"{workspace.name} (workspace {workspace.pk}): {options['tier'] or options['limit']}"
    told += f" until {until:%F %H:%M %Z}" if until else ", for good"
    if options["dry_run"]:
        overrides.check(**named)
        return f"Would be: {told}."
    overrides.give(workspace, by=None, reason=options["reason"], shell=getpass.getuser(), **named)
    return f"{told}. In force: {tier_of(workspace).name}."


def _end(workspace: Workspace, options: dict[str, Any]) -> str:
    rows = list(TierOverride.objects.active().filter(workspace=workspace))  # type: ignore[attr-defined]
    if options["dry_run"]:
        return f"Would end: {', '.join(map(str, rows)) or 'nothing'}."
    ended = [overrides.end(row, by=None, reason=options["reason"], shell=getpass.getuser()) for row in rows]
    return f"{sum(ended)} ended. In force: {tier_of(workspace).name}."
