"""Deepgram: a media file in, words with their times out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.providers.base import (
    HeardWord,
    ProviderFault,
    ProviderRefusal,
    TranscriptionRequest,
    TranscriptionResult,
    Usage,
)  # fmt: skip
from pipeline.providers.http import MB, Client

NAME = "deepgram"
URL = "https://api.deepgram.com"
MODEL = "nova-3"
# USD a second of sound (0.0043 a minute, batch): a third party's note of 2026, so the router's price list goes before it
PRICES = {"nova-3": Decimal("0.0043") / 60}
LARGEST = 500 * MB  # of a file
_KINDS = {
    "INVALID_AUTH": "key", "INSUFFICIENT_PERMISSIONS": "key", "ASR_PAYMENT_REQUIRED": "credits",
    "TOO_MANY_REQUESTS": "limit", "PAYLOAD_TOO_LARGE": "too_long",
}  # fmt: skip


def judge(status: int, body: Any) -> str:
    """Old answers have `err_code`, newer ones `category`."""
    return _KINDS.get(str(body.get("err_code") or body.get("category")), "") if isinstance(body, Mapping) else ""


class DeepgramTranscriber:
    """Implements `Transcriber`."""

    def __init__(
        self, *, key: str, model: str = MODEL, base_url: str = URL, transport: Any = None, allow_private: bool = False
    ) -> None:
        self.model = model or MODEL
        self.http = Client(
            base_url or URL,
            headers={"authorization": f"Token {key}"},
            transport=transport,
            timeout=600.0,
            secrets=(key,),
            name="Deepgram",
            judge=judge,
        )

    def transcribe(self, request: TranscriptionRequest) -> TranscriptionResult:
        """Words in seconds of the file. Raises ProviderRefusal when there is no such file or it is too large."""
        path = Path(request.path)
        if not path.is_file():
            raise ProviderRefusal(f"there is no file {path.name} to listen to")
        if path.stat().st_size > LARGEST:
            raise ProviderRefusal(f"{path.name} is too large to listen to", kind="too_long")
        answer = self.http.json(
            "POST",
            "/v1/listen",
            params=self._params(request.language),
            content=path.read_bytes(),
            headers={"content-type": "application/octet-stream"},
            paid=True,
        )
        return self._result(answer, request.language)

    def _params(self, language: str) -> dict[str, str]:
        asked = {"language": language.replace("_", "-")} if language else {"detect_language": "true"}
        return {"model": self.model, "smart_format": "true", "mip_opt_out": "true", **asked}

    def _result(self, answer: Any, language: str) -> TranscriptionResult:
        try:
            usage = self._usage(answer["metadata"])
            channel = answer["results"]["channels"][0]
            best = channel["alternatives"][0]
            words = tuple(_words(best))
            text, heard_in = str(best["transcript"]), str(channel.get("detected_language") or language)
        except (KeyError, IndexError, TypeError, ValueError, ArithmeticError):
            raise ProviderFault("Deepgram: its answer has another shape", safe=False, ambiguous=True, kind="garbage") from None  # fmt: skip
        return TranscriptionResult(text, heard_in, words, usage)

    def _usage(self, metadata: Mapping[str, Any]) -> Usage:
        seconds = Decimal(str(metadata["duration"]))
        return Usage(
            NAME,
            self.model,
            "seconds",
            seconds,
            cost_usd=seconds * PRICES.get(self.model, Decimal(0)),
            seconds=float(seconds),
            vendor_id=str(metadata["request_id"]),
            priced=False,
        )


def _words(best: Mapping[str, Any]) -> Iterator[HeardWord]:
    for row in best.get("words") or ():
        text = str(row.get("punctuated_word") or row["word"])
        yield HeardWord(text, float(row["start"]), float(row["end"]), float(row.get("confidence", 1.0)))
