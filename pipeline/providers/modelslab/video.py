"""Pictures set in motion, and lips moved to a voice: jobs of minutes, so only `submit` and `collect`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.providers import pictures, sound
from pipeline.providers.base import (
    LipsyncRequest,
    MediaResult,
    ProviderFault,
    ProviderRefusal,
    Ticket,
    VideoRequest,
)
from pipeline.providers.http import MB
from pipeline.providers.modelslab import api


@dataclass(frozen=True, slots=True)
class Model:
    """`lengths`: seconds it can be asked for, none when it has one length of its own; `listed`: init_image is a list."""

    lengths: tuple[int, ...] = ()
    listed: bool = False
    from_words: bool = False  # draws the scene by itself: no picture is sent
    shaped: bool = False  # takes aspect_ratio
    resolutions: tuple[str, ...] = ()


LONG = (5, 10)
MODELS = {
    "seedance-i2v": Model(),
    "seedance-1.0-pro-fast-i2v": Model(),
    "seedance-1.0-pro-i2v": Model(listed=True),
    "kling-v2-1-i2v": Model(LONG),
    "Kling-V2-5-Turbo-i2v": Model(LONG),
    "kling-v2-master-i2v": Model(LONG),
    "kling-v2-1-master-i2v": Model(LONG),
    "Hailuo-2.3-i2v": Model(),
    "Hailuo-2.3-Fast-i2v": Model(),
    "Hailuo-02-i2v": Model(),
    "seedance-t2v": Model(from_words=True, shaped=True, resolutions=("480p", "720p")),
    "veo-3.1": Model((4, 6, 8), from_words=True, shaped=True),
    "veo-3.1-fast": Model((4, 6, 8), from_words=True, shaped=True),
}
SPOKEN = {"veo-3.1", "veo-3.1-fast"}  # models that make a sound unless told not to


class ModelsLabAnimator(api.Base):
    """Implements `Animator`. The film has its own voice and music, so no sound is asked for."""

    family, default_model = "video-fusion", "seedance-i2v"
    media, largest = ("video/",), 256 * MB

    def submit(self, request: VideoRequest) -> Ticket:
        """The picture is uploaded first, which is free. Commit the ticket before you ask after it."""
        model = MODELS.get(self.model, Model())
        body: dict[str, Any] = {"model_id": self.model, "prompt": request.prompt}
        if model.from_words:
            path = "text-to-video"
        else:
            path = "image-to-video"
            url = self.upload(*pictures.below(request.picture, api.LARGEST_UPLOAD))
            body["init_image"] = [url] if model.listed else url
        wishes = _wishes(self.model, model, request)
        return self.ticket(self.start(path, body | wishes, announce=True, webhook=request.callback))

    def collect(self, ticket: Ticket, into: Path | None = None) -> MediaResult | None:
        """None while it is made. Raises ProviderFault when the job failed, or its film can't be had any more."""
        return _film(self, ticket, into)


def _wishes(name: str, model: Model, request: VideoRequest) -> dict[str, Any]:
    """Length, shape and sharpness, as far as the model takes them. `duration` is text at this vendor."""
    wishes: dict[str, Any] = {}
    if model.lengths:
        wishes["duration"] = str(next((one for one in model.lengths if one >= request.seconds), model.lengths[-1]))
    if model.shaped:
        wishes["aspect_ratio"] = request.aspect
    if request.resolution in model.resolutions:
        wishes["resolution"] = request.resolution
    if name in SPOKEN:
        wishes["generate_audio"] = False
    return wishes


class ModelsLabLipsyncer(api.Base):
    """Implements `Lipsyncer`. Files without an address are uploaded, which is free; each has at most 5 MB."""

    family, default_model = "video-fusion", "lipsync-2"
    media, largest = ("video/",), 256 * MB

    def submit(self, request: LipsyncRequest) -> Ticket:
        video = request.video_url or self.upload(request.video, "video/mp4")
        audio = request.audio_url or self.upload(request.audio, "audio/wav")
        body = {"model_id": self.model, "init_video": video, "init_audio": audio}
        return self.ticket(self.start("lip-sync", body, announce=True, webhook=request.callback))

    def collect(self, ticket: Ticket, into: Path | None = None) -> MediaResult | None:
        return _film(self, ticket, into)


def _film(client: api.Base, ticket: Ticket, into: Path | None) -> MediaResult | None:
    job = client.look(ticket.id)
    return media_of(client, job, ticket.model, again=True, into=into) if job.done else None


def media_of(
    client: api.Base, job: api.Job, model: str, *, again: bool = False, into: Path | None = None
) -> MediaResult:
    """The output of a finished job, decoded to be sure of it."""
    usage = client.usage(job, model=model)
    if job.flagged:
        raise ProviderRefusal("ModelsLab marked it as not fit to be shown", kind="moderation", usage=usage)
    raw = client.fetched(job, usage, again=again, into=into)
    try:
        seconds = sound.seconds_of(into or raw.content)
    except ProviderFault as fault:
        fault.usage = usage
        raise
    return MediaResult(raw.content, raw.media_type, seconds, client.usage(job, seconds=seconds, model=model), into)
