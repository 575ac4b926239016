"""May this be said or shown? The vendor asks nothing for the answer."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from pipeline.providers import sniff
from pipeline.providers.base import ModerationRequest, ModerationResult, ProviderFault, Usage
from pipeline.providers.openai import api

LONGEST = 20_000  # characters of one text


class OpenAIModerator(api.Base):
    """Implements `Moderator`."""

    default_model = "omni-moderation-latest"
    patience = 60.0

    def moderate(self, request: ModerationRequest) -> ModerationResult:
        """Categories in the vendor's words ("violence/graphic"), sorted. Long texts are asked about in parts."""
        answer = self.http.json("POST", "/moderations", json={"model": self.model, "input": _input(request)})
        try:
            rows = answer["results"]
            flagged = any(row["flagged"] for row in rows)
            found = {name for row in rows for name, hit in row["categories"].items() if hit and row["flagged"]}
        except (KeyError, TypeError, AttributeError):
            raise ProviderFault(f"{self.http.name}'s moderation has another shape", kind="garbage") from None
        usage = Usage(api.NAME, self.model, "calls", Decimal(1), vendor_id=str(answer.get("id") or ""))
        return ModerationResult(flagged, tuple(sorted(found)), usage)


def _input(request: ModerationRequest) -> Any:
    """Texts alone as a list, each judged for itself; with a picture as typed parts, judged together."""
    texts = [request.text[at : at + LONGEST] for at in range(0, len(request.text), LONGEST)]
    if request.picture is None:
        return texts or [""]
    kind = sniff.media_type(request.picture) or "image/png"
    url = f"data:{kind};base64,{base64.b64encode(request.picture).decode()}"
    return [*({"type": "text", "text": one} for one in texts), {"type": "image_url", "image_url": {"url": url}}]
