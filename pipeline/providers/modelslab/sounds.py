"""Sound effects and music."""

from __future__ import annotations

from typing import Any

from pipeline.providers.base import MediaResult, MusicRequest, SoundRequest, Ticket
from pipeline.providers.http import MB
from pipeline.providers.modelslab import api
from pipeline.providers.modelslab.video import media_of

SHORTEST, LONGEST = 1, 22  # seconds of a sound effect


class _Heard(api.Base):
    family, media, largest = "voice", ("audio/",), 64 * MB

    def collect(self, ticket: Ticket) -> MediaResult | None:
        """None while it is made."""
        job = self.look(ticket.id)
        return media_of(self, job, ticket.model, again=True) if job.done else None

    def _heard(self, job: api.Job) -> MediaResult:
        return media_of(self, job, self.model)


class ModelsLabSounds(_Heard):
    """Implements `SoundMaker`; `submit` and `collect` for who would rather not wait."""

    default_model = "eleven_sound_effect"

    def sound(self, request: SoundRequest) -> MediaResult:
        return self._heard(self.done("", lambda: self.start("sound-generation", self._body(request))))

    def submit(self, request: SoundRequest) -> Ticket:
        return self.ticket(self.start("sound-generation", self._body(request), announce=True))

    def _body(self, request: SoundRequest) -> dict[str, Any]:
        wish = {"time_in_seconds": min(LONGEST, max(SHORTEST, round(request.seconds)))} if request.seconds else {}
        return {"model_id": self.model, "prompt": request.prompt, **wish}


class ModelsLabMusic(_Heard):
    """Implements `Composer`. The vendor takes no length: what comes may be shorter or longer than asked."""

    default_model, patience = "music_v1", 600.0

    def compose(self, request: MusicRequest) -> MediaResult:
        return self._heard(self.done("", lambda: self.start("music-gen", self._body(request))))

    def submit(self, request: MusicRequest) -> Ticket:
        return self.ticket(self.start("music-gen", self._body(request), announce=True))

    def _body(self, request: MusicRequest) -> dict[str, Any]:
        wish = f"{request.prompt.rstrip('.')}. Instrumental, no voices." if request.instrumental else request.prompt
        return {"model_id": self.model, "prompt": wish}
