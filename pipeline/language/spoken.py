"""Narration as a voice should read it, token by token, so that every caption word knows the words that are said for it."""

from __future__ import annotations

from collections.abc import Sequence

Lexicon = Sequence[tuple[str, str]]  # (written, said as)


def pieces(text: str, language: str = "en", lexicon: Lexicon = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Each word of the author (parted by spaces) with the words said for it, none for a lone dash or ornament."""
    return [(word, tuple(word.replace("—", "— ").split())) for word in text.split()]


def spoken(text: str, language: str = "en", lexicon: Lexicon = ()) -> str:
    """What the voice reads for `text`."""
    return " ".join(word for _, said in pieces(text, language, lexicon) for word in said)


def align(text: str, said: str, language: str = "en", lexicon: Lexicon = ()) -> list[tuple[str, range]]:
    """Each word of `text` with the range of the words of `said` (as `spoken` made it) that are said for it."""
    places, at = [], 0
    for word, own in pieces(text, language, lexicon):
        places.append((word, range(at, at + len(own))))
        at += len(own)
    return places
