"""Deepgram: a key after the word Token, sound in the body, words with their times."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipeline.providers.base import ProviderFault
from pipeline.providers.sound import seconds_of
from tests.fakes import media
from tests.fakes.checks import check, obj, text
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, route

MODELS = ("nova-3", "nova-3-general", "nova-2", "whisper-large")
SWITCHES = "smart_format punctuate paragraphs utterances diarize multichannel numerals filler_words mip_opt_out dictation".split()
QUERY = {
    *SWITCHES, "model", "language", "detect_language", "utt_split", "diarize_model", "keyterm", "keywords", "redact", "replace",
    "search", "encoding", "callback", "tag", "version",
}  # fmt: skip
SENTENCE = "the clock struck nine and all of them went home to bed because the night had come"


Heard = tuple[str, float, float]  # a word, its start and end in seconds


class FakeDeepgram(Fake):
    """`hears` listens in the recogniser's place."""

    name, key = "Deepgram", "0123456789abcdef0123456789abcdef01234567"
    env_key, env_url = "DEEPGRAM_API_KEY", "DEEPGRAM_BASE_URL"
    prices = {"seconds": str(Decimal("0.0043") / 60)}

    hears: Callable[[bytes], list[Heard]] | None = None

    def authorise(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Token {self.key}":
            raise Trouble(401, "Invalid credentials.", "INVALID_AUTH")

    def error(self, trouble: Trouble) -> Reply:
        """`shape` in more: modern has category and details."""
        id = self.new_id("00000000-0000-4000-8000-0000")
        code = _CODES.get(trouble.status, trouble.code)
        if trouble.more.get("shape") == "modern":
            return as_json(
                {"category": code, "message": trouble.message, "details": "", "request_id": id}, trouble.status
            )
        return as_json({"err_code": code, "err_msg": trouble.message, "request_id": id}, trouble.status)

    @route("GET", "/v1/projects")
    def projects(self, request: Request) -> Reply:
        return as_json({"projects": [{"project_id": "00000000-0000-4000-8000-000000000001", "name": "Films"}]})

    @route("POST", "/v1/listen")
    def listen(self, request: Request) -> Reply:
        query = {name: values[0] for name, values in request.query.items()}
        _check(query)
        data = self._sound(request)
        try:
            seconds = seconds_of(data)
        except ProviderFault:
            raise Trouble(400, "Bad Request: failed to process audio: corrupt or unsupported data")
        id = self.new_id("00000000-0000-4000-8000-0000")
        self.charge(id, query.get("model", "nova-3"), "seconds", seconds)
        said = media.recall(data) or SENTENCE
        heard = self.hears(data) if self.hears else _evenly(said.split(), seconds)
        return as_json(_answer(id, data, heard, seconds, query))

    def _sound(self, request: Request) -> bytes:
        """The body itself, or what an address of ours holds."""
        if request.media_type != "application/json":
            if not request.body:
                raise Trouble(400, "Bad Request: the body is empty")
            return request.body
        body = request.json()
        check(body, obj("url", url=text()))
        held = self.published.get(body["url"].rpartition("/")[2])
        if held is None:
            raise Trouble(400, "Bad Request: could not fetch the URL", "REMOTE_CONTENT_ERROR")
        return held[0]


_CODES = {400: "Bad Request", 401: "INVALID_AUTH", 402: "ASR_PAYMENT_REQUIRED", 403: "INSUFFICIENT_PERMISSIONS", 429: "TOO_MANY_REQUESTS"}  # fmt: skip


def _check(query: dict[str, str]) -> None:
    if unknown := set(query) - QUERY:
        raise Trouble(400, f"Bad Request: unknown parameter {min(unknown)}")
    if query.get("model", "nova-3") not in MODELS:
        raise Trouble(403, "Project does not have access to the requested model.")
    if "language" in query and query.get("detect_language") == "true":
        raise Trouble(400, "Bad Request: language and detect_language exclude each other")
    if wrong := [one for one in SWITCHES if query.get(one, "true") not in ("true", "false")]:
        raise Trouble(400, f"Bad Request: {wrong[0]} must be true or false")


def _evenly(said: list[str], seconds: float) -> list[Heard]:
    step = seconds / max(1, len(said))
    return [(word, round(at * step, 3), round((at + 0.9) * step, 3)) for at, word in enumerate(said)]


def _answer(id: str, data: bytes, heard: list[Heard], seconds: float, query: dict[str, str]) -> dict[str, Any]:
    said = [word for word, _, _ in heard]
    words = [
        {
            "word": word.strip(".,;:!?").lower(), "start": start, "end": end,
            "confidence": 0.99, "punctuated_word": word,
        }
        for word, start, end in heard
    ]  # fmt: skip
    best = {"transcript": " ".join(said), "confidence": 0.99, "words": words}
    heard_in = (
        {"detected_language": "en", "language_confidence": 0.99} if query.get("detect_language") == "true" else {}
    )
    return {
        "metadata": {
            "transaction_key": "deprecated", "request_id": id, "sha256": hashlib.sha256(data).hexdigest(),
            "created": "2026-11-21T12:00:00.000Z", "duration": seconds, "channels": 1, "models": ["m-1"],
            "model_info": {"m-1": {"name": "general-nova-3", "version": "2026-01-01.0", "arch": "nova-3"}},
        },
        "results": {"channels": [{"alternatives": [best], **heard_in}]},
    }  # fmt: skip
