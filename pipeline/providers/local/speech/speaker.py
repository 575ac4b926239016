"""The local voice: free, offline, and the same samples for the same request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from pipeline.language.spoken import align, spoken
from pipeline.providers.base import ProviderRefusal, SpeechRequest, SpeechResult, Usage, Utterance, Voice, WordTime
from pipeline.providers.local import host
from pipeline.providers.local.speech import catalogue, engines, piper_voices
from pipeline.providers.local.speech.assembly import RATE, Piece, joined, piece, riff
from pipeline.providers.local.speech.levels import gain_of
from pipeline.providers.local.speech.sentences import Breath, breaths

Job = tuple[int, Voice, Breath]  # of which utterance, who, what


class LocalSpeaker:
    """Implements `Speaker`. Kokoro speaks where it has the language, then Piper, Pico, espeak-ng."""

    def __init__(self) -> None:
        self.broken: set[str] = set()  # engines whose process said that a part is missing

    def speak(self, request: SpeechRequest) -> SpeechResult:
        """Every utterance by its voice, one after the other, at 24 kHz. A voice that is not here is replaced by the
        best one of its language and sex. Raises ProviderRefusal when there is nothing to say."""
        utterances = [_with_lexicon(one, request) for one in request.utterances]
        cast = [self.stand_in(one.voice, request.language) for one in utterances]
        jobs = [(at, cast[at], breath) for at, one in enumerate(utterances) for breath in breaths(one.spoken)]
        if not jobs:
            raise ProviderRefusal("there are no words to speak")
        made = self._made(jobs, request)
        parts: list[bytes] = []
        words: list[WordTime] = []
        at = 0
        for number, one in enumerate(utterances):
            pcm, times = joined(done for (_, done), (index, _, _) in zip(made, jobs, strict=True) if index == number)
            words += _captions(number, one, times, at, request)
            parts.append(pcm + bytes(2 * round(one.pause * RATE)))
            at += len(parts[-1]) // 2
        usage = _usage([voice for voice, _ in made], sum(len(one.spoken) for one in utterances), at)
        return SpeechResult(riff(b"".join(parts)), RATE, at, tuple(words), usage)

    def voices(self, language: str = "") -> tuple[Voice, ...]:
        """Voices that can speak here and now, the best first."""
        ready = set(engines.ready()) - self.broken
        return tuple(one for one in catalogue.every_voice() if one.engine in ready and catalogue.speaks(one, language))

    def best_voice(self, language: str, sex: str = "", exclude: Iterable[str] = ()) -> Voice | None:
        """The best voice of a language ("en-GB", or "en" for any), of a sex when one is asked, but none of `exclude`.

        A natural voice of the other sex goes before a robot of this one; without the region any of the language will
        do. None when all are excluded.
        """
        taken, base = set(exclude), language.replace("_", "-").partition("-")[0]
        for least in (catalogue.NATURAL, 0.0):
            for tag, who in ((language, sex), (base, sex), (language, ""), (base, "")):
                found = (one for one in self.voices(tag) if one.quality >= least and who in ("", one.sex))
                if best := next((one for one in found if one.id not in taken), None):
                    return best
        return None

    def available(self) -> list[tuple[str, bool, str]]:
        """(engine, whether it can speak, what is missing), in the order they are asked."""
        return engines.available()

    def stand_in(self, id: str, language: str) -> Voice:
        """The voice itself, or who speaks in its place. Raises PartMissing when no engine is installed."""
        wanted = catalogue.by_id(id)
        if wanted and wanted.engine in set(engines.ready()) - self.broken:
            return wanted
        tag, sex = (wanted.language, wanted.sex) if wanted else (language, "")
        found = self.best_voice(tag, sex) or self.best_voice("en")
        if not found:
            raise host.PartMissing("; ".join(reason for _, _, reason in self.available()))
        return found

    def _made(self, jobs: Sequence[Job], request: SpeechRequest) -> list[tuple[Voice, Piece]]:
        """All pieces; the long ones are begun first, so that no core is idle at the end."""
        order = sorted(range(len(jobs)), key=lambda at: -sum(map(len, jobs[at][2].words)))
        with ThreadPoolExecutor(max(1, host.slots("kokoro"))) as pool:
            begun = {at: pool.submit(self._say, jobs[at], request) for at in order}
        return [begun[at].result() for at in range(len(jobs))]

    def _say(self, job: Job, request: SpeechRequest) -> tuple[Voice, Piece]:
        """What was said, and who said it in the end."""
        _, voice, breath = job
        asked = {"words": breath.words, "voice": voice.id, "speed": request.speed, "gain": gain_of(voice)}
        if own := piper_voices.by_id(voice.id):
            asked |= {"file": str(own.file), "speaker": own.speaker}
        try:
            answer, pcm = host.ask(voice.engine, asked)
        except host.PartMissing:
            self.broken.add(voice.engine)
            if not self.voices():
                raise
            return self._say((job[0], self.stand_in(voice.id, request.language), breath), request)
        return voice, piece(pcm, answer["rate"], answer["words"], breath.pause)


def _with_lexicon(one: Utterance, request: SpeechRequest) -> Utterance:
    """The utterance as the lexicon has it, when it was made spoken without."""
    if request.lexicon and one.spoken == spoken(one.text, request.language):
        return Utterance(one.text, spoken(one.text, request.language, request.lexicon), one.voice, one.pause)
    return one


def _captions(
    number: int, one: Utterance, times: Sequence[tuple[int, int]], at: int, request: SpeechRequest
) -> Iterator[WordTime]:
    """The author's words with their places; one with nothing to say has no length and stands where the last one ended."""
    end = 0
    for word, said in align(one.text, one.spoken, request.language, request.lexicon):
        start = times[said.start][0] if len(said) else end
        end = times[said.stop - 1][1] if len(said) else end
        yield WordTime(word, at + start, at + end, number)


def _usage(voices: Sequence[Voice], characters: int, samples: int) -> Usage:
    used = sorted({(catalogue.ENGINES.index(voice.engine), _model(voice)) for voice in voices})
    licence = " + ".join(sorted({voice.licence for voice in voices}))
    model = " + ".join(name for _, name in used)
    return Usage("local", model, "characters", Decimal(characters), seconds=samples / RATE, licence=licence)


def _model(voice: Voice) -> str:
    """A dropped voice is a model of its own; its file's name says which."""
    own = piper_voices.by_id(voice.id)
    return f"piper-{own.file.stem}" if own else engines.MODELS[voice.engine]
