"""espeak's phonemes in the spelling that Kokoro learnt from (after the symbols of misaki, Apache-2.0)."""

from __future__ import annotations

import re

ENGLISH = (
    ("ʔˌn\u0329", "tn"), ("ʔn\u0329", "tn"), ("ʔn", "tn"), ("ʔ", "t"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"),
    ("t^ʃ", "ʧ"), ("e^ɪ", "A"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"),
    ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""), ("r", "ɹ"),
)  # fmt: skip
BRITISH = (("e^ə", "ɛː"), ("i^ə", "ɪə"), ("iə", "ɪə"), ("ə^ʊ", "Q"), ("e", "A"))
AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""), ("ɾ", "T"), ("e", "A"))
OTHER = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("ə^ʊ", "Q"), ("s^s", "S"),
    ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"),
)  # fmt: skip
SYLLABIC = re.compile("(\\S)\u0329")


def kokoro_spelling(ipa: str, language: str) -> str:
    """One word's tied IPA as Kokoro's symbols. `language` is "en-us", "en-gb" or another."""
    if not language.startswith("en"):
        return _replaced(ipa, OTHER).replace("^", "")
    marked = SYLLABIC.sub("ᵊ\\1", _replaced(ipa, ENGLISH)).replace("\u0329", "")
    return _replaced(marked, BRITISH if language == "en-gb" else AMERICAN).replace("^", "")


def english_word(word: str, symbols: str) -> str:
    """Little words as Kokoro learnt them: "I" has a weight of its own, the article its own vowel."""
    if word in ("a", "an") and symbols[:1] == "ə":
        return "ɐ" + symbols[1:]
    return "ˌ" + symbols if word.startswith("I") and symbols[:1] == "I" else symbols


def _replaced(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for old, new in table:
        text = text.replace(old, new)
    return text
