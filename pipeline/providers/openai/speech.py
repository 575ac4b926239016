"""Speech. The vendor tells no times: they are found by an aligner."""

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
)  # fmt: skip
from pipeline.providers.keeping import Kept
from pipeline.providers.local.speech import catalogue
from pipeline.providers.narration import Line, Take
from pipeline.providers.openai import api

LONGEST = 4096  # characters of one request
SLOWEST, FASTEST = 0.25, 4.0
# The house's voices speak every language; their sex is how they sound.
HOUSE = {
    "alloy": "female", "ash": "male", "ballad": "male", "coral": "female", "echo": "male", "fable": "male",
    "marin": "female", "cedar": "male", "nova": "female", "onyx": "male", "sage": "female", "shimmer": "female", "verse": "male",
}  # fmt: skip


class OpenAISpeaker(api.Base):
    """Implements `Speaker`. One call an utterance, more where it is longer than a request may be."""

    default_model = "gpt-4o-mini-tts"
    patience = 180.0

    def __init__(self, *, aligner: Aligner | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.aligner: Aligner = aligner or aligning.ByLength()
        self._voices: tuple[Voice, ...] = ()
        self.kept = Kept()

    def speak(self, request: SpeechRequest) -> SpeechResult:
        """A failure half way tells in its `usage` what was paid; a repeat by this object does not pay that again.

        Raises ProviderRefusal when there is nothing to say.
        """
        said = narration.lines(request)
        paid: list[int] = []
        used: list[str] = []
        try:
            takes = [self._take(line, request, paid, used) for line in said]
        except (ProviderFault, ProviderRefusal) as error:
            error.usage = self._usage(sum(paid)) if paid else error.usage
            raise
        self.kept.forget(used)
        samples, words = narration.together(request, said, takes)
        usage = self._usage(sum(paid), len(samples) / sound.RATE)
        return SpeechResult(sound.riff(samples), sound.RATE, len(samples), words, usage)

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        """A server of one's own is asked for its voices; one that does not tell has the house's."""
        if not self._voices:
            own = self._listed() if self.own_server else ()
            self._voices = own or tuple(Voice(id, id.capitalize(), "", sex, api.NAME, 0.9) for id, sex in HOUSE.items())
        return tuple(one for one in self._voices if not one.language or catalogue.speaks(one, language))

    def _listed(self) -> tuple[Voice, ...]:
        try:
            rows = self.http.json("GET", "/audio/voices")["voices"]
            ids = [row if isinstance(row, str) else str(row["id"]) for row in rows]
        except (ProviderFault, ProviderRefusal, KeyError, TypeError):
            return ()
        return tuple(map(_voice, ids))

    def _take(self, line: Line, request: SpeechRequest, paid: list[int], used: list[str]) -> Take:
        if not line.words:
            return narration.joined([])
        voice = self._voice_for(line, request)
        pieces = narration.chunks(line.words, LONGEST)
        return narration.joined([self._said(piece, voice, request, paid, used) for piece in pieces])

    def _voice_for(self, line: Line, request: SpeechRequest) -> str:
        wanted = line.utterance.voice
        return narration.stand_in(wanted, request.language, self.voices(request.language) or self.voices()).id

    def _said(self, words: Sequence[str], voice: str, request: SpeechRequest, paid: list[int], used: list[str]) -> Take:
        """One paid call, or what an earlier try has paid."""
        text = " ".join(words)
        digest = hashlib.sha256(f"{self.model} {voice} {request.speed} {text}".encode()).hexdigest()
        used.append(digest)
        if (held := self.kept.get(digest)) is not None:
            return held
        body: dict[str, Any] = {"model": self.model, "input": text, "voice": voice, "response_format": "wav"}
        if request.speed != 1.0:
            body["speed"] = round(min(FASTEST, max(SLOWEST, request.speed)), 4)
        raw = self.http.raw("POST", "/audio/speech", json=body, paid=True)
        paid.append(len(text))
        samples = sound.decode(raw.content)
        spans = self.aligner.align(sound.riff(samples), tuple(words), request.language)
        return self.kept.put(digest, Take(samples, narration.in_samples(spans, len(samples))))

    def _usage(self, characters: int, seconds: float = 0.0) -> Usage:
        return Usage(api.NAME, self.model, "characters", Decimal(characters), seconds=seconds, priced=False)


def _voice(id: str) -> Voice:
    """A voice that we know from elsewhere keeps its language and sex."""
    known = catalogue.by_id(id)
    if known:
        return Voice(id, known.name, known.language, known.sex, api.NAME, known.quality, known.licence)
    return Voice(id, id, "", HOUSE.get(id, ""), api.NAME, 0.8)
