"""Deletes the accounts whose grace period is over, with all their files. Meant to run daily."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services import purge_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge_due()} accounts deleted")
