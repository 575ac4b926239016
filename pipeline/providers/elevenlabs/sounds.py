"""Sound effects and music: bytes in the answer itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.providers import sniff, sound
from pipeline.providers.base import MediaResult, MusicRequest, ProviderFault, ProviderRefusal, SoundRequest
from pipeline.providers.elevenlabs import api
from pipeline.providers.http import Raw

FORMAT = "mp3_44100_128"
SHORTEST, LONGEST = 0.5, 30.0  # seconds of a sound effect
MUSIC_SHORTEST, MUSIC_LONGEST = 3.0, 600.0
MUSIC_PROMPT = 2_000  # characters
SHARE = 0.7  # of the seconds asked for: a sound with less of them was cut off


class ElevenLabsSounds(api.Base):
    """Implements `SoundMaker`."""

    default_model = "eleven_text_to_sound_v2"

    def sound(self, request: SoundRequest) -> MediaResult:
        """At most 30 s. Without a length the vendor chooses one, and says in a header what it took."""
        body = {"text": request.prompt, "model_id": self.model}
        asked = min(LONGEST, max(SHORTEST, request.seconds)) if request.seconds else 0.0
        if asked:
            body |= {"duration_seconds": round(asked, 2)}  # type: ignore[dict-item]
        raw = self.http.raw("POST", "/v1/sound-generation", params={"output_format": FORMAT}, json=body, paid=True)
        seconds = Decimal(str(round(asked, 2)))
        return _media(self, raw, api.CREDITS_A_SOUND_SECOND * seconds if asked else None, asked)


class ElevenLabsMusic(api.Base):
    """Implements `Composer`. What a second costs depends on the plan: the usage says the seconds."""

    default_model = "music_v1"
    patience = 600.0

    def compose(self, request: MusicRequest) -> MediaResult:
        """Raises ProviderRefusal when the wish is too long, or names artists or works (the vendor's rule)."""
        if len(request.prompt) > MUSIC_PROMPT:
            raise ProviderRefusal(f"a wish for music has at most {MUSIC_PROMPT} characters", kind="too_long")
        seconds = min(MUSIC_LONGEST, max(MUSIC_SHORTEST, request.seconds))
        body = {
            "prompt": request.prompt,
            "music_length_ms": round(seconds * 1000),
            "model_id": self.model,
            "force_instrumental": request.instrumental,
        }
        raw = self.http.raw("POST", "/v1/music", params={"output_format": FORMAT}, json=body, paid=True)
        return _media(self, raw, None, seconds)


def _media(client: api.Base, raw: Raw, credits: Decimal | None, asked: float) -> MediaResult:
    """`asked` seconds are what is billed; without them, what the vendor's count of credits comes to."""
    billed = Decimal(str(round(asked, 3))) if asked else api.counted(raw, Decimal(0)) / api.CREDITS_A_SOUND_SECOND
    paid = client.usage(raw, "seconds", billed, credits)
    kind = sniff.media_type(raw.content)
    if not kind.startswith("audio/"):
        raise api.garbage("what it sent is no sound", paid)
    try:
        seconds = sound.seconds_of(raw.content)
    except ProviderFault as error:
        error.usage = paid
        raise
    if seconds < SHARE * asked:
        raise api.garbage("its sound is shorter than was asked for", paid)
    return MediaResult(raw.content, kind, seconds, replace(paid, seconds=seconds))
