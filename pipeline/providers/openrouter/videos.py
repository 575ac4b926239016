"""Clips from pictures: a job is handed in, looked at now and then, and its film fetched with the key."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from pipeline.providers import answers, sniff, sound
from pipeline.providers.base import MediaResult, ProviderFault, ProviderRefusal, Ticket, Usage, VideoRequest
from pipeline.providers.http import MB, fetch
from pipeline.providers.openrouter import api
from pipeline.providers.openrouter.images import data_url

POLL = 30.0  # seconds: what the vendor asks for
RESOLUTIONS = ("480p", "720p", "768p", "1080p")  # of the API, where a model tells none of its own
_WAITING = ("pending", "in_progress")
_REFUSED = ("moderation", "policy", "safety", "prohibited", "flagged")


class OpenRouterAnimator(api.Base):
    """Implements `Animator`. `callback_url` is told when a job ends (see webhooks.py)."""

    default_model = "google/veo-3.1"
    patience = 120.0
    largest = 512 * MB

    def __init__(self, *, callback_url: str = "", sounding: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.callback_url, self.sounding = callback_url, sounding
        self._takes: Mapping[str, Any] | None = None

    def submit(self, request: VideoRequest) -> Ticket:
        """A job for a clip of at least the asked length, or the longest the model makes."""
        takes = self._model_takes()
        body: dict[str, Any] = {
            "model": self.model,
            "prompt": request.prompt,
            "duration": _nearest(request.seconds, takes.get("supported_durations")),
            "aspect_ratio": request.aspect,
            "resolution": _resolution(request.resolution, takes.get("supported_resolutions") or RESOLUTIONS),
            "frame_images": [
                {"type": "image_url", "image_url": {"url": data_url(request.picture)}, "frame_type": "first_frame"}
            ],
        }
        if takes.get("generate_audio") is not False:
            body["generate_audio"] = self.sounding
        if request.callback or self.callback_url:
            body["callback_url"] = request.callback or self.callback_url
        answer = self.http.json("POST", "/videos", json=body, paid=True)
        if not isinstance(answer, Mapping) or not isinstance(answer.get("id"), str):
            raise ProviderFault("OpenRouter gave the job no id", safe=False, ambiguous=True, kind="garbage")
        return Ticket(api.NAME, answer["id"], self.model, POLL)

    def collect(self, ticket: Ticket, into: Path | None = None) -> MediaResult | None:
        """None while it is made. Every fault of it is safe: the job is paid once, however often it is fetched."""
        answer = self.http.json("GET", f"/videos/{quote(ticket.id, safe='')}")
        status = answer.get("status") if isinstance(answer, Mapping) else None
        if status in _WAITING:
            return None
        usage = self._usage(ticket, answer)
        if status != "completed":
            raise self._ended(str(status), answer, usage)
        try:
            data = self._film(ticket, into)
            kind, seconds = _kind(into or data), sound.seconds_of(into or data)
            if not kind.startswith("video/"):
                raise ProviderFault("OpenRouter sent something that is not a film", kind="garbage")
        except ProviderFault as fault:
            fault.usage, fault.safe = usage, True
            fault.kind = "expired" if fault.kind == "key" else fault.kind  # the key was good a moment ago
            raise
        return MediaResult(data, kind, seconds, usage, into)

    def _film(self, ticket: Ticket, into: Path | None) -> bytes:
        """From the vendor with the key; where that leads on elsewhere, without it. Nothing when it went into a file."""
        path = f"/videos/{quote(ticket.id, safe='')}/content"
        raw = self.http.raw("GET", path, params={"index": 0}, timeout=600.0, redirects=True, into=into)
        if "location" not in raw.headers:
            return raw.content
        elsewhere = urljoin(f"{self.http.base_url}{path}", raw.headers["location"])
        options = {"transport": self.transport, "allow_private": self.allow_private}
        return fetch(elsewhere, max_bytes=self.largest, media=("video/",), into=into, **options).content

    def _ended(self, status: str, answer: Any, usage: Usage) -> ProviderFault | ProviderRefusal:
        """A job that failed is not billed unless the vendor says so."""
        why = (
            answers.plain(str(answer.get("error") or ""), None, self.http.secrets)
            if isinstance(answer, Mapping)
            else ""
        )
        billed = usage if usage.cost_usd else None
        if any(word in why.lower() for word in _REFUSED):
            return ProviderRefusal("OpenRouter's model refused to make the clip", kind="moderation", usage=billed)
        kind = "expired" if status in ("expired", "cancelled") else "server" if status == "failed" else "garbage"
        return ProviderFault(f"OpenRouter's job ended as {status[:20]}", safe=billed is None, kind=kind, usage=billed)

    def _usage(self, ticket: Ticket, answer: Any) -> Usage:
        paid = api.cost(answer.get("usage")) if isinstance(answer, Mapping) else None
        return Usage(
            api.NAME,
            ticket.model,
            "videos",
            Decimal(1),
            paid or Decimal(0),
            vendor_id=ticket.id,
            priced=paid is not None,
        )

    def _model_takes(self) -> Mapping[str, Any]:
        """Which lengths and sizes the model makes, asked once; nothing when the vendor does not tell."""
        if self._takes is None:
            try:
                rows = self.http.json("GET", "/videos/models")["data"]
                self._takes = next((row for row in rows if row["id"] == self.model), {})
            except (ProviderFault, ProviderRefusal, KeyError, TypeError):
                return {}
        return self._takes


def _kind(film: bytes | Path) -> str:
    if isinstance(film, bytes):
        return sniff.media_type(film)
    with film.open("rb") as stream:
        return sniff.media_type(stream.read(sniff.NEEDED))


def _nearest(seconds: float, allowed: Any) -> int:
    """The shortest length that is enough, else the longest there is."""
    lengths = sorted(int(one) for one in allowed or () if isinstance(one, int | float))
    return next(
        (one for one in lengths if one >= seconds - 0.05), lengths[-1] if lengths else max(1, math.ceil(seconds))
    )


def _resolution(wanted: str, allowed: Sequence[Any]) -> str:
    """The film's own when the model makes it, else the next larger one, else its largest."""
    heights = sorted((str(name) for name in allowed if str(name).endswith("p")), key=_lines)
    if wanted in allowed or not heights:
        return wanted if wanted in allowed else str(allowed[0])
    return next((name for name in heights if _lines(name) >= _lines(wanted)), heights[-1])


def _lines(resolution: str) -> int:
    return int(resolution.removesuffix("p"))
