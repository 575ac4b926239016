"""The local ear: Whisper base, offline, with word times and the language it hears."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pipeline.providers.base import HeardWord, ProviderRefusal, TranscriptionRequest, TranscriptionResult, Usage
from pipeline.providers.local import host


class LocalTranscriber:
    """Implements `Transcriber`. One process for the machine; requests of several workers wait for each other."""

    def transcribe(self, request: TranscriptionRequest) -> TranscriptionResult:
        """Words in seconds of the file. Raises ProviderRefusal when it can't be read, PartMissing without the model."""
        path = Path(request.path).absolute()
        if not path.is_file():
            raise ProviderRefusal(f"there is no file {path.name} to listen to")
        language = request.language.lower().replace("_", "-").partition("-")[0]
        answer, _ = host.ask("whisper", {"path": str(path), "language": language}, timeout=3600)
        if "unreadable" in answer:
            raise ProviderRefusal(f"{path.name} holds no sound that can be read: {answer['unreadable']}")
        words = tuple(HeardWord(*word) for word in answer["words"])
        seconds = float(answer["seconds"])
        usage = Usage(
            "local", "whisper-base", "seconds", Decimal(str(round(seconds, 3))), seconds=seconds, licence="MIT"
        )
        return TranscriptionResult(" ".join(word.text for word in words), answer["language"], words, usage)
