"""Narration as a voice should read it, token by token, so that every caption word knows the words said for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language import spoken_numbers as numbers
from pipeline.language import spoken_words
from pipeline.language.spoken_atoms import Atom, atoms, captions
from pipeline.language.spoken_lexicon import Lexicon, replaced
from pipeline.language.spoken_tables import OTHER_LANGUAGES

Pieces = list[tuple[str, tuple[str, ...]]]
DIGITS = re.compile(r"\d[\d.,\u202f\u00a0]*\d|\d")
NUMBERED = frozenset(("en", "fr", "es", "it", "pt", "de"))  # languages whose figures are put into words here


def pieces(text: str, language: str = "en", lexicon: Lexicon = ()) -> Pieces:
    """Each word of the author with the words said for it: none for a lone dash or an ornament.

    Words are parted by space; in a script without spaces the phrases up to their marks stand for words.
    """
    base = language.lower().replace("_", "-").partition("-")[0]
    return [piece for line in text.split("\n") for piece in _line(line, base, lexicon)]


def spoken(text: str, language: str = "en", lexicon: Lexicon = ()) -> str:
    """What the voice reads: words with at most one mark (,.;:!?—…) each; lines stay lines and paragraphs paragraphs,
    for they are paused after.

    /hɜːˈmaɪəni/ is IPA and /her-MY-oh-nee/ a respelling: both come from the lexicon.
    """
    base = language.lower().replace("_", "-").partition("-")[0]
    lines = (" ".join(word for _, said in _line(line, base, lexicon) for word in said) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def needed(text: str, language: str, lexicon: Lexicon) -> Lexicon:
    """Those entries of `lexicon` that are laid over a word of `text`."""
    base = language.lower().replace("_", "-").partition("-")[0]
    lines = [captions(line, base) for line in text.split("\n")]
    return [e for e in lexicon if any(replaced(atoms(words, english=base == "en"), [e]) for words in lines)]


def align(text: str, said: str, language: str = "en", lexicon: Lexicon = ()) -> list[tuple[str, range]]:
    """Each word of `text` with the range of the words of `said` that are said for it; ranges follow each other.

    Exact when `said` is `spoken(text, ...)`; a `said` written by hand is laid along the text evenly by letters.
    """
    made = pieces(text, language, lexicon)
    words = said.split()
    if [word for _, own in made for word in own] != words:
        return _laid_along([word for word, _ in made], words)
    places, at = [], 0
    for word, own in made:
        places.append((word, range(at, at + len(own))))
        at += len(own)
    return places


def _line(line: str, language: str, lexicon: Lexicon) -> Pieces:
    words = captions(line, language)
    found = atoms(words, english=language == "en")
    said: list[list[str]] = [[] for _ in words]
    fixed = replaced(found, lexicon)
    for at, atom in enumerate(found):
        own = fixed[at] if at in fixed else _said(found, at, language)
        if own:
            said[atom.caption] += [*own[:-1], own[-1] + atom.mark]
    return [(word, tuple(own)) for word, own in zip(words, said, strict=True)]


def _said(run: Sequence[Atom], at: int, language: str) -> list[str]:
    return spoken_words.said(run, at) if language == "en" else _elsewhere(run, at, language)


def _elsewhere(run: Sequence[Atom], at: int, language: str) -> list[str]:
    """Another language: its few abbreviations, and its figures by num2words (or by the voice itself)."""
    core, table = run[at].core, OTHER_LANGUAGES.get(language, {})
    if run[at].pointed and core + "." in table:
        run[at].drop_point()
        return table[core + "."].split()
    if core in table:
        return table[core].split()
    if language not in NUMBERED or not DIGITS.fullmatch(core):
        return [core]
    return numbers.foreign(core, language).split() or [core]


def _laid_along(captions: Sequence[str], words: Sequence[str]) -> list[tuple[str, range]]:
    """Shares `words` out over `captions` by their letters."""
    ends, size = [], 0
    for word in words:
        size += len(word)
        ends.append(size)
    total, seen, at, places = sum(map(len, captions)) or 1, 0, 0, []
    for number, caption in enumerate(captions, 1):
        seen += len(caption)
        stop = sum(end * total <= (seen + len(caption) / 4) * size for end in ends)
        stop = len(words) if number == len(captions) else max(at, stop)
        places.append((caption, range(at, stop)))
        at = stop
    return places
