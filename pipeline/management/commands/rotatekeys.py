"""Encrypts workspaces' own keys anew under the newest secret."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pipeline.routing import keys


class Command(BaseCommand):
    help = (
        "Encrypts workspaces' own keys anew under the first of PROVIDER_KEY_SECRETS. Put a new secret first, run this, then "
        "take the old one away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = keys.rotate()
        self.stdout.write(f"{done} keys encrypted anew")
        if lost:
            self.stderr.write(f"{lost} keys open with none of the secrets; their owners must bring them again.")
            raise SystemExit(1)
