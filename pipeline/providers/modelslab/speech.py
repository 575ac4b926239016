"""Speech. This vendor gives no times of words: an aligner finds them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.providers import aligning, narration, sound
from pipeline.providers.base import (
    Aligner,
    ProviderFault,
    ProviderRefusal,
    SpeechRequest,
    SpeechResult,
    Usage,
    Voice,
)
from pipeline.providers.http import MB
from pipeline.providers.keeping import Kept
from pipeline.providers.modelslab import api
from pipeline.providers.narration import Take

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


class ModelsLabSpeaker(api.Base):
    """Implements `Speaker`. One call an utterance, more where it is longer than 2,500 characters.

    `aligner` gives the word times; without one they are shared out by letters over what sounds.
    """

    family, unit, default_model = "voice", "characters", "eleven_multilingual_v2"
    media, largest = ("audio/",), 32 * MB

    def __init__(
        self, *, aligner: Aligner | None = None, voices: tuple[Voice, ...] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.aligner: Aligner = aligner or aligning.ByLength()
        self._voices = VOICES.get(self.model, VOICES["eleven_multilingual_v2"]) if voices is None else voices
        self.kept = Kept(MOST)

    def speak(self, request: SpeechRequest) -> SpeechResult:
        """A failure half way tells in its `usage` what was paid; a repeat by this object does not pay that again.

        Speed is not a wish this vendor takes. Raises ProviderRefusal when there is nothing to say.
        """
        said = narration.lines(request)
        paid: list[Usage] = self.book.paid if self.book is not None else []
        used: list[str] = []
        try:
            takes = [self._take(line, request.language, paid, used) for line in said]
        except (ProviderFault, ProviderRefusal) as error:
            error.usage = narration.summed([*paid, *([error.usage] if error.usage else [])])
            raise
        self.kept.forget(used)
        samples, words = narration.together(request, said, takes)
        usage = narration.summed(paid, len(samples) / sound.RATE) or self._nothing(len(samples))
        return SpeechResult(sound.riff(samples), sound.RATE, len(samples), words, usage)

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        """Every one of them reads every language of its model; those of the language come first."""
        base = language.replace("_", "-").partition("-")[0].lower()
        return tuple(sorted(self._voices, key=lambda one: bool(base) and not one.language.lower().startswith(base)))

    def _take(self, line: narration.Line, language: str, paid: list[Usage], used: list[str]) -> Take:
        if not line.words:
            return narration.joined([])
        voice = narration.stand_in(line.utterance.voice, language, self.voices(language)).id
        pieces = narration.chunks(line.words, LONGEST)
        return narration.joined([self._said(piece, voice, language, paid, used) for piece in pieces])

    def _said(self, words: Sequence[str], voice: str, language: str, paid: list[Usage], used: list[str]) -> Take:
        """One paid call, or what an earlier try has paid."""
        text = " ".join(words)
        digest = hashlib.sha256(f"{self.model} {voice} {text}".encode()).hexdigest()
        used.append(digest)
        if (held := self.kept.get(digest)) is not None:
            return held
        body = {"model_id": self.model, "prompt": text, "voice_id": voice}
        job = self.done(digest, lambda: self.start("text-to-speech", body))
        usage = self.usage(job, Decimal(len(text)))
        raw = self.fetched(job, usage)
        paid.append(usage)
        samples = sound.decode(raw.content)
        spans = self.aligner.align(sound.riff(samples), tuple(words), language)
        return self.kept.put(digest, Take(samples, narration.in_samples(spans, len(samples))))

    def _nothing(self, samples: int) -> Usage:
        """All of it had been paid by an earlier try."""
        return Usage(api.NAME, self.model, self.unit, Decimal(0), seconds=samples / sound.RATE, priced=False)
