"""What vendors' voices share: the text to send, takes put on one clock, and the author's words laid along them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from pipeline.language.spoken import align, spoken
from pipeline.providers import sound
from pipeline.providers.base import ProviderRefusal, SpeechRequest, Usage, Utterance, Voice, WordTime
from pipeline.providers.local.speech import catalogue
from pipeline.providers.local.speech.espeak_voice import readable

ENDS = ".!?…:;"


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance as a vendor is asked for it: `words` are sent, joined by spaces."""

    utterance: Utterance
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Take:
    """What came back for words: samples, and for each word its first sample and the one after its last."""

    samples: sound.Samples
    spans: tuple[tuple[int, int], ...]


def lines(request: SpeechRequest) -> list[Line]:
    """Pronunciations between slashes become letters to be read. Raises ProviderRefusal when there is nothing to say."""
    made = [_with_lexicon(one, request) for one in request.utterances]
    found = [Line(one, tuple(readable(word) for word in one.spoken.split())) for one in made]
    if not any(line.words for line in found):
        raise ProviderRefusal("there are no words to speak")
    return found


def _with_lexicon(one: Utterance, request: SpeechRequest) -> Utterance:
    """The utterance as the lexicon has it, when it was made spoken without."""
    if request.lexicon and one.spoken == spoken(one.text, request.language):
        return Utterance(one.text, spoken(one.text, request.language, request.lexicon), one.voice, one.pause)
    return one


def chunks(words: Sequence[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Words in groups of at most `longest` characters, broken after a sentence where that is possible."""
    held: list[str] = []
    for word in words:
        if held and sum(map(len, held)) + len(held) + len(word) > longest:
            last = max((at for at, one in enumerate(held, 1) if one[-1] in ENDS), default=len(held))
            yield tuple(held[:last])
            held = held[last:]
        held.append(word)
    if held:
        yield tuple(held)


def in_samples(spans: Sequence[tuple[float, float]], count: int, rate: int = sound.RATE) -> tuple[tuple[int, int], ...]:
    """Seconds to samples, inside the audio and in order."""
    found: list[tuple[int, int]] = []
    floor = 0
    for start, end in spans:
        first = min(max(round(start * rate), floor), count)
        floor = min(max(round(end * rate), first), count)
        found.append((first, floor))
    return tuple(found)


def joined(takes: Sequence[Take]) -> Take:
    """Takes of one utterance after each other."""
    spans: list[tuple[int, int]] = []
    at = 0
    for take in takes:
        spans += [(start + at, end + at) for start, end in take.spans]
        at += len(take.samples)
    samples = np.concatenate([take.samples for take in takes]) if takes else np.zeros(0, np.int16)
    return Take(samples, tuple(spans))


def together(
    request: SpeechRequest, said: Sequence[Line], takes: Sequence[Take]
) -> tuple[sound.Samples, tuple[WordTime, ...]]:
    """All utterances with the pauses after them, and the author's words on their clock."""
    parts: list[sound.Samples] = []
    words: list[WordTime] = []
    at = 0
    for number, (line, take) in enumerate(zip(said, takes, strict=True)):
        words += _captions(number, line.utterance, take.spans, at, request)
        silence = np.zeros(round(line.utterance.pause * sound.RATE), np.int16)
        parts += [take.samples, silence]
        at += len(take.samples) + len(silence)
    return np.concatenate(parts), tuple(words)


def _captions(
    number: int, one: Utterance, spans: Sequence[tuple[int, int]], at: int, request: SpeechRequest
) -> Iterator[WordTime]:
    """A word for which nothing is said has no length and stands where the last one ended."""
    end = 0
    for word, span in align(one.text, one.spoken, request.language, request.lexicon):
        start = spans[span.start][0] if len(span) else end
        end = spans[span.stop - 1][1] if len(span) else end
        yield WordTime(word, at + start, at + end, number)


def summed(paid: Sequence[Usage], seconds: float = 0.0) -> Usage | None:
    """One usage for all calls, None when there was none. The vendor's ids are joined by spaces."""
    if not paid:
        return None
    return replace(
        paid[0],
        units=sum((one.units for one in paid), Decimal(0)),
        cost_usd=sum((one.cost_usd for one in paid), Decimal(0)),
        seconds=round(seconds, 3),
        vendor_id=" ".join(one.vendor_id for one in paid if one.vendor_id),
    )


def stand_in(wanted: str, language: str, voices: Sequence[Voice]) -> Voice:
    """The vendor's voice of that id, or who speaks in the place of a voice that the vendor hasn't.

    The same one always gets the same: of its sex and region where there are such. Raises ProviderRefusal without any.
    """
    own = next((voice for voice in voices if voice.id == wanted), None)
    if own:
        return own
    known = catalogue.by_id(wanted)
    tag, sex = (known.language, known.sex) if known else (language, "")
    asked = ((tag, sex), (tag.partition("-")[0], sex), ("", sex), ("", ""))
    for tongue, who in asked:
        fit = [one for one in voices if catalogue.speaks(one, tongue) and who in ("", one.sex)]
        if fit:
            number = int.from_bytes(hashlib.sha256(wanted.encode()).digest()[:4])
            return sorted(fit, key=lambda one: one.id)[number % len(fit)]
    raise ProviderRefusal("the vendor has no voices")
