"""Gemini: pictures as base64, a 200 without a picture, and how long to wait in the body alone."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.fakes import media
from tests.fakes.checks import ANY, check, many, obj, one_of, text, whole
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, route

RATIOS = {
    "1:1": 1.0,
    "2:3": 2 / 3,
    "3:2": 1.5,
    "3:4": 0.75,
    "4:3": 4 / 3,
    "9:16": 9 / 16,
    "16:9": 16 / 9,
    "21:9": 21 / 9,
    "4:5": 0.8,
    "5:4": 1.25,
}
SIDES, TOKENS = {"1K": 1024, "2K": 2048, "4K": 4096}, {"1K": 1120, "2K": 1680, "4K": 2520}
MODELS = ("gemini-2.5-flash-image", "gemini-3.1-flash-image", "gemini-3-pro-image")
BLOB = obj("mimeType data", mimeType=one_of("image/png", "image/jpeg", "image/webp"), data=text(least=1))
PART = obj(text=text(), inlineData=BLOB)
ASKED = obj(
    "contents", contents=many(obj("parts", role=one_of("user", "model"), parts=many(PART, least=1)), least=1),
    generationConfig=obj(
        responseModalities=many(one_of("TEXT", "IMAGE")), temperature=ANY, seed=whole(),
        imageConfig=obj(aspectRatio=one_of(*RATIOS), imageSize=one_of(*SIDES), personGeneration=text()),
    ),
    safetySettings=many(obj("category threshold", category=text(), threshold=text())), systemInstruction=ANY,
)  # fmt: skip
WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 402: "FAILED_PRECONDITION", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 502: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}  # fmt: skip
LARGEST = 20 * 1024 * 1024


class FakeGemini(Fake):
    name, prefix, key = "Gemini", "/v1beta", "AIzaFake0123456789abcdef0123456789abcde"
    env_key, env_url = "GEMINI_API_KEY", "GEMINI_BASE_URL"
    prices = {"images": "0.067"}

    def authorise(self, request: Request) -> None:
        given = request.headers.get("x-goog-api-key")
        if given is None:
            raise Trouble(403, "Method doesn't allow unregistered callers")
        if given != self.key:
            raise Trouble(400, "API key not valid. Please pass a valid API key.", reason="API_KEY_INVALID")

    def error(self, trouble: Trouble) -> Reply:
        details = (
            [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": trouble.more["reason"]}]
            if "reason" in trouble.more
            else []
        )
        error = {
            "code": trouble.status,
            "message": trouble.message,
            "status": WORDS.get(trouble.status, "UNKNOWN"),
            "details": details,
        }
        return as_json({"error": error}, trouble.status)

    def hint(self, reply: Reply, seconds: float) -> None:
        body = json.loads(reply.body)
        body["error"]["details"].append(
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds:g}s"}
        )
        reply.body = json.dumps(body).encode()

    @route("GET", "/models")
    def models(self, request: Request) -> Reply:
        return as_json({"models": [{"name": f"models/{one}", "version": "001"} for one in sorted(MODELS)]})

    @route("POST", "/models/(?P<model>[^/:]+):generateContent")
    def generate(self, request: Request) -> Reply:
        """Faults: `refused` (blocked), `no_image` (a 200 with words alone), and those of media."""
        body, model = request.json(), request.found["model"]
        if len(request.body) > LARGEST:
            raise Trouble(400, "Request payload size exceeds the limit: 20971520 bytes.")
        check(body, ASKED)
        if model not in MODELS:
            raise Trouble(404, f"models/{model} is not found for API version v1beta")
        config = body.get("generationConfig", {}).get("imageConfig", {})
        if model.startswith("gemini-2.") and "imageSize" in config:
            raise Trouble(400, "imageSize is not supported by this model")
        fault = self.fault(request, ("refused", "no_image", "truncated_media", "wrong_media"))
        kind = fault.kind if fault else ""
        if kind == "refused":
            return as_json(
                {
                    "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                    "usageMetadata": {"promptTokenCount": 20, "totalTokenCount": 20},
                    "modelVersion": model,
                }
            )
        if kind == "no_image":
            return as_json(self._answer(model, [{"text": "I could not draw that."}], 0, "NO_IMAGE"))
        return as_json(self._drawn(body, config, model, kind))

    def _drawn(self, body: Any, config: dict[str, Any], model: str, kind: str) -> dict[str, Any]:
        size = config.get("imageSize", "1K")
        ratio, side = RATIOS[config.get("aspectRatio", "1:1")], SIDES[size]
        asked = " ".join(part.get("text", "") for content in body["contents"] for part in content["parts"])
        picture = media.picture(round(side * ratio**0.5 / 16) * 16, round(side / ratio**0.5 / 16) * 16, asked)
        picture = b"<!doctype html>" if kind == "wrong_media" else picture[: len(picture) // 3] if kind else picture
        answer = self._answer(
            model,
            [{"text": "Done"}, {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(picture).decode()}}],
            TOKENS[size],
            "STOP",
        )
        self.charge(answer["responseId"], model, "images", 1)
        return answer

    def _answer(self, model: str, parts: list[dict[str, Any]], tokens: int, finish: str) -> dict[str, Any]:
        candidate = {
            "content": {"role": "model", "parts": parts},
            "finishReason": finish,
            "index": 0,
            "safetyRatings": [],
        }
        counted = {"promptTokenCount": 270, "candidatesTokenCount": tokens, "totalTokenCount": 270 + tokens}
        return {
            "candidates": [candidate],
            "usageMetadata": counted,
            "modelVersion": model,
            "responseId": self.new_id("resp-"),
        }

    def error_in_200(self, request: Request, reply: Reply) -> Reply:
        """This vendor's: no candidate at all, for no reason that it gives; free."""
        if self.bill.rows:
            self.bill.rows.pop()
        return as_json(
            {
                "usageMetadata": {"promptTokenCount": 270, "totalTokenCount": 270},
                "modelVersion": "gemini-3.1-flash-image",
            }
        )
