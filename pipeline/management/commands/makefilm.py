"""A book in, a film out, through the engine with the running workers or its own."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from pipeline import services
from pipeline.errors import BadInput
from pipeline.management import display, filming
from pipeline.models import Run, Status
from projects import options as choices
from projects.models import Source
from projects.options import FilmOptions, chapter_numbers
from projects.services import add_source, body_chapters


class Command(BaseCommand):
    help = "Makes a film of chapters of a book."
    requires_system_checks = ()  # `manage.py check` holds them; here they only cost a second

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, required=True, help="folder for the film and its side files")
        parser.add_argument("--chapters", default="", help="1,3-4 or all; the first of the body without it")
        parser.add_argument("--minutes", type=float)
        for name in ("mode", "aspect", "resolution", "captions", "transition", "music", "sounds"):
            parser.add_argument(f"--{name}", choices=choices.CHOICES[name])
        parser.add_argument("--caption-style", choices=choices.CAPTION_STYLES)
        parser.add_argument("--voice")
        parser.add_argument("--style")
        parser.add_argument("--json", action="store_true", help="print one line of JSON at the end")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            run, files, wall = film(given, quiet=given["json"])
        except BadInput as bad:
            self.stderr.write(bad.message)
            sys.exit(2)
        if given["json"]:
            self.stdout.write(filming.as_line(filming.report(run, files, wall)))
        else:
            for path in files.values():
                self.stdout.write(str(path))
        if run.status != Status.SUCCEEDED:
            self.stderr.write(run.error or f"The run was {run.status}.")
            sys.exit(1)


def film(given: dict[str, Any], *, quiet: bool) -> tuple[Run, dict[str, Path], float]:
    """Read, start, wait, copy out. BadInput for what can't be used."""
    began = time.monotonic()
    filming.prepare()
    source = add_source(filming.local_workspace(), given["file"])
    options = film_options(source, given)
    run = filming.begin(filming.project_of(source, options), options)
    try:
        with filming.workers(run):
            run = display.watch(run, quiet=quiet)
    except KeyboardInterrupt:
        services.cancel(run)
        sys.exit(130)
    return run, filming.deliver(run, given["out"]), time.monotonic() - began


def film_options(source: Source, given: dict[str, Any]) -> FilmOptions:
    """The choices given, over the defaults; chapters that exist."""
    numbers = list(source.chapters.values_list("number", flat=True))
    body = body_chapters(source)
    asked = given.get("chapters") or str(body[0])
    chapters = tuple(body) if asked.strip().lower() == "all" else chapter_numbers(asked, numbers)
    names = (
        "mode",
        "minutes",
        "aspect",
        "resolution",
        "captions",
        "caption_style",
        "transition",
        "music",
        "sounds",
        "voice",
        "style",
    )
    chosen = {name: given[name] for name in names if given.get(name) is not None}
    return FilmOptions(chapters=chapters, **chosen)
