"""Pictures, of words alone or after pictures of the same people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pipeline.providers import pictures
from pipeline.providers.base import ImageRequest, ImageResult, ProviderFault, ProviderRefusal, Ticket
from pipeline.providers.http import MB
from pipeline.providers.modelslab import api

RATIOS = {"1:1": 1.0, "16:9": 16 / 9, "9:16": 9 / 16, "4:3": 4 / 3, "3:4": 3 / 4}
LONGEST_SIDE, GRAIN = 1920, 16  # pixels


@dataclass(frozen=True, slots=True)
class Model:
    """`shape`: how it is told the size (size, aspect, none); `after`: who draws after pictures, and how many it takes."""

    shape: str = "none"
    after: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """`field`: one init_image, a list of them, or two fields."""

    field: str
    shape: str = "none"
    most: int = 1


MODELS = {
    "seedream-t2i": Model("size", "seededit-i2i"),
    "seedream-4": Model("aspect", "seedream-4.0-i2i"),
    "seedream-4.5": Model("aspect", "seedream-4.5-i2i"),
    "imagen-4": Model("aspect"),
    "imagen-4.0-fast-generate": Model("aspect"),
    "imagen-4.0-ultra": Model("aspect"),
    "imagen-3": Model(),
    "nano-banana-t2i": Model("none", "nano-banana"),
    "nano-banana-pro": Model("aspect", "nano-banana-pro"),
    "gen4_image": Model("aspect", "gen4_image_turbo"),
    "flux-2-pro": Model("size", "flux-2-pro"),
}
AFTER = {
    "seededit-i2i": After("one"),
    "seedream-4.0-i2i": After("many", most=10),
    "seedream-4.5-i2i": After("many", "aspect", 10),
    "nano-banana": After("two", most=2),
    "nano-banana-pro": After("one", "aspect"),
    "flux-2-pro": After("one"),
    "flux-kontext-pro": After("one", "aspect"),
    "gen4_image_turbo": After("two", most=2),
}


class ModelsLabIllustrator(api.Base):
    """Implements `Illustrator`; `submit` and `collect` for who would rather not wait."""

    family, unit, default_model = "images", "images", "imagen-4.0-ultra"
    media, largest = ("image/",), 32 * MB

    def draw(self, request: ImageRequest) -> ImageResult:
        """The picture in just the asked size. A fault after it was paid tells so in its `usage`."""
        job = self.done("", lambda: self._start(request, announce=False))
        return self._picture(job, self._artist(request)[0], (request.width, request.height))

    def submit(self, request: ImageRequest) -> Ticket:
        ticket = self.ticket(self._start(request, announce=True))
        return replace(ticket, model=self._artist(request)[0])

    def collect(self, ticket: Ticket, size: tuple[int, int] = (0, 0)) -> ImageResult | None:
        """None while it is drawn. `size`: width and height to fit it into, else as the vendor made it."""
        job = self.look(ticket.id)
        return self._picture(job, ticket.model, size, again=True) if job.done else None

    def _artist(self, request: ImageRequest) -> tuple[str, After | None]:
        """Which model draws it: another one, when there are pictures to draw after."""
        model = self.model if self.model in AFTER else MODELS.get(self.model, Model()).after
        return (model, AFTER[model]) if request.references and model in AFTER else (self.model, None)

    def _start(self, request: ImageRequest, *, announce: bool) -> api.Job:
        model, after = self._artist(request)
        body: dict[str, Any] = {"model_id": model, "prompt": request.prompt}
        if after is not None:
            body |= self._references(request, after) | _shape(after.shape, request)
            return self.start("image-to-image", body, announce=announce)
        body |= _shape(MODELS.get(model, Model("aspect")).shape, request)
        return self.start("text-to-image", body, announce=announce)

    def _references(self, request: ImageRequest, after: After) -> dict[str, Any]:
        """Uploaded first: this vendor takes addresses."""
        some = request.references[: after.most]
        urls = [self.upload(*pictures.below(one, api.LARGEST_UPLOAD)) for one in some]
        if after.field == "many":
            return {"init_image": urls}
        two = {"init_image_2": urls[-1]} if after.field == "two" else {}
        return {"init_image": urls[0], **two}

    def _picture(self, job: api.Job, model: str, size: tuple[int, int], *, again: bool = False) -> ImageResult:
        usage = self.usage(job, model=model)
        if job.flagged:
            raise ProviderRefusal("ModelsLab marked the picture as not fit to be shown", kind="moderation", usage=usage)
        raw = self.fetched(job, usage, again=again)
        try:
            data, kind, size = pictures.fitted(raw.content, raw.media_type, size)
        except ProviderFault as fault:
            fault.usage = usage
            raise
        return ImageResult(data, kind, *size, usage)


def _shape(shape: str, request: ImageRequest) -> dict[str, Any]:
    if shape == "aspect":
        wanted = request.width / request.height
        return {"aspect_ratio": min(RATIOS, key=lambda name: abs(RATIOS[name] / wanted - 1))}
    if shape == "size":
        scale = min(1.0, LONGEST_SIDE / max(request.width, request.height))
        return {"width": _grain(request.width * scale), "height": _grain(request.height * scale)}
    return {}


def _grain(pixels: float) -> int:
    return max(GRAIN, -(-round(pixels) // GRAIN) * GRAIN)
