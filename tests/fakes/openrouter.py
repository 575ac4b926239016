"""OpenRouter: bills known by id after a moment, errors inside good answers, comments in streams, jobs that take a while."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.fakes import chatting, media, writing
from tests.fakes.chatting import COMMON, Said, event
from tests.fakes.checks import ANY, FLAG, check, many, number, obj, one_of, text, whole
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, Job, route

PREFERENCES = obj(
    order=many(text()), only=many(text()), ignore=many(text()), allow_fallbacks=FLAG, require_parameters=FLAG,
    data_collection=one_of("allow", "deny"), zdr=FLAG, quantizations=many(text()), sort=ANY,
    max_price=obj(prompt=number(0), completion=number(0), image=number(0), audio=number(0), request=number(0)),
    preferred_max_latency=ANY, preferred_min_throughput=ANY, enforce_distillable_text=FLAG,
)  # fmt: skip
CHAT = obj(
    "messages", **COMMON, models=many(text(least=1), 3, 1), provider=PREFERENCES, session_id=text(256), plugins=many(ANY),
    usage=ANY, top_k=whole(0), min_p=number(0, 1), top_a=number(0, 1), repetition_penalty=number(0, 2), reasoning=ANY,
    modalities=ANY, image_config=ANY, trace=ANY, service_tier=text(),
)  # fmt: skip
PICTURE = obj(
    "type image_url",
    type=one_of("image_url"),
    image_url=obj("url", url={"type": "string", "pattern": "^(https:|data:image/)"}),
)
IMAGE_RATIOS = {"1:1": 1.0, "1:2": 0.5, "1:4": 0.25, "1:8": 0.125, "2:1": 2.0, "2:3": 2 / 3, "2.35:1": 2.35, "3:2": 1.5,
    "3:4": 0.75, "4:1": 4.0, "4:3": 4 / 3, "4:5": 0.8, "5:4": 1.25, "9:16": 9 / 16, "16:9": 16 / 9, "21:9": 21 / 9}  # fmt: skip
SIDES = {"512": 512, "1K": 1024, "2K": 2048, "4K": 4096}
IMAGE = obj(
    "model prompt", model=text(least=1), prompt=text(least=1), n=whole(1, 10), aspect_ratio=one_of(*IMAGE_RATIOS),
    resolution=one_of(*SIDES), size=text(), quality=one_of("auto", "low", "medium", "high"),
    output_format=one_of("png", "jpeg", "webp"), background=one_of("auto", "transparent", "opaque"), output_compression=whole(0, 100),
    seed=whole(), stream=FLAG, input_references=many(PICTURE, 16),
    provider=obj(only=ANY, order=ANY, ignore=ANY, sort=ANY, allow_fallbacks=FLAG, options=ANY),
)  # fmt: skip
FRAME = {**PICTURE, "properties": {**PICTURE["properties"], "frame_type": one_of("first_frame", "last_frame")}, "required": ["type", "image_url", "frame_type"]}  # fmt: skip
HEIGHTS = {"480p": 480, "720p": 720, "768p": 768, "1080p": 1080}
VIDEO_RATIOS = {
    "16:9": 16 / 9,
    "9:16": 9 / 16,
    "1:1": 1.0,
    "4:3": 4 / 3,
    "3:4": 0.75,
    "3:2": 1.5,
    "2:3": 2 / 3,
    "21:9": 21 / 9,
}
VIDEO = obj(
    "model", model=text(least=1), prompt=text(), duration=whole(1), resolution=one_of(*HEIGHTS, "1K", "2K", "4K"),
    aspect_ratio=one_of(*VIDEO_RATIOS), size=text(), frame_images=many(FRAME), input_references=many(ANY),
    generate_audio=FLAG, seed=whole(), callback_url=text(), provider=ANY,
)  # fmt: skip
TYPES = {
    400: "invalid_request", 401: "authentication", 402: "payment_required", 403: "permission_denied", 404: "not_found",
    415: "invalid_request", 429: "rate_limit_exceeded", 500: "server", 502: "provider_unavailable", 503: "provider_overloaded", 504: "timeout",
}  # fmt: skip


class FakeOpenRouter(Fake):
    """`writer` writes in the model's place. `second` answers with the second of `models`. `unwritten`: looks until a
    bill is there. `durations`: of clips. `secret` signs webhooks."""

    name, prefix, key = "OpenRouter", "/api/v1", "sk-or-v1-0123456789abcdef0123456789abcdef"
    env_key, env_url = "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL"
    prices = {"read": "0.00000015", "written": "0.0000006", "images": "0.04", "videos": "0.5"}
    writer: chatting.Writer | None = staticmethod(writing.write)
    second, unwritten, secret = False, 1, "whsec-fake"
    durations = (4, 6, 8)

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.generations: dict[str, dict[str, Any]] = {}
        self.looks: dict[str, int] = {}

    def authorise(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Trouble(
                401, "No auth credentials found" if "authorization" not in request.headers else "User not found."
            )

    def error(self, trouble: Trouble) -> Reply:
        facts = {
            "error_type": trouble.more.get("error_type", TYPES.get(trouble.status, "unmapped")),
            **trouble.more.get("metadata", {}),
        }
        return as_json(
            {"error": {"code": trouble.status, "message": trouble.message, "metadata": facts}, "user_id": "user_fake"},
            trouble.status,
        )

    # -- chat -------------------------------------------------------------------------------------
    @route("POST", "/chat/completions")
    def chat(self, request: Request) -> Reply:
        body = request.json()
        if len(body.get("models", ())) > 3:
            raise Trouble(400, "'models' array must have 3 items or fewer")
        check(body, CHAT)
        if not (body.get("model") or body.get("models")):
            raise Trouble(400, "No models provided")
        told = chatting.said(self, request, body, self.writer)
        if told.finish == "refused":
            facts = {
                "reasons": ["violence"],
                "flagged_input": body["messages"][-1]["content"][:100],
                "provider_name": "Fake",
            }
            raise Trouble(403, "Your chosen model requires moderation and your input was flagged", metadata=facts)
        models = body.get("models") or [body["model"]]
        model = models[1] if self.second and len(models) > 1 else body.get("model") or models[0]
        id = self.new_id("gen-")
        usage = self._written(id, model, told)
        reply = Reply(headers={"X-Generation-Id": id})
        if body.get("stream"):
            reply.media_type, reply.pieces = "text/event-stream", self._stream(id, model, told, usage)
            return reply
        choice = {"index": 0, "finish_reason": told.finish, "native_finish_reason": told.finish, "logprobs": None,
            "message": {"role": "assistant", "content": told.text, "refusal": None, "reasoning": None}}  # fmt: skip
        reply.body = json.dumps(_whole(id, model, choice, usage)).encode()
        return reply

    def _written(self, id: str, model: str, told: Said) -> dict[str, Any]:
        """Billed, and its usage. Zero price for ":free" models."""
        cost = self.price(model, "read", told.read) + self.price(model, "written", told.written)
        cost = Decimal(0) if model.endswith(":free") else cost
        self.bill.add(id, model, "tokens", told.read + told.written, cost)
        self.generations[id] = {
            "id": id, "total_cost": float(cost), "usage": float(cost), "tokens_prompt": told.read, "tokens_completion": told.written,
            "native_tokens_prompt": told.read, "native_tokens_completion": told.written, "model": model, "provider_name": "Fake",
            "finish_reason": told.finish, "streamed": True, "cancelled": False, "api_type": "completions",
        }  # fmt: skip
        return {
            "prompt_tokens": told.read, "completion_tokens": told.written, "total_tokens": told.read + told.written,
            "cost": float(cost), "is_byok": False, "cost_details": {"upstream_inference_cost": None, "upstream_inference_prompt_cost": 0,
            "upstream_inference_completions_cost": 0},
            "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0, "audio_tokens": 0, "video_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        }  # fmt: skip

    def _stream(self, id: str, model: str, told: Said, usage: Mapping[str, Any]) -> Iterator[bytes]:
        yield b": OPENROUTER PROCESSING\n\n"
        for piece in chatting.pieces(told.text):
            yield event(_chunk(id, model, {"role": "assistant", "content": piece}, None))
            yield b": OPENROUTER PROCESSING\n\n"
        yield event(_chunk(id, model, {"content": ""}, told.finish))
        yield event(_chunk(id, model, {"content": ""}, None) | {"usage": usage})
        yield from chatting.done()

    def error_in_200(self, request: Request, reply: Reply) -> Reply:
        """The upstream gave up half way: nothing is billed. Elsewhere than in chat this vendor says it by the status."""
        if not request.path.endswith("/chat/completions"):
            return self.error(Trouble(502, "Provider returned error"))
        id = reply.headers["X-Generation-Id"]
        self.bill.rows = [row for row in self.bill.rows if row.vendor_id != id]
        self.generations[id] |= {"total_cost": 0.0, "usage": 0.0}
        error = {
            "code": 502,
            "message": "Provider disconnected unexpectedly",
            "metadata": {"error_type": "provider_unavailable"},
        }
        if reply.pieces:
            pieces = [*list(reply.pieces)[:3], event(_chunk(id, "m", {"content": ""}, "error") | {"error": error})]
            return Reply(200, media_type="text/event-stream", headers=reply.headers, pieces=iter(pieces))
        choice = {"index": 0, "finish_reason": "error", "message": {"role": "assistant", "content": ""}, "error": error}
        return Reply(200, json.dumps(_whole(id, "m", choice, {})).encode(), headers=reply.headers)

    @route("GET", "/generation")
    def generation(self, request: Request) -> Reply:
        """404 at first: the bill takes a moment to be written."""
        id = request.query.get("id", [""])[0]
        self.looks[id] = self.looks.get(id, 0) + 1
        if id not in self.generations or self.looks[id] <= self.unwritten:
            raise Trouble(404, f"Generation {id} not found")
        return as_json({"data": self.generations[id]})

    @route("GET", "/key")
    def about_key(self, request: Request) -> Reply:
        used = float(self.bill.total)
        return as_json({"data": {"label": "sk-or-v1-012...def", "limit": None, "limit_remaining": None, "usage": used,
            "is_free_tier": False, "is_management_key": False, "rate_limit": {"requests": -1, "interval": "10s"}}})  # fmt: skip

    @route("GET", "/models")
    def models(self, request: Request) -> Reply:
        pricing = {"prompt": self.prices["read"], "completion": self.prices["written"], "request": "0", "image": "0"}
        row = {"id": "openai/gpt-4o-mini", "canonical_slug": "openai/gpt-4o-mini", "name": "Fake", "created": 1, "context_length": 128000,
            "architecture": {"input_modalities": ["text"], "output_modalities": ["text"], "tokenizer": "GPT"}, "pricing": pricing,
            "supported_parameters": ["response_format"], "per_request_limits": None}  # fmt: skip
        return as_json({"data": [row]})

    # -- pictures ---------------------------------------------------------------------------------
    @route("POST", "/images")
    def images(self, request: Request) -> Reply:
        body = request.json()
        check(body, IMAGE)
        ratio, side = IMAGE_RATIOS[body.get("aspect_ratio", "1:1")], SIDES[body.get("resolution", "1K")]
        width, height = _sides(ratio, side)
        form, count = body.get("output_format", "png"), body.get("n", 1)
        fault = self.fault(request, ("truncated_media", "wrong_media"))
        picture = media.picture(width, height, f"{body['prompt']} {body.get('seed', 0)}", form)
        picture = (
            b"<!doctype html>"
            if fault and fault.kind == "wrong_media"
            else picture[: len(picture) // 3]
            if fault
            else picture
        )
        cost = self.charge(self.new_id("gen-img-"), body["model"], "images", count)
        rows = [{"b64_json": base64.b64encode(picture).decode(), "media_type": media.TYPES[form]}] * count
        return as_json(
            {
                "created": 1764000000,
                "data": rows,
                "usage": {
                    "prompt_tokens": 10,
                    "completion_tokens": 1290 * count,
                    "total_tokens": 10 + 1290 * count,
                    "cost": cost,
                },
            }
        )

    # -- films ------------------------------------------------------------------------------------
    @route("GET", "/videos/models")
    def video_models(self, request: Request) -> Reply:
        row = {"id": "google/veo-3.1", "canonical_slug": "google/veo-3.1", "name": "Veo 3.1", "created": 1, "supported_durations": list(self.durations),
            "supported_resolutions": list(HEIGHTS), "supported_aspect_ratios": list(VIDEO_RATIOS), "supported_sizes": None, "generate_audio": True,
            "seed": True, "supported_frame_images": ["first_frame", "last_frame"], "pricing_skus": {"generate": "0.5"}, "allowed_passthrough_parameters": [], "upscale_factor": None, "creativity": None}  # fmt: skip
        return as_json({"data": [row]})

    @route("POST", "/videos")
    def submit_video(self, request: Request) -> Reply:
        body = request.json()
        check(body, VIDEO)
        if body["model"] == "google/veo-3.1" and body.get("duration", 4) not in self.durations:
            raise Trouble(400, f"duration must be one of {list(self.durations)}")
        address = body.get("callback_url", "https://")
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise Trouble(400, "callback_url must be https")
        with self.lock:
            number = len(self.jobs) + 1
        job = self.submit(request, body, f"gen-vid-1764000000-{number:020d}")
        if not job.outcome:  # a job that fails is free
            self.charge(job.id, body["model"], "videos", 1)
        if "callback_url" in body and not job.endless:
            self._announce(request, job)
        return as_json({"id": job.id, "polling_url": f"{self.url}/videos/{job.id}", "status": "pending"}, 202)

    @route("GET", "/videos/(?P<id>gen-vid-[^/]+)")
    def look_at_video(self, request: Request) -> Reply:
        job = self._job(request)
        return as_json(
            self._state(job)
            if self.poll(job)
            else {"id": job.id, "polling_url": f"{self.url}/videos/{job.id}", "status": "in_progress"}
        )

    @route("GET", "/videos/(?P<id>gen-vid-[^/]+)/content")
    def video(self, request: Request) -> Reply:
        job = self._job(request)
        if job.endless or job.polls < self.polls_needed or job.outcome:
            raise Trouble(400, "Video is not ready")
        height = HEIGHTS.get(job.asked.get("resolution", "720p"), 720)
        width = round(height * VIDEO_RATIOS[job.asked.get("aspect_ratio", "16:9")])
        frames = job.asked.get("frame_images") or []
        picture = base64.b64decode(frames[0]["image_url"]["url"].partition(",")[2]) if frames else b""
        film = media.film(
            width,
            height,
            job.asked.get("duration", 4),
            picture=picture,
            sounding=job.asked.get("generate_audio", False),
        )
        return self.spoilt(request, film, "video/mp4")

    def _job(self, request: Request) -> Job:
        if (job := self.jobs.get(request.found["id"])) is None:
            raise Trouble(404, "Video job not found")
        return job

    def _state(self, job: Job) -> dict[str, Any]:
        state: dict[str, Any] = {
            "id": job.id,
            "generation_id": job.id.replace("vid", "gen"),
            "polling_url": f"{self.url}/videos/{job.id}",
        }
        if job.outcome:
            return state | {"status": "failed", "error": "The upstream provider failed to generate the video"}
        return state | {"status": "completed", "unsigned_urls": [f"{self.url}/videos/{job.id}/content?index=0"],
            "usage": {"cost": float(self.price(job.asked["model"], "videos", 1)), "is_byok": False}}  # fmt: skip

    def _announce(self, request: Request, job: Job) -> None:
        """The signed webhook, at once and perhaps twice; the job is done by then."""
        job.polls = self.polls_needed
        state = self._state(job)
        body = json.dumps(
            {
                "type": f"video.generation.{state['status']}",
                "created_at": "2026-11-21T12:00:00Z",
                "data": state | {"model": job.asked["model"]},
            }
        ).encode()
        stamp = int(time.time())
        signed = hmac.new(self.secret.encode(), f"{stamp},".encode() + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-OpenRouter-Signature": f"t={stamp},v1={signed}",
            "X-OpenRouter-Idempotency-Key": f"{job.id}-{state['status']}"}  # fmt: skip
        twice = self.fault(request, ("duplicate_webhook",)) is not None
        self.deliver(job.asked["callback_url"], body, headers, 2 if twice else 1)


def _sides(ratio: float, side: int) -> tuple[int, int]:
    width = round(side * ratio**0.5 / 16) * 16
    return width, round(side / ratio**0.5 / 16) * 16


def _chunk(id: str, model: str, delta: Mapping[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "native_finish_reason": finish, "logprobs": None}
    return {"id": id, "object": "chat.completion.chunk", "created": 1764000000, "model": model, "choices": [choice]}


def _whole(id: str, model: str, choice: Mapping[str, Any], usage: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id, "object": "chat.completion", "created": 1764000000, "model": model, "system_fingerprint": None,
        "service_tier": None, "choices": [choice], "usage": usage}  # fmt: skip
