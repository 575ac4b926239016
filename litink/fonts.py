"""The letters of the pages: subsets of the variable fonts in wheels, made once into var/ and served as static files."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

LETTERS = ((0x20, 0x7E), (0xA0, 0x17F), (0x1E9E, 0x1E9E), (0x2010, 0x2027), (0x2030, 0x205E), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212))  # fmt: skip
FONTS = {
    "inter.woff": ("fontpkg_inter", "Inter[opsz,wght].ttf", 14),
    "literata.woff": ("fontpkg_literata", "Literata[opsz,wght].ttf", 20),
}


def folder() -> Path:
    return settings.VAR / "fonts"


def made() -> Path:
    """The folder with every font in it; those that are missing are made now (a second each)."""
    for name in FONTS:
        if not (folder() / "fonts" / name).exists():
            _make(name)
    return folder()


def _make(name: str) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    package, file, size = FONTS[name]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return  # the system's letters are used instead
    options = subset.Options(layout_features=["kern", "liga", "calt", "tnum", "mark", "mkmk", "ccmp"], hinting=False)
    font = TTFont(Path(spec.origin).parent / "files" / file)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    cutter.subset(font)
    font = instantiateVariableFont(font, {"opsz": size, "wght": (400, 700)})
    font.flavor = "woff"
    target = folder() / "fonts" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        font.save(part)
    Path(part.name).chmod(0o644)
    os.replace(part.name, target)  # two processes may make it at once


class FontFinder(BaseFinder):
    """Hands the made fonts to runserver, whitenoise and collectstatic."""

    def check(self, **kwargs: Any) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.replace("\\", "/").removeprefix("fonts/")
        hit = made() / path if name in FONTS else None
        found = [str(hit)] if hit and hit.exists() else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        storage = FileSystemStorage(location=made())
        for name in FONTS:
            if storage.exists(f"fonts/{name}"):
                yield f"fonts/{name}", storage
