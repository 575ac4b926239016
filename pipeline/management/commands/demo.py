"""The first thing a newcomer runs: a chapter of the bundled tale, or of their book, becomes a film."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pipeline.errors import BadInput
from pipeline.management import display, filming
from pipeline.management.commands import makefilm
from pipeline.management.showcase import show
from pipeline.models import Render, Run, Status
from projects import samples


class Command(BaseCommand):
    help = "Films one chapter of the bundled tale, or of the book given."
    requires_system_checks = ()  # `manage.py check` holds them; here they only cost a second

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=samples.BOOK)
        parser.add_argument("--out", type=Path)
        parser.add_argument("--chapters", default="")
        parser.add_argument("--minutes", type=float)
        parser.add_argument("--mode", default="verbatim")
        parser.add_argument("--resolution", default="720p")
        for name in ("aspect", "voice", "style", "captions", "music", "sounds", "transition"):
            parser.add_argument(f"--{name}")

    def handle(self, *args: Any, **given: Any) -> None:
        self.stdout.write(f"Filming {given['file'].name}")
        given["out"] = given["out"] or Path(settings.VAR) / "films" / given["file"].stem
        self.missing_parts()
        try:
            run, files, wall = makefilm.film(given, quiet=False)
        except BadInput as bad:
            self.stderr.write(bad.message)
            sys.exit(2)
        self.tell(run, files, wall)
        if given["file"] == samples.BOOK and run.status == Status.SUCCEEDED and not _shown():
            show(files["film.mp4"], files["poster.jpg"], Render.objects.get(run=run).seconds)
        if run.status != Status.SUCCEEDED:
            sys.exit(1)

    def missing_parts(self) -> None:
        """Name what could not be installed, and what takes its place."""
        path = Path(settings.VAR) / "parts.json"
        parts = json.loads(path.read_text()) if path.exists() else {}
        for name, part in sorted(parts.items()):
            if isinstance(part, dict) and not part.get("ok", True):
                self.stdout.write(f"Without {name} ({part.get('reason', 'not installed')}): {part.get('instead', '')}")

    def tell(self, run: Run, files: dict[str, Path], wall: float) -> None:
        facts = filming.report(run, files, wall)
        write = self.stdout.write
        for path in files.values():
            write(f"  {path}")
        write(f"Film of {display.clock(facts['duration'])}, made in {display.clock(wall)}.")
        spent = ", ".join(f"{display.LABELS.get(k, k)} {v:.1f} s" for k, v in facts["stages"].items())
        write(f"By stage: {spent}.")
        write(f"{facts['usage']['calls']} provider calls, cost ${facts['usage']['cost_usd']:.2f}.")
        render = Render.objects.filter(run=run).first()
        for line in (render.certificate.get("lines", []) if render else [])[:5]:
            write(f"  {line}")
        if run.status != Status.SUCCEEDED:
            self.stderr.write(run.error or f"The run was {run.status}.")


def _shown() -> bool:
    return (Path(settings.SHOWN) / "film" / "demo.mp4").exists()
