"""OpenAI, strictly; `house = False` makes it a server of one's own that takes any model, voice and size, and no key."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.providers.base import ProviderFault
from pipeline.providers.sound import seconds_of
from tests.fakes import chatting, media, writing
from tests.fakes.chatting import COMMON, Said, event
from tests.fakes.checks import ANY, FLAG, check, many, number, obj, one_of, text, whole
from tests.fakes.messages import File, Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, route

VOICES = "alloy ash ballad coral echo fable onyx nova sage shimmer verse marin cedar".split()
FORMS = ("mp3", "opus", "aac", "flac", "wav", "pcm")
CHAT = obj("messages model", **COMMON, logprobs=FLAG, service_tier=text(), store=FLAG, verbosity=text(), modalities=ANY)
SPEECH = obj(
    "model input voice", model=text(least=1), input=text(4096, 1), voice=text(least=1), instructions=text(4096),
    response_format=one_of(*FORMS), speed=number(0.25, 4), stream_format=one_of("audio", "sse"),
)  # fmt: skip
IMAGE = {
    "model": text(least=1), "prompt": text(32_000, 1), "n": whole(1, 10), "size": {"type": "string", "pattern": r"^(auto|\d+x\d+)$"},
    "quality": one_of("low", "medium", "high", "auto"), "output_format": one_of("png", "jpeg", "webp"), "output_compression": whole(0, 100),
    "background": one_of("auto", "transparent", "opaque"), "moderation": one_of("auto", "low"), "stream": FLAG, "partial_images": whole(0, 3),
    "user": text(), "response_format": one_of("url", "b64_json"), "input_fidelity": one_of("high", "low"),
}  # fmt: skip
PART = {
    "oneOf": [
        obj("type text", type=one_of("text"), text=text()),
        obj("type image_url", type=one_of("image_url"), image_url=obj("url", url={"type": "string", "pattern": "^(https:|data:image/)"})),
    ]
}  # fmt: skip
MODERATION = obj("input", model=text(), input={"oneOf": [text(), many(text(), least=1), many(PART, least=1)]})
HEARING = "file model language prompt response_format temperature timestamp_granularities[] stream chunking_strategy include[]".split()
CATEGORIES = """harassment harassment/threatening hate hate/threatening illicit illicit/violent self-harm self-harm/intent
    self-harm/instructions sexual sexual/minors violence violence/graphic""".split()
FLAGGED = {"murderous rampage": "violence", "explicit orgy": "sexual"}  # what this fake takes offence at
LARGEST = 25 * 1024 * 1024
HEARD = "The quick brown fox jumps over the lazy dog and runs into the old forest".split()


class FakeOpenAI(Fake):
    """`writer` writes in the model's place."""

    name, prefix, key = "OpenAI", "/v1", "sk-proj-0123456789abcdef0123456789abcdef"
    env_key, env_url = "OPENAI_API_KEY", "OPENAI_BASE_URL"
    prices = {
        "read": "0.00000015",
        "written": "0.0000006",
        "images": "0.04",
        "characters": "0.000015",
        "seconds": "0.0001",
    }
    writer: chatting.Writer | None = staticmethod(writing.write)
    house = True

    def authorise(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        if self.house and given != f"Bearer {self.key}":
            raise Trouble(
                401,
                f"Incorrect API key provided: {given[7:15]}***. You can find your API key at https://platform.openai.com.",
                "invalid_api_key",
            )

    def error(self, trouble: Trouble) -> Reply:
        kind = {401: "invalid_request_error", 402: "insufficient_quota", 429: "rate_limit_error"}.get(
            trouble.status, "invalid_request_error" if trouble.status < 500 else "server_error"
        )
        error = {
            "message": trouble.message,
            "type": trouble.more.get("type", kind),
            "param": trouble.more.get("param"),
            "code": trouble.code or None,
        }
        return as_json({"error": error}, trouble.status, x_request_id=self.new_id("req_"))

    def _status(self, fault: Any) -> Reply:
        """Here a used up quota is a 429, too: `next("429", code="insufficient_quota")`."""
        if fault.more.get("code"):
            code = fault.more["code"]
            return self.error(Trouble(int(fault.kind), "You exceeded your current quota", code, type=code))
        return super()._status(fault)

    # -- chat -------------------------------------------------------------------------------------
    @route("POST", "/chat/completions")
    def chat(self, request: Request) -> Reply:
        body = request.json()
        check(body, CHAT)
        if self.house and "max_tokens" in body and re.match(r"(o\d|gpt-5)", body["model"]):
            raise Trouble(
                400,
                "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
                "unsupported_parameter",
                param="max_tokens",
            )
        told = chatting.said(self, request, body, self.writer)
        id = self.new_id("chatcmpl-")
        usage = self._written(id, body["model"], told)
        refused = told.finish == "refused"
        message = {
            "role": "assistant",
            "content": None if refused else told.text,
            "refusal": "I can't help with that." if refused else None,
        }
        finish = "stop" if refused else told.finish
        if body.get("stream"):
            counted = (body.get("stream_options") or {}).get("include_usage")
            return Reply(
                media_type="text/event-stream", pieces=self._stream(id, body["model"], told, usage if counted else None)
            )
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
        return as_json(
            {
                "id": id,
                "object": "chat.completion",
                "created": 1764000000,
                "model": body["model"],
                "choices": [choice],
                "usage": usage,
            }
        )

    def _written(self, id: str, model: str, told: Said) -> dict[str, Any]:
        cost = self.price(model, "read", told.read) + self.price(model, "written", told.written)
        self.bill.add(id, model, "tokens", told.read + told.written, cost)
        return {"prompt_tokens": told.read, "completion_tokens": told.written, "total_tokens": told.read + told.written}

    def _stream(self, id: str, model: str, told: Said, usage: Mapping[str, Any] | None) -> Iterator[bytes]:
        base = {"id": id, "object": "chat.completion.chunk", "created": 1764000000, "model": model}
        for piece in chatting.pieces(told.text):
            yield event(base | {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        delta = {"refusal": "I can't help with that."} if told.finish == "refused" else {}
        finish = "stop" if delta else told.finish
        yield event(base | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
        if usage:
            yield event(base | {"choices": [], "usage": usage})
        yield from chatting.done()

    # -- sound ------------------------------------------------------------------------------------
    @route("POST", "/audio/speech")
    def speech(self, request: Request) -> Reply:
        body = request.json()
        check(body, SPEECH)
        if self.house and body["voice"] not in VOICES:
            raise Trouble(400, f"Input should be one of {', '.join(VOICES)}", "invalid_value", param="voice")
        form = body.get("response_format", "mp3")
        sound = media.sound(media.speaking_time(body["input"], body.get("speed", 1.0)), form)
        self.charge(self.new_id("speech-"), body["model"], "characters", len(body["input"]))
        return self.spoilt(request, media.remember(sound, body["input"]), media.TYPES[form])

    @route("GET", "/audio/voices")
    def voices(self, request: Request) -> Reply:
        """Only servers of one's own list their voices, as Kokoro-FastAPI does."""
        if self.house:
            raise Trouble(404, "Invalid URL (GET /v1/audio/voices)", "not_found")
        return as_json({"voices": ["af_heart", "am_michael", "bf_emma", "bm_george", "ff_siwis"]})

    @route("POST", "/audio/transcriptions")
    def transcriptions(self, request: Request) -> Reply:
        fields, files = request.form()
        self._hearable(fields, files)
        file = files["file"][0]
        try:
            seconds = seconds_of(file.data)
        except ProviderFault:
            raise Trouble(400, "Invalid file format.", "invalid_value", param="file")
        model = fields["model"][0]
        self.charge(self.new_id("heard-"), model, "seconds", seconds)
        told = (
            media.recall(file.data) or " ".join(HEARD[at % len(HEARD)] for at in range(max(1, round(seconds * 2.5))))
        ).split()
        step = seconds / len(told)
        words = [
            {"word": word.strip(".,;:!?\"'"), "start": round(at * step, 2), "end": round((at + 1) * step, 2)}
            for at, word in enumerate(told)
        ]
        answer: dict[str, Any] = {
            "text": " ".join(told),
            "usage": {"type": "duration", "seconds": -(-int(seconds * 1000) // 1000)},
        }
        if fields.get("response_format") == ["verbose_json"]:
            answer |= {"task": "transcribe", "language": "english", "duration": seconds}
            answer |= {"words": words} if "word" in fields.get("timestamp_granularities[]", ()) else {}
        return as_json(answer)

    def _hearable(self, fields: Mapping[str, list[str]], files: Mapping[str, list[File]]) -> None:
        if unknown := (set(fields) | set(files)) - set(HEARING):
            raise Trouble(400, f"Unrecognized request argument supplied: {sorted(unknown)[0]}", "unknown_parameter")
        if "model" not in fields or "file" not in files:
            raise Trouble(400, "you must provide a model parameter and a file", "missing_required_parameter")
        if "timestamp_granularities[]" in fields and fields.get("response_format") != ["verbose_json"]:
            raise Trouble(
                400,
                "timestamp_granularities needs response_format verbose_json",
                "invalid_value",
                param="response_format",
            )
        if len(files["file"][0].data) > LARGEST:
            raise Trouble(413, "Maximum content size limit (26214400) exceeded")

    # -- pictures ---------------------------------------------------------------------------------
    @route("POST", "/images/generations")
    def generations(self, request: Request) -> Reply:
        body = request.json()
        check(body, obj("prompt", **{name: rule for name, rule in IMAGE.items() if name != "input_fidelity"}))
        return self._drawn(request, body)

    @route("POST", "/images/edits")
    def edits(self, request: Request) -> Reply:
        fields, files = request.form()
        pictures = files.pop("image[]", []) + files.pop("image", [])
        files.pop("mask", None)
        if files or not 1 <= len(pictures) <= 16:
            raise Trouble(400, "image: between 1 and 16 pictures", "invalid_value", param="image")
        if any(not one.data.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF")) for one in pictures):
            raise Trouble(400, "Invalid image file or mode", "invalid_image_file", param="image")
        body: dict[str, Any] = {name: values[0] for name, values in fields.items()}
        body |= {"n": int(body["n"])} if "n" in body else {}
        check(body, obj("prompt", **IMAGE))
        return self._drawn(request, body)

    def _drawn(self, request: Request, body: Mapping[str, Any]) -> Reply:
        model = body.get("model", "gpt-image-2")
        self._of_house(body, model)
        size = body.get("size", "1024x1024")
        width, height = map(int, ("1024x1024" if size == "auto" else size).split("x"))
        if self.house and "murderous rampage" in body["prompt"]:
            raise Trouble(
                400,
                "Your request was rejected by the safety system",
                "moderation_blocked",
                type="image_generation_user_error",
            )
        form, count = body.get("output_format", "png"), body.get("n", 1)
        self.charge(self.new_id("img-"), model, "images", count)
        picture = media.picture(width, height, body["prompt"], form)
        fault = self.fault(request, ("truncated_media", "wrong_media"))
        picture = (
            b"<!doctype html>"
            if fault and fault.kind == "wrong_media"
            else picture[: len(picture) // 3]
            if fault
            else picture
        )
        row = {"b64_json": base64.b64encode(picture).decode()}
        if not self.house and body.get("response_format", "url") == "url":
            row = {"url": self.publish(picture, media.TYPES[form], f".{form}")}
        usage = {
            "input_tokens": 50,
            "output_tokens": 1056,
            "total_tokens": 1106,
            "input_tokens_details": {"text_tokens": 50, "image_tokens": 0},
        }
        return as_json(
            {
                "created": 1764000000,
                "data": [row] * count,
                "background": "opaque",
                "output_format": form,
                "quality": "high",
                "size": size,
                "usage": usage,
            }
        )

    def _of_house(self, body: Mapping[str, Any], model: str) -> None:
        """The house's own models know no response_format, and but gpt-image-2 only three sizes."""
        if not self.house:
            return
        if not model.startswith(("gpt-image", "chatgpt-image")):
            raise Trouble(404, f"The model '{model}' does not exist", "model_not_found")
        if "response_format" in body:
            raise Trouble(400, "Unknown parameter: 'response_format'.", "unknown_parameter", param="response_format")
        size = body.get("size", "auto")
        if size != "auto" and not _size_taken(model, *map(int, size.split("x"))):
            raise Trouble(400, f"Invalid value: '{size}'.", "invalid_value", param="size")

    # -- moderation -------------------------------------------------------------------------------
    @route("POST", "/moderations")
    def moderations(self, request: Request) -> Reply:
        body = request.json()
        check(body, MODERATION)
        asked = body["input"]
        parts = [asked] if isinstance(asked, str) else asked
        typed = isinstance(parts[0], dict)
        if typed and sum(part["type"] == "image_url" for part in parts) > 1:
            raise Trouble(400, "Only one image may be provided", "invalid_value", param="input")
        texts = [" ".join(part.get("text", "") for part in parts)] if typed else parts
        rows = [_judged(one) for one in texts]
        return as_json(
            {"id": self.new_id("modr-"), "model": body.get("model", "omni-moderation-latest"), "results": rows}
        )

    @route("GET", "/models")
    def models(self, request: Request) -> Reply:
        names = ("gpt-4o-mini", "gpt-image-2", "gpt-4o-mini-tts", "whisper-1", "omni-moderation-latest")
        return as_json(
            {
                "object": "list",
                "data": [{"id": one, "object": "model", "created": 1, "owned_by": "openai"} for one in names],
            }
        )

    def error_in_200(self, request: Request, reply: Reply) -> Reply:
        """What compatible servers do: an error object with a 200. The work was not billed."""
        if self.bill.rows:
            self.bill.rows.pop()
        error = {"error": {"message": "CUDA out of memory", "type": "server_error", "param": None, "code": None}}
        if reply.pieces:
            return Reply(media_type="text/event-stream", pieces=iter([event(error)]))
        return Reply(200, json.dumps(error).encode())


def _size_taken(model: str, width: int, height: int) -> bool:
    if (width, height) in ((1024, 1024), (1536, 1024), (1024, 1536)):
        return True
    free = model.startswith("gpt-image-2") and width % 16 == 0 and height % 16 == 0
    return free and 1 / 3 <= width / height <= 3 and width <= 3840 and height <= 3840


def _judged(told: str) -> dict[str, Any]:
    found = {category for phrase, category in FLAGGED.items() if phrase in told.lower()}
    return {
        "flagged": bool(found),
        "categories": {name: name in found for name in CATEGORIES},
        "category_scores": {name: 0.97 if name in found else 0.001 for name in CATEGORIES},
        "category_applied_input_types": {name: ["text"] if name in found else [] for name in CATEGORIES},
    }
