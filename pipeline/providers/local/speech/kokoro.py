"""Kokoro-82M in its host process: spoken words in, 24 kHz samples and exact word times out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech import espeak, kokoro_parts
from pipeline.providers.local.speech.kokoro_phonemes import kokoro_spelling
from pipeline.providers.local.speech.phonemes import by_word
from pipeline.providers.local.speech.trimming import trim

RATE = 24_000
FRAME = 600  # samples a frame of the durations
LONGEST = 508  # tokens of one run of the model: 510 less its two pads
MARKS = ",.;:!?—…"
LANGUAGES = {  # first letter of a voice: language of Kokoro, voice of espeak
    "a": ("en-us", "en-us"), "b": ("en-gb", "en-gb-x-rp"), "e": ("es", "es"), "f": ("fr-fr", "fr-fr"),
    "h": ("hi", "hi"), "i": ("it", "it"), "p": ("pt-br", "pt-br"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words up to a mark: the tokens of each word, the mark's tokens after the last."""

    words: tuple[tuple[int, ...], ...]
    mark: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(len(word) + 1 for word in self.words) + len(self.mark)


class Engine:
    """Loads once. A request: {"words", "voice", "speed"}; words carry their marks ("rabbit,")."""

    def __init__(self) -> None:
        self.voices = np.load(kokoro_parts.voices_file())
        self.vocabulary = kokoro_parts.vocabulary()
        espeak.library()
        self.session = _session(str(kokoro_parts.timed_model()))
        self.style = lru_cache(maxsize=16)(lambda name: self.voices[name])

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        words, voice, speed = request["words"], request["voice"], float(request.get("speed", 1.0))
        if voice not in self.voices:
            raise Missing(f"Kokoro has no voice {voice!r}")
        parts: list[NDArray[np.float32]] = []
        times: list[tuple[int, int]] = []
        at = 0
        for run in runs(self._phrases(words, voice)):
            audio, found = self._say(run, voice, speed)
            times += [(start + at, end + at) for start, end in found]
            parts.append(audio)
            at += len(audio)
        pcm = np.round(np.clip(np.concatenate(parts), -1, 1) * 32767).astype("<i2")
        return {"rate": RATE, "samples": len(pcm), "words": times}, pcm.tobytes()

    def _phrases(self, words: Sequence[str], voice: str) -> Iterator[Phrase]:
        language, espeak_voice = LANGUAGES[voice[0]]
        for phrase in phrases_of(words):
            bare = [word.strip(MARKS) for word in phrase]
            mark = phrase[-1][len(phrase[-1].rstrip(MARKS)) :]
            said = by_word(bare, lambda text: espeak.phonemes(text, espeak_voice))
            yield Phrase(tuple(self._tokens(kokoro_spelling(one, language)) for one in said), self._tokens(mark))

    def _tokens(self, symbols: str) -> tuple[int, ...]:
        return tuple(self.vocabulary[symbol] for symbol in symbols if symbol in self.vocabulary)

    def _say(
        self, run: Sequence[Phrase], voice: str, speed: float
    ) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
        """One run of the model. Raises ArithmeticError when its durations do not sum to its audio."""
        tokens, spans = laid_out(run, self.vocabulary[" "])
        style = self.style(voice)[min(len(tokens), kokoro_parts.STYLES) - 1].reshape(1, -1)
        feed = {"tokens": np.array([[0, *tokens, 0]], np.int64), "style": style, "speed": np.array([speed], np.float32)}
        audio, frames = self.session.run(["audio", kokoro_parts.DURATIONS], feed)
        edges = np.cumsum(np.round(frames.ravel()).astype(np.int64)) * FRAME
        audio = audio.ravel()
        if edges[-1] != len(audio):
            raise ArithmeticError(f"durations give {edges[-1]} samples, the audio has {len(audio)}")
        return trim(audio, [(int(edges[first]), int(edges[last])) for first, last in spans], RATE)


def _session(path: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def phrases_of(words: Sequence[str]) -> list[list[str]]:
    """Words in groups that end at a mark."""
    phrases: list[list[str]] = [[]]
    for word in words:
        phrases[-1].append(word)
        if word[-1] in MARKS:
            phrases.append([])
    return [phrase for phrase in phrases if phrase]


def runs(phrases: Iterator[Phrase]) -> Iterator[list[Phrase]]:
    """Phrases in groups that fit the model; a phrase that is too long alone is cut between words."""
    group: list[Phrase] = []
    for phrase in (piece for whole in phrases for piece in cut(whole)):
        if group and sum(one.size for one in group) + phrase.size > LONGEST:
            yield group
            group = []
        group.append(phrase)
    if group:
        yield group


def cut(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase itself, or as few pieces of it as fit, of about the same length."""
    pieces = -(-phrase.size // (LONGEST - 40))
    share = -(-len(phrase.words) // pieces)
    for start in range(0, len(phrase.words), share):
        last = start + share >= len(phrase.words)
        yield Phrase(phrase.words[start : start + share], phrase.mark if last else ())


def laid_out(run: Sequence[Phrase], space: int) -> tuple[list[int], list[tuple[int, int]]]:
    """All tokens, and for each word the numbers of its first token and of the one after it (the leading pad is not counted)."""
    tokens: list[int] = []
    spans: list[tuple[int, int]] = []
    for phrase in run:
        for number, word in enumerate(phrase.words):
            if tokens:
                tokens.append(space)
            spans.append((len(tokens), len(tokens) + len(word)))
            tokens += word
            if number == len(phrase.words) - 1:
                tokens += phrase.mark
    return tokens, spans
