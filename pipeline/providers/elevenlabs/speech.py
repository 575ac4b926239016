"""Speech with the time of every character, and times for speech that has none."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pipeline.providers import aligning, narration, sound
from pipeline.providers.base import HeardWord, ProviderFault, SpeechRequest, Voice
from pipeline.providers.elevenlabs import api, timing, voices
from pipeline.providers.keeping import Kept
from pipeline.providers.narration import Line, Take
from pipeline.providers.speaking import ByUtterance, Sitting

LONGEST = {  # characters of one request
    "eleven_multilingual_v2": 10_000, "eleven_v3": 3_000, "eleven_flash_v2": 30_000, "eleven_flash_v2_5": 40_000,
    "eleven_turbo_v2_5": 40_000, "eleven_turbo_v2": 30_000,
}  # fmt: skip
LEAST = 2_000  # where a model's limit is not known
UNSTITCHED = {"eleven_v3"}  # models that take no neighbouring text
NEIGHBOUR = 300  # characters of the text before and after, for the tone
SLACK = 0.5  # seconds that an alignment may reach beyond its sound
SLOWEST, FASTEST = 0.7, 1.2
FORMAT = "pcm_24000"  # exact, and in every plan


class ElevenLabsSpeaker(ByUtterance, api.Base):
    """Implements `Speaker`. One call an utterance, more where it is longer than the model takes."""

    name, default_model = api.NAME, "eleven_multilingual_v2"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._voices: tuple[Voice, ...] = ()
        self.kept = Kept()

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        """The account's voices, asked for once. All models but the English ones read every language with every voice;
        those of the language come first."""
        if not self._voices:
            self._voices = tuple(sorted(voices.listed(self.http), key=lambda one: (-one.quality, one.id)))
        base = language.replace("_", "-").partition("-")[0].lower()
        return tuple(sorted(self._voices, key=lambda one: bool(base) and not one.language.lower().startswith(base)))

    def _take(self, at: int, said: Sequence[Line], request: SpeechRequest, sitting: Sitting) -> Take:
        line = said[at]
        if not line.words:
            return narration.joined([])
        voice = narration.stand_in(line.utterance.voice, request.language, self.voices(request.language)).id
        pieces = list(narration.chunks(line.words, LONGEST.get(self.model, LEAST)))
        texts = [" ".join(piece) for piece in pieces]
        before = _same_voice(said, at, -1)
        after = _same_voice(said, at, +1)
        takes = []
        for number, piece in enumerate(pieces):
            neighbours = (([before] + texts)[number], (texts + [after])[number + 1])
            takes.append(self._said(piece, voice, self._body(texts[number], request, neighbours), sitting))
        return narration.joined(takes)

    def _body(self, text: str, request: SpeechRequest, neighbours: tuple[str, str]) -> dict[str, Any]:
        """The seed comes from the words, so that the same ones are said alike."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        body: dict[str, Any] = {"text": text, "model_id": self.model, "seed": seed, "apply_text_normalization": "off"}
        if request.speed != 1.0:
            body["voice_settings"] = {"speed": round(min(FASTEST, max(SLOWEST, request.speed)), 4)}
        if self.model not in UNSTITCHED:
            before, after = neighbours
            body |= {"previous_text": before[-NEIGHBOUR:]} if before else {}
            body |= {"next_text": after[:NEIGHBOUR]} if after else {}
        return body

    def _said(self, words: Sequence[str], voice: str, body: dict[str, Any], sitting: Sitting) -> Take:
        def call(_digest: str) -> Take:
            path = f"/v1/text-to-speech/{voice}/with-timestamps"
            raw = self.http.raw("POST", path, params={"output_format": FORMAT}, json=body, paid=True)
            characters = Decimal(len(body["text"]))
            rate = api.CREDITS_A_CHARACTER.get(self.model, Decimal(1))
            sitting.paid.append(self.usage(raw, "characters", characters, characters * rate))
            return _heard(api.loads(raw), words)

        return sitting.once(f"{voice} {json.dumps(body, sort_keys=True)}", call)


def _same_voice(said: Sequence[Line], at: int, step: int) -> str:
    """The neighbour's text, when the same voice says it."""
    other = at + step
    if 0 <= other < len(said) and said[other].utterance.voice == said[at].utterance.voice:
        return said[other].text
    return ""


def _heard(answer: dict[str, Any], words: Sequence[str]) -> Take:
    try:
        samples = sound.from_pcm(base64.b64decode(answer.get("audio_base64") or "", validate=True))
    except (binascii.Error, TypeError, ValueError, ProviderFault):
        raise ProviderFault("ElevenLabs: its sound is cut off or no sound", safe=False, kind="garbage") from None
    if timing.end_of(answer) > len(samples) / sound.RATE + SLACK:
        raise ProviderFault("ElevenLabs: its sound ends before its words", safe=False, kind="garbage")
    fallback = aligning.shared_out(samples, words, sound.RATE)
    return Take(samples, narration.in_samples(timing.spans_of(answer, words, fallback), len(samples)))


class ElevenLabsAligner(api.Base):
    """Implements `Aligner`: where given words are said in a given sound, by forced alignment."""

    default_model = "forced-alignment"

    def align(self, audio: bytes, words: Sequence[str], language: str = "en") -> aligning.Spans:
        """Its price is the plan's; usage is not returned, since an alignment is part of another call."""
        raw = self.http.raw(
            "POST",
            "/v1/forced-alignment",
            files={"file": ("audio", audio, "application/octet-stream")},
            data={"text": " ".join(words)},
            paid=True,
        )
        heard = list(_aligned(api.loads(raw)))
        return aligning.matched(words, heard, aligning.ByLength().align(audio, words, language))


def _aligned(answer: dict[str, Any]) -> Iterator[HeardWord]:
    for row in answer.get("words") or ():
        try:
            yield HeardWord(str(row["text"]).strip(), float(row["start"]), float(row["end"]))
        except (KeyError, TypeError, ValueError):
            continue
