"""The local voice: free, offline, the same samples for the same request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from pipeline.language.spoken import align
from pipeline.providers.base import ProviderRefusal, SpeechRequest, SpeechResult, Usage, Utterance, Voice, WordTime
from pipeline.providers.local import host
from pipeline.providers.local.speech import catalogue
from pipeline.providers.local.speech.assembly import RATE, Piece, joined, riff

PAUSES = {".": 0.38, "!": 0.38, "?": 0.4, "…": 0.5, "—": 0.25, ";": 0.25, ":": 0.25, ",": 0.15}  # seconds after a mark
ENDS = ".!?…"


class LocalSpeaker:
    """Implements `Speaker`."""

    def speak(self, request: SpeechRequest) -> SpeechResult:
        """Every utterance by its voice, one after the other. Raises ProviderRefusal when there is nothing to say."""
        jobs = [
            (index, one, group)
            for index, one in enumerate(request.utterances)
            for group in sentences(one.spoken.split())
        ]
        if not jobs:
            raise ProviderRefusal("there are no words to speak")
        with ThreadPoolExecutor(max(1, host.slots("kokoro"))) as pool:
            made = list(pool.map(lambda job: _say(job[1].voice, job[2], request.speed), jobs))
        parts, words, at = [], [], 0
        for index, one in enumerate(request.utterances):
            own = [piece for piece, job in zip(made, jobs, strict=True) if job[0] == index]
            pcm, times = joined(own)
            words += list(_captions(index, one, times, at, request))
            parts.append(pcm + bytes(2 * round(one.pause * RATE)))
            at += len(parts[-1]) // 2
        pcm = b"".join(parts)
        characters = sum(len(one.spoken) for one in request.utterances)
        usage = Usage("local", "kokoro-82m", "characters", Decimal(characters), seconds=at / RATE, licence="Apache-2.0")
        return SpeechResult(riff(pcm), RATE, at, tuple(words), usage)

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        found = [voice for voice in catalogue.VOICES if catalogue.speaks(voice, language)]
        return tuple(sorted(found, key=lambda voice: (-voice.quality, voice.id)))


def sentences(words: list[str]) -> list[list[str]]:
    """Words in groups that end where a sentence does."""
    groups: list[list[str]] = [[]]
    for word in words:
        groups[-1].append(word)
        if word[-1] in ENDS:
            groups.append([])
    return [group for group in groups if group]


def _say(voice: str, words: list[str], speed: float) -> Piece:
    answer, pcm = host.ask("kokoro", {"words": words, "voice": voice, "speed": speed})
    silence = round(PAUSES.get(words[-1][-1], 0.0) * RATE)
    return Piece(pcm, tuple((start, end) for start, end in answer["words"]), silence)


def _captions(index: int, one: Utterance, times: list[tuple[int, int]], at: int, request: SpeechRequest):
    end = 0
    for word, said in align(one.text, one.spoken, request.language, request.lexicon):
        start = times[said.start][0] if len(said) else end
        end = times[said.stop - 1][1] if len(said) else end
        yield WordTime(word, at + start, at + end, index)
