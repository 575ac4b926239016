"""Speech. The vendor tells no times: they are found by an aligner."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.providers import aligning, narration, sound
from pipeline.providers.base import Aligner, ProviderFault, ProviderRefusal, SpeechRequest, Usage, Voice
from pipeline.providers.keeping import Kept
from pipeline.providers.local.speech import catalogue
from pipeline.providers.narration import Line, Take
from pipeline.providers.openai import api
from pipeline.providers.speaking import ByUtterance, Sitting

LONGEST = 4096  # characters of one request
SLOWEST, FASTEST = 0.25, 4.0
# The house's voices speak every language; their sex is how they sound.
HOUSE = {
    "alloy": "female", "ash": "male", "ballad": "male", "coral": "female", "echo": "male", "fable": "male",
    "marin": "female", "cedar": "male", "nova": "female", "onyx": "male", "sage": "female", "shimmer": "female", "verse": "male",
}  # fmt: skip


class OpenAISpeaker(ByUtterance, api.Base):
    """Implements `Speaker`. One call an utterance, more where it is longer than a request may be."""

    name, default_model = api.NAME, "gpt-4o-mini-tts"
    patience = 180.0

    def __init__(self, *, aligner: Aligner | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.aligner: Aligner = aligner or aligning.ByLength()
        self._voices: tuple[Voice, ...] = ()
        self.kept = Kept()

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

    def _take(self, at: int, said: Sequence[Line], request: SpeechRequest, sitting: Sitting) -> Take:
        line = said[at]
        if not line.words:
            return narration.joined([])
        voice = self._voice_for(line, request)
        pieces = narration.chunks(line.words, LONGEST)
        return narration.joined([self._said(piece, voice, request, sitting) for piece in pieces])

    def _voice_for(self, line: Line, request: SpeechRequest) -> str:
        wanted = line.utterance.voice
        return narration.stand_in(wanted, request.language, self.voices(request.language) or self.voices()).id

    def _said(self, words: Sequence[str], voice: str, request: SpeechRequest, sitting: Sitting) -> Take:
        text = " ".join(words)

        def call(_digest: str) -> Take:
            body: dict[str, Any] = {"model": self.model, "input": text, "voice": voice, "response_format": "wav"}
            if request.speed != 1.0:
                body["speed"] = round(min(FASTEST, max(SLOWEST, request.speed)), 4)
            raw = self.http.raw("POST", "/audio/speech", json=body, paid=True)
            sitting.paid.append(Usage(api.NAME, self.model, "characters", Decimal(len(text)), priced=False))
            samples = sound.decode(raw.content)
            spans = self.aligner.align(sound.riff(samples), tuple(words), request.language)
            return Take(samples, narration.in_samples(spans, len(samples)))

        return sitting.once(f"{self.model} {voice} {request.speed} {text}", call)


def _voice(id: str) -> Voice:
    """A voice that we know from elsewhere keeps its language and sex."""
    known = catalogue.by_id(id)
    if known:
        return Voice(id, known.name, known.language, known.sex, api.NAME, known.quality, known.licence)
    return Voice(id, id, "", HOUSE.get(id, ""), api.NAME, 0.8)
