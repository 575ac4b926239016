"""Speech to words with their times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.providers import sound
from pipeline.providers.base import (
    HeardWord,
    ProviderFault,
    ProviderRefusal,
    TranscriptionRequest,
    TranscriptionResult,
    Usage,
)  # fmt: skip
from pipeline.providers.http import MB
from pipeline.providers.openai import api

LARGEST = 24 * MB  # of one file; the vendor's limit is 25
RATE, PART = 16_000, 600  # samples a second, seconds: how a larger file is sent, part by part


class OpenAITranscriber(api.Base):
    """Implements `Transcriber`. The model has to be one that gives word times (whisper-1, or a Whisper of one's own)."""

    default_model = "whisper-1"
    patience = 600.0

    def transcribe(self, request: TranscriptionRequest) -> TranscriptionResult:
        """Words in seconds of the file. Raises ProviderRefusal when there is no such file or no sound in it."""
        path = Path(request.path)
        if not path.is_file():
            raise ProviderRefusal(f"there is no file {path.name} to listen to")
        texts: list[str] = []
        words: list[HeardWord] = []
        language, seconds = request.language, Decimal(0)
        for data, name, begins in _parts(path):
            answer = self._heard(data, name, request.language)
            try:
                texts.append(str(answer["text"]).strip())
                words += _words(answer, begins)
                seconds += Decimal(str(answer.get("duration") or 0))
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
                raise self._garbage() from None
            language = language or _tag(str(answer.get("language") or ""))
        return TranscriptionResult(" ".join(filter(None, texts)), language, tuple(words), self._usage(seconds))

    def _heard(self, data: bytes, name: str, language: str) -> Mapping[str, Any]:
        fields: dict[str, Any] = {
            "model": self.model,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["word"],
        }
        if language:
            fields["language"] = language.replace("_", "-").partition("-")[0]
        files = {"file": (name, data, "application/octet-stream")}
        answer = self.http.json("POST", "/audio/transcriptions", data=fields, files=files, paid=True)
        if not isinstance(answer, dict):
            raise self._garbage()
        return answer

    def _garbage(self) -> ProviderFault:
        return ProviderFault(f"{self.http.name} gave no transcript", safe=False, ambiguous=True, kind="garbage")

    def _usage(self, seconds: Decimal) -> Usage:
        return Usage(api.NAME, self.model, "seconds", seconds, seconds=float(seconds), priced=False)


def _parts(path: Path) -> Iterator[tuple[bytes, str, float]]:
    """(data, file name, second at which it begins): the file as it is, or in parts where it is too large for that."""
    if path.stat().st_size <= LARGEST:
        yield path.read_bytes(), f"sound{path.suffix.lower() or '.wav'}", 0.0
        return
    try:
        samples = sound.decode(path.read_bytes(), RATE)
    except ProviderFault:
        raise ProviderRefusal(f"{path.name} holds no sound that can be read") from None
    for at in range(0, len(samples), PART * RATE):
        yield sound.riff(samples[at : at + PART * RATE], RATE), "sound.wav", at / RATE


def _words(answer: Mapping[str, Any], begins: float) -> Iterator[HeardWord]:
    for row in answer.get("words") or ():
        chance = row.get("probability", 1.0)
        yield HeardWord(
            str(row["word"]).strip(), float(row["start"]) + begins, float(row["end"]) + begins, float(chance)
        )


def _tag(language: str) -> str:
    """The vendor says "english" where we say "en"."""
    return _NAMES.get(language.lower(), language.lower())


_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "russian": "ru", "japanese": "ja", "chinese": "zh", "korean": "ko", "arabic": "ar", "hindi": "hi", "turkish": "tr",
    "polish": "pl", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs", "greek": "el",
    "hebrew": "he", "hungarian": "hu", "romanian": "ro", "ukrainian": "uk", "thai": "th", "vietnamese": "vi", "indonesian": "id",
}  # fmt: skip
