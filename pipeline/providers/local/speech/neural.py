"""What the neural voices share: phrases of tokens in, samples and exact word times out, in runs that fit the model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.speech.trimming import as_bytes, trim

MARKS = ",.;:!?—…"
Samples = NDArray[np.float32]
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words up to a mark: the tokens of each word, the mark's tokens after the last."""

    words: tuple[tuple[int, ...], ...]
    mark: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(len(word) + 1 for word in self.words) + len(self.mark)


class Neural(ABC):
    """A request: {"words", "voice", "speed", "gain"}; words carry their marks ("rabbit,"). The answer: samples, word times."""

    rate: int
    longest: int  # tokens of one run of the model
    space: int  # the token between words

    @abstractmethod
    def tokens(self, words: Sequence[str], mark: str, voice: str) -> Phrase:
        """The tokens of one phrase."""

    @abstractmethod
    def infer(self, tokens: Sequence[int], voice: str, speed: float) -> tuple[Samples, NDArray[np.int64]]:
        """Samples, and for each token (and for the end) the sample at which it begins."""

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        words, voice, speed = request["words"], request["voice"], float(request.get("speed", 1.0))
        phrases = (self._phrase(phrase, voice) for phrase in phrases_of(words))
        parts: list[Samples] = []
        times: Spans = []
        at = 0
        for run in runs(phrases, self.longest):
            audio, found = self._say(run, voice, speed)
            times += [(start + at, end + at) for start, end in found]
            parts.append(audio)
            at += len(audio)
        pcm = as_bytes(np.concatenate(parts), request.get("gain", 0.0))
        return {"rate": self.rate, "samples": at, "words": times}, pcm

    def _phrase(self, words: Sequence[str], voice: str) -> Phrase:
        mark = words[-1][len(words[-1].rstrip(MARKS)) :]
        return self.tokens([word.strip(MARKS) for word in words], mark, voice)

    def _say(self, run: Sequence[Phrase], voice: str, speed: float) -> tuple[Samples, Spans]:
        """One run of the model. Raises ArithmeticError when its durations do not sum to its audio."""
        tokens, spans = laid_out(run, self.space)
        audio, edges = self.infer(tokens, voice, speed)
        if len(edges) != len(tokens) + 1 or edges[-1] > len(audio):
            raise ArithmeticError(f"durations give {edges[-1]} samples, the audio has {len(audio)}")
        return trim(audio, [(int(edges[first]), int(edges[last])) for first, last in spans], self.rate)


def phrases_of(words: Sequence[str]) -> list[list[str]]:
    """Words in groups that end at a mark."""
    phrases: list[list[str]] = [[]]
    for word in words:
        phrases[-1].append(word)
        if word[-1] in MARKS:
            phrases.append([])
    return [phrase for phrase in phrases if phrase]


def runs(phrases: Iterable[Phrase], longest: int) -> Iterator[list[Phrase]]:
    """Phrases in groups that fit the model; a phrase that is too long alone is cut between words."""
    group: list[Phrase] = []
    for phrase in (piece for whole in phrases for piece in cut(whole, longest)):
        if group and sum(one.size for one in group) + phrase.size > longest:
            yield group
            group = []
        group.append(phrase)
    if group:
        yield group


def cut(phrase: Phrase, longest: int) -> Iterator[Phrase]:
    """The phrase itself, or pieces of it that fit, filled word by word. A word longer than the model is shortened."""
    held: list[tuple[int, ...]] = []
    size = len(phrase.mark)
    for word in (word[: longest // 2] for word in phrase.words):
        if held and size + len(word) + 1 > longest:
            yield Phrase(tuple(held), ())
            held, size = [], len(phrase.mark)
        held.append(word)
        size += len(word) + 1
    yield Phrase(tuple(held), phrase.mark)


def laid_out(run: Sequence[Phrase], space: int) -> tuple[list[int], Spans]:
    """All tokens, and for each word the numbers of its first token and of the one after it."""
    tokens: list[int] = []
    spans: Spans = []
    for phrase in run:
        for word in phrase.words:
            if tokens:
                tokens.append(space)
            spans.append((len(tokens), len(tokens) + len(word)))
            tokens += word
        tokens += phrase.mark
    return tokens, spans
