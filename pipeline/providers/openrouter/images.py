"""Pictures, of words alone or after other pictures. A batch that fails is free."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.providers import pictures, sniff
from pipeline.providers.base import ImageRequest, ImageResult, ProviderFault, Usage
from pipeline.providers.openrouter import api

RATIOS = {
    "1:1": 1.0,
    "3:2": 1.5,
    "2:3": 2 / 3,
    "4:3": 4 / 3,
    "3:4": 0.75,
    "16:9": 16 / 9,
    "9:16": 9 / 16,
    "21:9": 21 / 9,
}
MOST_REFERENCES = 16


class OpenRouterIllustrator(api.Base):
    """Implements `Illustrator`."""

    default_model = "google/gemini-3.1-flash-image"
    patience = 300.0

    def draw(self, request: ImageRequest) -> ImageResult:
        """The picture in just the asked size. A fault after it was paid tells so in its `usage`."""
        answer = self.http.json("POST", "/images", json=self._body(request), paid=True)
        usage = self._usage(answer)
        try:
            data = base64.b64decode(answer["data"][0]["b64_json"], validate=True)
            data, kind, size = pictures.fitted(data, sniff.media_type(data), (request.width, request.height))
        except (KeyError, IndexError, TypeError, binascii.Error):
            unknown = not usage.priced
            raise ProviderFault(
                "OpenRouter sent no picture", safe=False, ambiguous=unknown, kind="garbage", usage=usage
            ) from None
        except ProviderFault as fault:
            fault.usage = usage
            raise
        return ImageResult(data, kind, *size, usage)

    def _body(self, request: ImageRequest) -> dict[str, Any]:
        wanted = request.width / request.height
        body: dict[str, Any] = {
            "model": self.model,
            "prompt": request.prompt,
            "n": 1,
            "aspect_ratio": min(RATIOS, key=lambda name: abs(RATIOS[name] / wanted - 1)),
            "resolution": resolution(request.width, request.height),
            "output_format": "png",
            "seed": request.seed % 2**31,
        }
        if request.references:
            body["input_references"] = [
                {"type": "image_url", "image_url": {"url": data_url(one)}}
                for one in request.references[:MOST_REFERENCES]
            ]
        return body

    def _usage(self, answer: Any) -> Usage:
        used = answer.get("usage") if isinstance(answer, Mapping) else None
        paid = api.cost(used)
        tokens = int(used.get("completion_tokens") or 0) if isinstance(used, Mapping) else 0
        return Usage(
            api.NAME,
            self.model,
            "images",
            Decimal(1),
            paid or Decimal(0),
            tokens_out=tokens,
            priced=paid is not None,
        )


def resolution(width: int, height: int) -> str:
    """The vendor's word for a size: the smallest that is not far below it."""
    longest = max(width, height)
    return "1K" if longest <= 1408 else "2K" if longest <= 2816 else "4K"


def data_url(data: bytes) -> str:
    return f"data:{sniff.media_type(data) or 'image/png'};base64,{base64.b64encode(data).decode()}"
