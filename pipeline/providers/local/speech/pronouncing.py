"""A phrase of spoken words to IPA, word by word: by espeak, and as the lexicon says between slashes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.providers.local.speech import espeak
from pipeline.providers.local.speech.phonemes import by_word

GIVEN = re.compile(r"/(.+)/('s)?")  # /hɜːˈmaɪəni/, /her-MY-oh-nee/, /kæt/'s
RESPELT = re.compile(r"[A-Za-z'-]+")
TIED = (
    ("aɪ", "a^ɪ"),
    ("aʊ", "a^ʊ"),
    ("eɪ", "e^ɪ"),
    ("oʊ", "o^ʊ"),
    ("əʊ", "ə^ʊ"),
    ("ɔɪ", "ɔ^ɪ"),
    ("tʃ", "t^ʃ"),
    ("dʒ", "d^ʒ"),
)
SIGNS = str.maketrans({"'": "ˈ", ",": "ˌ", ":": "ː", "g": "ɡ", "\u0361": None, ".": None, "-": None})
HISSING, VOICELESS = ("s", "z", "ʃ", "ʒ"), ("p", "t", "k", "f", "θ")


def pronounced(words: Sequence[str], voice: str) -> list[str]:
    """Tied IPA of each word (without marks), said as one phrase by espeak's `voice`."""
    given = [GIVEN.fullmatch(word) for word in words]
    plain = [_letters(found.group(1)) if found else word for word, found in zip(words, given, strict=True)]
    said = by_word(plain, lambda text: espeak.phonemes(text, voice))
    return [
        _given(found.group(1), voice) + _possessive(_given(found.group(1), voice), bool(found.group(2)))
        if found
        else own
        for own, found in zip(said, given, strict=True)
    ]


def _letters(text: str) -> str:
    """Something for the word's neighbours to lean on."""
    return text.replace("-", "").lower() if RESPELT.fullmatch(text) else "name"


@lru_cache(maxsize=512)
def _given(text: str, voice: str) -> str:
    """IPA as it stands; a respelling part by part, the parts in capitals stressed."""
    if not RESPELT.fullmatch(text):
        for loose, tied in TIED:
            text = text.replace(loose, tied)
        return text.translate(SIGNS)
    parts = [("ˈ" if part.isupper() else "") + _part(part.lower(), voice) for part in text.split("-") if part]
    return "".join(parts)


def _part(part: str, voice: str) -> str:
    return "".join(espeak.phonemes(part, voice)).replace("ˈ", "").replace("ˌ", "")


def _possessive(ipa: str, wanted: bool) -> str:
    if not wanted:
        return ""
    return "ɪz" if ipa.endswith(HISSING) else "s" if ipa.endswith(VOICELESS) else "z"
