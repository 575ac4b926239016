"""Which font draws which character. Fonts come by package; more may lie in the folder named by LITINK_FONTS."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont
from PIL import ImageFont

PACKAGES = ("manimgx_fonts", "fontpkg_literata", "fontpkg_noto_serif", "mplfonts")
_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_SANS, _EMOJI = "NotoSans[wght].ttf", "NotoEmoji[wght].ttf"
_BOOK = ("Literata[opsz,wght].ttf", "NotoSerif[wdth,wght].ttf")
_CJK = ("cjk", "notosansjp", "notosanssc", "notosanstc", "notosanskr", "notoserifjp", "notoserifsc")
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f\u200e\u200f\u2060\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file: `index` counts in a collection."""

    path: Path
    index: int = 0


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """File name to path: packages first, the folder of LITINK_FONTS, then CJK fonts of the system."""
    found: dict[str, Path] = {}
    folders = [Path(spec.origin).parent for name in PACKAGES if (spec := find_spec(name)) and spec.origin]
    own = os.environ.get("LITINK_FONTS")
    for folder in [*folders, *([Path(own)] if own else [])]:
        for file in _in(folder):
            found.setdefault(file.name, file)
    for folder in _SYSTEM:
        for file in _in(folder):
            if any(mark in file.name.lower() for mark in _CJK):
                found.setdefault(file.name, file)
    return found


def _in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in (".ttf", ".otf", ".ttc"))


@lru_cache(maxsize=8)
def stack(role: str, language: str = "") -> tuple[Face, ...]:
    """Fonts of a role ("book" serif or "caption" sans), best first; `language` puts its own CJK forms ahead."""
    files = _files()
    names = list(_BOOK) if role == "book" else []
    sans = [name for name in sorted(files) if name.startswith("NotoSans") and "Italic" not in name and _plain(name)]
    names += [_SANS, *(name for name in sans if name != _SANS)]
    faces = [Face(files[name]) for name in names if name in files]
    faces += _cjk(files, language)
    return (*faces, *(Face(files[name]) for name in (_EMOJI,) if name in files))


def _plain(name: str) -> bool:
    return not any(mark in name.lower() for mark in _CJK)


def _cjk(files: dict[str, Path], language: str) -> list[Face]:
    """CJK faces, bold before regular before the rest; Japanese, Korean and traditional forms when the film asks."""
    wanted = {"ja": "jp", "ko": "kr", "zh-tw": "tc", "zh-hant": "tc", "zh-hk": "hk"}.get(language.lower(), "sc")
    faces = [(name, face, style) for name in sorted(files) if not _plain(name) for face, style in _faces(files[name])]

    def rank(entry: tuple[str, Face, str]) -> tuple[bool, bool, bool, str]:
        name, _, style = entry
        text = f"{name} {style}".lower()
        return (f" {wanted}" not in text and wanted not in name.lower(), "mono" in text, "bold" not in text, name)

    return [face for _, face, _ in sorted(faces, key=rank)]


@lru_cache(maxsize=64)
def _faces(path: Path) -> tuple[tuple[Face, str], ...]:
    if path.suffix.lower() != ".ttc":
        return ((Face(path), path.stem),)
    with TTCollection(str(path), lazy=True) as collection:
        return tuple((Face(path, i), str(font["name"].getDebugName(4))) for i, font in enumerate(collection.fonts))


@lru_cache(maxsize=64)
def _covers(face: Face) -> frozenset[int]:
    with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


@lru_cache(maxsize=4096)
def face_for(character: str, role: str, language: str = "") -> Face | None:
    """The first font of the role that has the character, or None."""
    code = ord(character)
    return next((face for face in stack(role, language) if code in _covers(face)), None)


def missing_fonts(text: str, language: str = "") -> list[str]:
    """Characters that no font here can draw, once each, in order: say them before rendering, never draw boxes."""
    seen = dict.fromkeys(c for c in text if not c.isspace() and c not in _JOINERS)
    return [c for c in seen if unicodedata.category(c)[0] != "C" and face_for(c, "caption", language) is None]


def runs(text: str, role: str, language: str = "") -> list[tuple[Face, str]]:
    """Text cut where the font must change; marks and joiners stay with what they follow. Raises LookupError."""
    parts: list[tuple[Face, str]] = []
    for character in text:
        last = parts[-1] if parts else None
        if last and (character.isspace() or character in _JOINERS or _goes_on(last, character, role, language)):
            parts[-1] = (last[0], last[1] + character)
            continue
        face = face_for(character if not character.isspace() else " ", role, language)
        if face is None and character not in _JOINERS:
            raise LookupError(f"no font here has {character!r} ({unicodedata.name(character, 'unnamed')})")
        if face is not None:
            parts.append((face, character))
    return parts


def _goes_on(last: tuple[Face, str], character: str, role: str, language: str) -> bool:
    """Whether a run keeps its font: always what a joiner binds; else letters and marks that the font has."""
    if ord(character) not in _covers(last[0]):
        return False
    plain = unicodedata.category(character)[0] in "LMNPZ"
    return plain or last[1][-1] == "\u200d" or face_for(character, role, language) == last[0]


@lru_cache(maxsize=256)
def font(face: Face, size: float, weight: int) -> ImageFont.FreeTypeFont:
    """A font ready to draw at `size` pixels; weight where the file is variable."""
    made = ImageFont.truetype(str(face.path), size, index=face.index, layout_engine=ImageFont.Layout.RAQM)
    if "[" in face.path.name:
        axes = [_axis(axis, size, weight) for axis in made.get_variation_axes()]
        made.set_variation_by_axes(axes)
    return made


def _axis(axis: Any, size: float, weight: int) -> float:
    name = axis["name"].decode() if isinstance(axis["name"], bytes) else str(axis["name"])
    wanted = {"weight": weight, "optical size": size}.get(name.lower(), axis["default"])
    return min(max(wanted, axis["minimum"]), axis["maximum"])
