"""Nouns to drawings: a curated table first, then the names of the drawings, then nearness of meaning.

A drawing is named by a character of the font ("🔑") or by the name of one of our own props ("lighthouse").
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

from pipeline.language.vectors import vectors

from . import aliases
from .glyphs import has, tints

NEAR = 0.68  # cosine from which a noun is taken to mean a drawing
BANNED_RANGES = (
    (0x2190, 0x21FF), (0x2300, 0x231A), (0x23CF, 0x23CF), (0x23E9, 0x23EF), (0x23F8, 0x24FF), (0x25A0, 0x25FF), (0x2611, 0x2611),
    (0x261D, 0x261D), (0x2622, 0x2626), (0x262A, 0x262F), (0x2638, 0x263A), (0x2640, 0x2653), (0x2660, 0x2668), (0x267B, 0x267F),
    (0x2695, 0x2695), (0x269B, 0x26A0), (0x26A7, 0x26AB), (0x26CE, 0x26D4), (0x26F7, 0x26F9), (0x2705, 0x2705), (0x270A, 0x270D),
    (0x2714, 0x2721), (0x2733, 0x2734), (0x2747, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B1C), (0x2B55, 0x3299), (0x1F004, 0x1F1FF),
    (0x1F200, 0x1F251), (0x1F30D, 0x1F310), (0x1F311, 0x1F31C), (0x1F321, 0x1F321), (0x1F3A5, 0x1F3A7), (0x1F3C0, 0x1F3D3), (0x1F3E7, 0x1F3EA),
    (0x1F3EC, 0x1F3EC), (0x1F3FB, 0x1F3FF), (0x1F442, 0x1F450), (0x1F463, 0x1F483), (0x1F485, 0x1F48B), (0x1F48F, 0x1F48F), (0x1F491, 0x1F491),
    (0x1F493, 0x1F4AF), (0x1F4B0, 0x1F4B9), (0x1F4BD, 0x1F4D1), (0x1F4DB, 0x1F4DB), (0x1F4DD, 0x1F4E6), (0x1F4E7, 0x1F4E9), (0x1F4F1, 0x1F4F6),
    (0x1F500, 0x1F50D), (0x1F515, 0x1F515), (0x1F517, 0x1F524), (0x1F52F, 0x1F53D), (0x1F549, 0x1F549), (0x1F550, 0x1F567), (0x1F574, 0x1F575),
    (0x1F57A, 0x1F590), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5D3), (0x1F5DC, 0x1F5DC), (0x1F5E3, 0x1F5F3), (0x1F5FE, 0x1F64F), (0x1F680, 0x1F681),
    (0x1F68F, 0x1F693), (0x1F695, 0x1F696), (0x1F6A5, 0x1F6A9), (0x1F6AB, 0x1F6B1), (0x1F6B3, 0x1F6C5), (0x1F6D0, 0x1F6D2), (0x1F6D7, 0x1F6DC),
    (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F93E), (0x1F947, 0x1F949), (0x1F970, 0x1F97A), (0x1F9B0, 0x1F9B3), (0x1F9B5, 0x1F9BF), (0x1F9CC, 0x1F9E0),
    (0x1F9E1, 0x1F9E1), (0x1F9E7, 0x1F9E7), (0x1F9EA, 0x1F9EC), (0x1F9FE, 0x1F9FE), (0x1FA75, 0x1FA77), (0x1FA79, 0x1FA7C), (0x1FAA7, 0x1FAA7),
    (0x1FAAA, 0x1FAAF), (0x1FAC0, 0x1FAC5), (0x1FAE0, 0x1FAFF),
)  # fmt: skip
KEPT = frozenset(
    "🔔🔍👓👑👒👗👘👚👛👜👝👞👠👡👢👔👕👖👟👻💀👽👾💎💍💐🌍🔮💣💧💡📜📖📚📕📗📘📰📦🗺🧪⛄💼📷📯🔥🧚🧜🧞🧌🧙⭐🏇📔📒⌛⏳"
)


def drawable(char: str) -> bool:
    """No faces, hands, hearts, flags, signs, nor anything with writing on it."""
    code = ord(char)
    if char in KEPT:
        return True
    if code < 0x231A or char not in tints() or not has(char):
        return False
    return not any(a <= code <= b for a, b in BANNED_RANGES)


@lru_cache(1)
def names() -> dict[str, str]:
    """Name -> character, of everything that may be drawn."""
    found: dict[str, str] = {}
    for char in sorted(tints()):
        if drawable(char):
            name = (
                unicodedata.name(char, "").lower().replace(" symbol", "").replace("european ", "").replace("black ", "")
            )
            found.setdefault(name, char)
    return {n: c for n, c in found.items() if n}


@lru_cache(1)
def _lexicon() -> tuple[tuple[str, ...], tuple[str, ...], np.ndarray]:
    """All known words, the drawing of each, and their vectors."""
    table = {**names(), **aliases.THINGS}
    words = tuple(sorted(table))
    return words, tuple(table[w] for w in words), vectors([w.replace("-", " ") for w in words])


def singular(noun: str) -> str:
    if noun in aliases.THINGS or len(noun) < 4 or not noun.endswith("s") or noun.endswith("ss"):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("ves"):
        return noun[:-3] + "f"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1]


@lru_cache(4096)
def known(noun: str) -> str:
    """The drawing of a noun that is surely meant, or ""."""
    noun = noun.lower().strip()
    for word in (noun, singular(noun), noun.replace("-", " ")):
        if word in aliases.AVOID:
            return ""
        if word in aliases.THINGS:
            return aliases.THINGS[word]
        if word in names():
            return names()[word]
    parts = noun.replace("-", " ").split()
    if len(parts) > 1:
        return known(parts[-1]) or known(parts[0])
    return _compound(noun)


def _compound(noun: str) -> str:
    """ "blackbird" is a bird, "footbridge" a bridge: the longest noun of four letters or more that ends the word."""
    noun = singular(noun)
    if noun.endswith(("light", "line", "board")):
        return ""
    return next((aliases.THINGS[noun[i:]] for i in range(3, len(noun) - 3) if noun[i:] in aliases.THINGS), "")


@lru_cache(4096)
def drawing_of(noun: str) -> str:
    """The drawing that comes nearest to a noun, or "" when none is near enough."""
    sure = known(noun)
    if sure or not noun or singular(noun.lower()) in aliases.AVOID:
        return sure
    _, refs, rows = _lexicon()
    scores = rows @ vectors([noun.lower().replace("-", " ")])[0]
    best = int(np.argmax(scores))
    return refs[best] if scores[best] >= NEAR else ""


@lru_cache(512)
def nearest(word: str, choices: tuple[str, ...], least: float = 0.3) -> str:
    """The choice whose meaning is nearest to the word, or ""."""
    if not word:
        return ""
    scores = vectors([c.replace("_", " ") for c in choices]) @ vectors([word])[0]
    best = int(np.argmax(scores))
    return choices[best] if scores[best] >= least else ""
