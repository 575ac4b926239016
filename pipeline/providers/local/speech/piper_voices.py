"""Piper voices that somebody dropped into a folder: every NAME.onnx with its NAME.onnx.json is a voice, or several.

The folder is PIPER_VOICES. Nothing of a file is run: its settings are JSON, its model ONNX.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.providers.base import Voice

PREFIX = "piper:"
QUALITY = {"x_low": 0.4, "low": 0.45, "medium": 0.48, "high": 0.5}
LICENCE = "as the file's MODEL_CARD says"
MOST_SPEAKERS = 50  # of one file
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A voice, the model that speaks it, and its number there when the model has several."""

    voice: Voice
    file: Path
    speaker: int | None = None


def dropped() -> tuple[Dropped, ...]:
    """All of them, by name. What is no Piper voice for espeak's phonemes is passed over."""
    folder = os.environ.get("PIPER_VOICES")
    if not folder or not Path(folder).is_dir():
        return ()
    files = sorted(Path(folder).absolute().glob("*.onnx"))
    beside = [(file, file.with_name(file.name + ".json")) for file in files]
    return tuple(
        one for file, settings in beside if settings.is_file() for one in _voices(file, settings, _stamp(settings))
    )


def by_id(id: str) -> Dropped | None:
    return next((one for one in dropped() if one.voice.id == id), None) if id.startswith(PREFIX) else None


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=256)
def _voices(file: Path, settings: Path, stamp: tuple[int, int]) -> tuple[Dropped, ...]:
    """What one pair of files has; read again when it changed."""
    try:
        told = json.loads(settings.read_text("utf-8"))
        return tuple(_of(file, told)) if _speakable(told) else ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _speakable(told: dict[str, Any]) -> bool:
    """Whether it has what the engine needs, and takes espeak's phonemes, not letters."""
    known = isinstance(told["phoneme_id_map"], dict) and isinstance(told["audio"]["sample_rate"], int)
    return known and told.get("phoneme_type", "espeak") == "espeak" and bool(told["espeak"]["voice"])


def _of(file: Path, told: dict[str, Any]) -> Iterator[Dropped]:
    stem = file.name.removesuffix(".onnx")
    name = str(told.get("dataset") or stem).replace("_", " ").title()
    quality = QUALITY.get(str(told["audio"].get("quality")), 0.46)
    speakers = sorted((told.get("speaker_id_map") or {}).items(), key=lambda pair: int(pair[1]))[:MOST_SPEAKERS]
    tag = _tag(told)
    if len(speakers) < 2:
        number = 0 if int(told.get("num_speakers") or 1) > 1 else None
        yield Dropped(Voice(f"{PREFIX}{stem}", name, tag, "", "piper", quality, LICENCE), file, number)
        return
    for speaker, number in speakers:
        voice = Voice(f"{PREFIX}{stem}#{speaker}", f"{name} {speaker}", tag, "", "piper", quality, LICENCE)
        yield Dropped(voice, file, int(number))


def _tag(told: dict[str, Any]) -> str:
    code = str((told.get("language") or {}).get("code") or told["espeak"]["voice"]).replace("_", "-")
    return code if TAG.fullmatch(code) else "en"
