"""How fast and how clearly the local voices read 25 sentences of Alice. Run: python -m bench.voice [VOICE ...]

Last line: one JSON of figures, goals and "ok". `factor` is seconds of sound a second of wall time with the whole pool;
`free_factor` is the same by the processors' time alone, for a machine that others use, too.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.language.spoken import spoken
from pipeline.language.spoken_errors import word_errors
from pipeline.providers.base import SpeechRequest, SpeechResult, TranscriptionRequest, Utterance
from pipeline.providers.local import host
from pipeline.providers.local.speech.catalogue import by_id
from pipeline.providers.local.speech.speaker import LocalSpeaker
from pipeline.providers.local.transcription import LocalTranscriber

TEXT = Path(__file__).with_name("alice25.txt")
VOICES = ("af_heart", "bm_george", "joe", "pico:en-GB", "espeak:en-us")
GOALS = {"factor": 3.0, "word_errors": 0.03}  # of the first voice
PAUSE = 0.5


def request(voice: str, lines: list[str]) -> SpeechRequest:
    return SpeechRequest(tuple(Utterance(line, spoken(line), voice, PAUSE) for line in lines))


def main(voices: list[str]) -> int:
    lines = TEXT.read_text("utf-8").splitlines()
    figures: dict[str, Any] = {voice: measure(voice, lines) for voice in voices}
    first = figures[voices[0]]
    ok = first["factor"] >= GOALS["factor"] and first["word_errors"] <= GOALS["word_errors"]
    print(json.dumps({"figures": figures, "goals": GOALS, "ok": ok}, ensure_ascii=False))
    return 0 if ok else 1


def measure(voice: str, lines: list[str]) -> dict[str, Any]:
    """Speaks with a warm pool, then listens."""
    speaker, engine = LocalSpeaker(), getattr(by_id(voice), "engine", "")
    speaker.speak(request(voice, ["Good morning to you all, and welcome to this house."] * 2 * host.slots(engine)))
    before = worked(engine)
    start = time.perf_counter()
    result = speaker.speak(request(voice, lines))
    wall = time.perf_counter() - start
    sound = result.samples / result.rate - PAUSE * len(lines)
    spent = (worked(engine) - before) / host.slots(engine)
    row = {
        "engine": engine,
        "sound": round(sound, 1),
        "factor": round(sound / wall, 2),
        "free_factor": round(sound / spent, 2),
    }
    row |= {"processes": host.slots(engine), "memory_mb": [one["rss_mb"] for one in host.status(engine)]}
    row |= listen(result, lines)
    print(f"{voice:14} {row}", flush=True)
    host.stop(engine)
    return row


def worked(engine: str) -> float:
    return sum(one["cpu_seconds"] for one in host.status(engine))


def listen(result: SpeechResult, lines: list[str]) -> dict[str, Any]:
    """Word errors by the recogniser, and how far its word times are from ours."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        file.write(result.wav)
        file.flush()
        start = time.perf_counter()
        heard = LocalTranscriber().transcribe(TranscriptionRequest(file.name, "en"))
        wall = time.perf_counter() - start
    rate, sentences = word_errors("\n".join(lines), heard.text)
    bad = [f"{row.text[:60]} ({row.rate:.0%})" for row in sentences if row.rate > 0.15]
    listened = round(result.samples / result.rate / wall, 2)
    return {"word_errors": round(rate, 4), "worst": bad, "recogniser_factor": listened}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(VOICES)))
