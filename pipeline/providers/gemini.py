"""Google Gemini: pictures of words, and pictures changed by words."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from pipeline.providers import answers, pictures, sniff
from pipeline.providers.base import ImageRequest, ImageResult, ProviderFault, ProviderRefusal, Usage
from pipeline.providers.http import MB, Client

NAME = "gemini"
URL = "https://generativelanguage.googleapis.com/v1beta"
MODEL = "gemini-3.1-flash-image"
RATIOS = {
    "1:1": 1.0,
    "2:3": 2 / 3,
    "3:2": 1.5,
    "3:4": 0.75,
    "4:3": 4 / 3,
    "9:16": 9 / 16,
    "16:9": 16 / 9,
    "21:9": 21 / 9,
}
MOST_REFERENCES, LARGEST_PART = 14, 5 * MB
_NO_SIZES = ("gemini-2.",)  # models that take no imageSize
_KINDS = {"API_KEY_INVALID": "key", "PERMISSION_DENIED": "key", "RESOURCE_EXHAUSTED": "limit", "NOT_FOUND": "missing"}
_NOT_REFUSED = ("", "STOP", "MAX_TOKENS", "NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_FUNCTION_CALL")


def judge(status: int, body: Any) -> str:
    """A wrong key comes as 400, told by its reason."""
    return next((kind for code in answers.codes_of(body) if (kind := _KINDS.get(code, ""))), "")


class GeminiIllustrator:
    """Implements `Illustrator`."""

    def __init__(
        self, *, key: str, model: str = MODEL, base_url: str = URL, transport: Any = None, allow_private: bool = False
    ) -> None:
        self.model = model or MODEL
        self.http = Client(
            base_url or URL,
            headers={"x-goog-api-key": key},
            transport=transport,
            timeout=300.0,
            secrets=(key,),
            name="Gemini",
            judge=judge,
        )

    def draw(self, request: ImageRequest) -> ImageResult:
        """The picture in just the asked size. An answer without one is a refusal when the vendor says why, else a fault."""
        path = f"/models/{quote(self.model, safe='')}:generateContent"
        answer = self.http.json("POST", path, json=self._body(request), paid=True)
        usage = self._usage(answer)
        try:
            encoded = next(_pictures(answer), "")
            if not encoded:
                raise self._without(answer, usage)
            data = base64.b64decode(encoded, validate=True)
            data, kind, size = pictures.fitted(data, sniff.media_type(data), (request.width, request.height))
        except (KeyError, IndexError, TypeError, AttributeError, binascii.Error):
            raise ProviderFault("Gemini sent no picture", safe=False, kind="garbage", usage=usage) from None
        except ProviderFault as fault:
            fault.usage = usage
            raise
        return ImageResult(data, kind, *size, usage)

    def _body(self, request: ImageRequest) -> dict[str, Any]:
        wanted = request.width / request.height
        config = {"aspectRatio": min(RATIOS, key=lambda name: abs(RATIOS[name] / wanted - 1))}
        if not self.model.startswith(_NO_SIZES):
            longest = max(request.width, request.height)
            config["imageSize"] = "1K" if longest <= 1408 else "2K" if longest <= 2816 else "4K"
        return {
            "contents": [{"role": "user", "parts": [{"text": request.prompt}, *_references(request)]}],
            "generationConfig": {"responseModalities": ["TEXT", "IMAGE"], "imageConfig": config},
        }

    def _without(self, answer: Mapping[str, Any], usage: Usage) -> ProviderFault | ProviderRefusal:
        blocked = str((answer.get("promptFeedback") or {}).get("blockReason") or "")
        ends = [str(one.get("finishReason") or "") for one in answer.get("candidates") or ()]
        reason = blocked or next(iter(ends), "")
        if reason not in _NOT_REFUSED:
            return ProviderRefusal(f"Gemini refused to draw it ({reason[:40]})", kind="moderation", usage=usage)
        return ProviderFault(
            f"Gemini drew nothing ({reason[:40] or 'no reason'})", safe=False, kind="garbage", usage=usage
        )

    def _usage(self, answer: Any) -> Usage:
        used = answer.get("usageMetadata") if isinstance(answer, Mapping) else None
        used = used if isinstance(used, Mapping) else {}
        written = int(used.get("candidatesTokenCount") or 0)
        return Usage(
            NAME,
            self.model,
            "images",
            Decimal(1 if written else 0),
            tokens_in=int(used.get("promptTokenCount") or 0),
            tokens_out=written,
            vendor_id=str(answer.get("responseId") or "") if isinstance(answer, Mapping) else "",
            priced=False,
        )


def _references(request: ImageRequest) -> Iterator[dict[str, Any]]:
    for one in request.references[:MOST_REFERENCES]:
        data, kind = pictures.below(one, LARGEST_PART)
        yield {"inlineData": {"mimeType": kind, "data": base64.b64encode(data).decode()}}


def _pictures(answer: Mapping[str, Any]) -> Iterator[str]:
    for candidate in answer.get("candidates") or ():
        for part in (candidate.get("content") or {}).get("parts") or ():
            if held := part.get("inlineData"):
                yield str(held["data"])
