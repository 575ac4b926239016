"""Speech. This vendor gives no times of words: an aligner finds them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.providers import aligning, narration, sound
from pipeline.providers.base import Aligner, SpeechRequest, Usage, Voice
from pipeline.providers.http import MB
from pipeline.providers.keeping import Kept
from pipeline.providers.modelslab import api
from pipeline.providers.narration import Line, Take
from pipeline.providers.speaking import ByUtterance, Sitting

LONGEST = 2_500  # characters of one request
MOST = 2_000  # takes that are kept: all of a scene, or a parked one would pay its first ones again and again
LICENCE = "as the model's licence says"
_ELEVEN = """Sarah female en-US EXAVITQu4vr4xnSDxMaL; George male en-GB JBFqnCBsd6RMkjVDRZzb
    Alice female en-GB Xb7hH8MSUJpSbSDYk0k2; Daniel male en-GB onwK4e9ZLuTAKqWW03F9
    Laura female en-US FGY2WhTYpPnrIDTdsKH5; Roger male en-US CwhRBWXzGAHq8TQ4Fs17
    Matilda female en-US XrExE9yKIg1WjnnlVkGX; Liam male en-US TX3LPaxmHKxFdv7VOQHJ
    Jessica female en-US cgSgspJ2msm6clMCkdW9; Charlie male en-AU IKne3meq5aSn9XLyUdCD"""
_INWORLD = "Ashley female en-US Ashley; Alex male en-US Alex; Olivia female en-GB Olivia; Dennis male en-US Dennis"


def _voices(rows: str, quality: float) -> tuple[Voice, ...]:
    split = (row.split() for line in rows.splitlines() for row in line.split(";"))
    return tuple(Voice(id, name, tag, sex, api.NAME, quality, LICENCE) for name, sex, tag, id in split)


VOICES = {"eleven_multilingual_v2": _voices(_ELEVEN, 0.97), "inworld-tts-1": _voices(_INWORLD, 0.93)}


class ModelsLabSpeaker(ByUtterance, api.Base):
    """Implements `Speaker`. One call an utterance, more where it is longer than 2,500 characters.

    `aligner` gives the word times; without one they are shared out by letters over what sounds. Speed is not a wish
    this vendor takes.
    """

    name, family, unit, default_model = api.NAME, "voice", "characters", "eleven_multilingual_v2"
    media, largest = ("audio/",), 32 * MB

    def __init__(
        self, *, aligner: Aligner | None = None, voices: tuple[Voice, ...] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.aligner: Aligner = aligner or aligning.ByLength()
        self._voices = VOICES.get(self.model, VOICES["eleven_multilingual_v2"]) if voices is None else voices
        self.kept = Kept(MOST)

    def _paid_before(self) -> list[Usage]:
        return self.book.paid if self.book is not None else []

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        """Every one of them reads every language of its model; those of the language come first."""
        base = language.replace("_", "-").partition("-")[0].lower()
        return tuple(sorted(self._voices, key=lambda one: bool(base) and not one.language.lower().startswith(base)))

    def _take(self, at: int, said: Sequence[Line], request: SpeechRequest, sitting: Sitting) -> Take:
        line = said[at]
        if not line.words:
            return narration.joined([])
        voice = narration.stand_in(line.utterance.voice, request.language, self.voices(request.language)).id
        pieces = narration.chunks(line.words, LONGEST)
        return narration.joined([self._said(piece, voice, request.language, sitting) for piece in pieces])

    def _said(self, words: Sequence[str], voice: str, language: str, sitting: Sitting) -> Take:
        text = " ".join(words)

        def call(digest: str) -> Take:
            body = {"model_id": self.model, "prompt": text, "voice_id": voice}
            job = self.done(digest, lambda: self.start("text-to-speech", body))
            usage = self.usage(job, Decimal(len(text)))
            raw = self.fetched(job, usage)
            sitting.paid.append(usage)
            samples = sound.decode(raw.content)
            spans = self.aligner.align(sound.riff(samples), tuple(words), language)
            return Take(samples, narration.in_samples(spans, len(samples)))

        return sitting.once(f"{self.model} {voice} {text}", call)
