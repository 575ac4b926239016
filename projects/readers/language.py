"""The language of a book: as the file says, else by its script, else by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"), ("ko", r"[\uac00-\ud7af]"), ("zh", r"[\u4e00-\u9fff]"), ("ru", r"[\u0400-\u04ff]"), ("el", r"[\u0370-\u03ff]"),
    ("he", r"[\u0590-\u05ff]"), ("ar", r"[\u0600-\u06ff]"), ("hi", r"[\u0900-\u097f]"), ("th", r"[\u0e00-\u0e7f]"),
)  # fmt: skip
_SMALL = {
    "en": "the and of to was that his with had it is for you not",
    "fr": "le la les et des est une dans que qui pas vous il ne",
    "de": "der die und das nicht ist ein ich sie er mit den dem zu",
    "es": "el la que y los en un una por con no las su lo",
    "it": "il che di e la non un per gli una è con si della",
    "pt": "o que e de não uma os com um para as do da em",
    "nl": "de het een en van niet dat ik hij zijn met was te op",
    "sv": "och att det som en han inte var med jag på hon för sig",
    "da": "og at det som en han ikke var med jeg på hun for sig",
    "fi": "ja on hän ei että oli se mutta kun niin hänen minä",
    "pl": "i w na się nie że z do to jest jak ale co był",
    "cs": "a se v na je že to s z do jsem ale jak by bylo",
    "hu": "a az és hogy nem is egy volt de mint meg már csak ez",
    "la": "et in est non ad cum ut qui quod sed per ex",
}
_NAMES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "swedish": "sv", "danish": "da", "finnish": "fi",
    "polish": "pl", "latin": "la", "chinese": "zh", "japanese": "ja", "russian": "ru", "greek": "el", "hebrew": "he", "arabic": "ar", "esperanto": "eo", "hungarian": "hu",
    "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "jpn": "ja", "zho": "zh", "chi": "zh",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")


def settle(said: str, text: str) -> str:
    """A BCP 47 tag: `said` when it names one (by name or three letters, too), else guessed from `text`."""
    said = said.strip()
    first = re.split(r"[,;/ ]", said)[0]
    if first.lower() in _NAMES:
        return _NAMES[first.lower()]
    return said.replace("_", "-") if _TAG.match(said) and said.lower() not in ("und", "zxx", "mul") else guess(text)


def guess(text: str) -> str:
    """The likeliest language of a text; English when nothing speaks."""
    letters = sum(c.isalpha() for c in text) or 1
    for tag, script in _SCRIPTS:
        share = len(re.findall(script, text)) / letters
        if share > (0.1 if tag == "ja" else 0.3):
            return tag
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {tag: sum(words[w] for w in small.split()) for tag, small in _SMALL.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] > 0 else "en"
