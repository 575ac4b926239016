"""`manage.py buildsample`: the bundled EPUB from its Markdown and drawings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from projects.samples import BOOK, epub


class Command(BaseCommand):
    help = "Build the bundled tale's EPUB from its Markdown."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=BOOK, help="where to write it (default: the bundled file)")

    def handle(self, *args: Any, **options: Any) -> None:
        data = epub.build()
        options["out"].write_bytes(data)
        self.stdout.write(f"{options['out']}: {len(data) // 1024} KB")
