"""Cloned voices: made of a checked sample, deleted on request. Consent is the caller's to record."""

from __future__ import annotations

from decimal import Decimal

from pipeline.providers import voice_sample
from pipeline.providers.base import CloneRequest, CloneResult, ProviderFault, Usage, Voice
from pipeline.providers.elevenlabs import api, voices

LONGEST_NAME = 100


class ElevenLabsCloner(api.Base):
    """Implements `Cloner`."""

    default_model = "instant-voice-clone"

    def clone(self, request: CloneRequest) -> CloneResult:
        """Raises ProviderRefusal, before anything is sent, for a sample that will not do: see voice_sample.TROUBLES.

        A call that ends unknown may have made a voice: it is ambiguous.
        """
        wav = voice_sample.checked(request.sample)
        answer = self.http.json(
            "POST",
            "/v1/voices/add",
            data={"name": request.name[:LONGEST_NAME], "remove_background_noise": "false"},
            files=[("files", ("sample.wav", wav, "audio/wav"))],
            paid=True,
        )
        if not isinstance(answer, dict) or not answer.get("voice_id"):
            raise api.garbage("it made a voice without an id")
        id = str(answer["voice_id"])
        voice = Voice(
            id, request.name, request.language, "", api.NAME, voices.QUALITY["cloned"], "as the speaker consented"
        )
        usage = Usage(api.NAME, self.model, "voices", Decimal(1), vendor_id=id, priced=False)
        return CloneResult(voice, usage, bool(answer.get("requires_verification")))

    def delete(self, voice: str) -> None:
        """One that is already gone is as good as deleted."""
        try:
            self.http.json("DELETE", f"/v1/voices/{voice}")
        except ProviderFault as error:
            if error.kind != "missing":
                raise
