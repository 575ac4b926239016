"""Pictures, of words alone or after other pictures."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.providers import pictures, sniff
from pipeline.providers.base import ImageRequest, ImageResult, ProviderFault, Usage
from pipeline.providers.http import MB, fetch
from pipeline.providers.openai import api

FIXED = ((1536, 1024), (1024, 1536), (1024, 1024))  # of the models that have no others
ANY_SIZE = ("gpt-image-2",)
GRAIN, LONGEST, STRETCH = 16, 2560, 3.0  # of the models that take any: sides in steps, pixels across, 1:3 to 3:1
MOST_REFERENCES, LONGEST_PROMPT, LARGEST = 16, 32_000, 32 * MB


class OpenAIIllustrator(api.Base):
    """Implements `Illustrator`."""

    default_model = "gpt-image-2"
    patience = 300.0

    def draw(self, request: ImageRequest) -> ImageResult:
        """The picture in just the asked size. A fault after it was paid tells so in its `usage`."""
        width, height = self._size(request.width, request.height)
        body: dict[str, Any] = {
            "model": self.model,
            "prompt": request.prompt[:LONGEST_PROMPT],
            "n": 1,
            "size": f"{width}x{height}",
        }
        if not self._of_the_house:
            body["response_format"] = "b64_json"  # others answer with addresses; the house's own models never do
        answer = self._after(body, request) if request.references else self._anew(body)
        return self._picture(answer, (request.width, request.height))

    @property
    def _of_the_house(self) -> bool:
        return self.model.startswith(("gpt-image", "chatgpt-image"))

    def _size(self, width: int, height: int) -> tuple[int, int]:
        if self._of_the_house and not self.model.startswith(ANY_SIZE):
            return min(FIXED, key=lambda size: abs(size[0] / size[1] - width / height))
        scale = min(1.0, LONGEST / max(width, height))
        width, height = (
            max(GRAIN, round(width * scale / GRAIN) * GRAIN),
            max(GRAIN, round(height * scale / GRAIN) * GRAIN),
        )
        return min(width, round(height * STRETCH)), min(height, round(width * STRETCH))

    def _anew(self, body: Mapping[str, Any]) -> Any:
        return self.http.json("POST", "/images/generations", json=body, paid=True)

    def _after(self, body: Mapping[str, Any], request: ImageRequest) -> Any:
        files = []
        for number, data in enumerate(request.references[:MOST_REFERENCES], 1):
            kind = sniff.media_type(data) or "image/png"
            files.append(("image[]", (f"{number}.{kind.partition('/')[2]}", data, kind)))
        fields = {name: str(value) for name, value in body.items()}
        return self.http.json("POST", "/images/edits", data=fields, files=files, paid=True)

    def _picture(self, answer: Any, size: tuple[int, int]) -> ImageResult:
        if isinstance(answer, Mapping) and answer.get("error"):  # compatible servers may say so in a good answer
            raise self.http.error(502, answer, paid=True)
        usage = self._usage(answer)
        try:
            data = self._data(answer["data"][0])
            data, kind, size = pictures.fitted(data, sniff.media_type(data), size)
        except (KeyError, IndexError, TypeError, binascii.Error):
            raise ProviderFault(f"{self.http.name} sent no picture", safe=False, kind="garbage", usage=usage) from None
        except ProviderFault as fault:
            fault.usage = usage
            raise
        return ImageResult(data, kind, *size, usage)

    def _data(self, row: Mapping[str, Any]) -> bytes:
        if row.get("b64_json"):
            return base64.b64decode(str(row["b64_json"]), validate=True)
        options = {"transport": self.transport, "allow_private": self.allow_private}
        return fetch(str(row["url"]), max_bytes=LARGEST, media=("image/",), **options).content

    def _usage(self, answer: Any) -> Usage:
        tokens = answer.get("usage") if isinstance(answer, dict) else None
        tokens = tokens if isinstance(tokens, dict) else {}
        return Usage(
            api.NAME,
            self.model,
            "images",
            Decimal(1),
            tokens_in=int(tokens.get("input_tokens") or 0),
            tokens_out=int(tokens.get("output_tokens") or 0),
            priced=False,
        )
