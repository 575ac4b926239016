"""SVOX Pico in its host process: small, quick, six languages. It tells no times: they are laid along what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech.espeak_voice import readable
from pipeline.providers.local.speech.neural import MARKS
from pipeline.providers.local.speech.trimming import as_bytes, as_floats, pauses, spread, trim

LANGUAGES = ("de-DE", "es-ES", "fr-FR", "it-IT", "en-GB", "en-US")


class Engine:
    """A request: {"words", "voice": "pico:de-DE", "speed", "gain"}."""

    rate = 16_000

    def __init__(self) -> None:
        try:
            import ttspico
        except ModuleNotFoundError:
            raise Missing("Pico is not installed (pip install ttspico; it needs a C compiler)") from None
        self.engine = ttspico.TtsEngine

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        # a new engine each time (50 ms): a used one remembers, and the same words would sound otherwise
        engine = self.engine(request["voice"].removeprefix("pico:"))
        engine.set_property("rate", round(100 * float(request.get("speed", 1.0))))
        words = [readable(word) for word in request["words"]]
        said = " ".join(words).replace("—", ",").replace("…", ".")
        audio = as_floats(np.frombuffer(engine.speak(said) or b"\0\0", "<i2"))
        kept, times = trim(audio, spread(audio, starts(words, audio, self.rate)), self.rate)
        return {"rate": self.rate, "samples": len(kept), "words": times}, as_bytes(kept, request.get("gain", 0.0))


def starts(words: Sequence[str], audio: np.ndarray, rate: int) -> list[int]:
    """Where each word begins: phrases between the longest pauses, as many as there are marks; in them by letters."""
    inner = [number for number, word in enumerate(words[:-1]) if word[-1] in MARKS]
    first, last, gaps = pauses(audio, len(inner), rate)
    if len(gaps) < len(inner):
        inner, gaps = [], []
    begins = [first, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), last]
    places: list[int] = []
    for start, end, begin, finish in zip(
        [0, *(n + 1 for n in inner)], [*(n + 1 for n in inner), len(words)], begins, ends, strict=True
    ):
        sizes = np.cumsum([0, *(len(word.strip(MARKS)) + 1 for word in words[start:end])])
        places += [round(float(begin + (finish - begin) * size / sizes[-1])) for size in sizes[:-1]]
    return places
