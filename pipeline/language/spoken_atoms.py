"""Cuts the author's words into atoms: a core to say, and the marks that a voice heeds after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.language.spoken_tables import APOSTROPHE_FIRST, FRACTIONS, SIGNS

DASHES = "—―–-"
OPENING = "“‘\"'«‹([{<¿¡*_„‚「『《" + DASHES
CLOSING = "”’\"'»›)]}>*_“」』》" + DASHES
NOTES = "†‡¹²³⁴⁵⁶⁷⁸⁹⁰"  # signs of a footnote
STOPS = ".,;:!?…。、，！？；：।"
SPLIT = re.compile(r"(—|―|-{2,}|(?<!\d)–|–(?!\d)|…|\.{3,})")
NOTE = re.compile(r"\[(\d+|[a-z*]|\.{3}|…|Illustration.*)\]")  # a footnote's number, an omission
FOREIGN = str.maketrans("。、，！？；：।", ".,,!?;:.")
UNSPACED = frozenset(("ja", "zh", "th", "lo", "km", "my", "bo"))
PHRASE = re.compile(r"[^、。，！？；：…]+[、。，！？；：…」』）】]*|[、。，！？；：…]+")
LIGATURES = str.maketrans({"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ſ": "s", "ĳ": "ij"})
RANK = "?!….—:;,"  # of several marks the first of these is heard


@dataclass(slots=True)
class Atom:
    """`caption`: which of the author's words it belongs to. `after`: the marks behind `core`, its point first."""

    caption: int
    core: str
    after: str = ""
    opens: bool = False  # a bracket opens before it: a short pause is heard there
    shielded: bool = False  # in quotes, or otherwise not the plain run of text

    @property
    def pointed(self) -> bool:
        return self.after.startswith(".")

    @property
    def mark(self) -> str:
        """The one mark of several that is heard."""
        return next((mark for mark in RANK if mark in self.after), "")

    def drop_point(self) -> None:
        """The point was the abbreviation's own."""
        self.after = self.after.removeprefix(".")


def captions(line: str, language: str) -> list[str]:
    """The author's words: parted by space; where a script has none, its phrases up to their marks."""
    if language not in UNSPACED:
        return line.split()
    return [phrase for word in line.split() for phrase in PHRASE.findall(word)]


def atoms(words: Sequence[str], english: bool = True) -> list[Atom]:
    """All atoms of the author's words in order. A caption word with nothing to say has none; its mark goes to the one before."""
    found: list[Atom] = []
    for number, word in enumerate(words):
        for piece, joint in _pieces(NOTE.sub("", _folded(word, english))):
            atom = _atom(number, piece, joint)
            if atom.core:
                found.append(atom)
            elif found:
                found[-1].after += atom.after
    for before, following in pairwise(found):
        before.after += "," if following.opens else ""
    return found


def _folded(word: str, english: bool) -> str:
    plain = "".join(unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in word)
    plain = unicodedata.normalize("NFC", plain).replace("\u00ad", "").replace("\u200b", "").replace("−", "-")
    return plain.translate(LIGATURES) if english else plain


def _pieces(word: str) -> list[tuple[str, str]]:
    """Parts of a word around its dashes and dots, each with the joint after it."""
    parts = SPLIT.split(word)
    joints = ["" if not part else "…" if part[0] in ".…" else "—" for part in parts[1::2]]
    return list(zip(parts[::2], [*joints, ""], strict=True))


def _atom(caption: int, piece: str, joint: str) -> Atom:
    head = _head(piece)
    body = piece[head:]
    core = body.rstrip(STOPS + CLOSING + NOTES)
    if not any(c.isalnum() for c in core) and core not in SIGNS and core not in FRACTIONS:
        core = ""
    tail = body[len(core) :].translate(FOREIGN)
    lone_dash = "—" if piece and not piece.strip(DASHES) else ""
    after = "".join(c for c in tail if c in STOPS) + ("," if ")" in tail else "") + joint + lone_dash
    return Atom(
        caption,
        core.replace("’", "'").replace("‘", "'"),
        after,
        "(" in piece[:head] or "[" in piece[:head],
        '"' in piece or "“" in piece,
    )


def _head(piece: str) -> int:
    """How much stands before the core; an apostrophe of 'tis or '60s and the minus of -5 belong to the core."""
    head = len(piece) - len(piece.lstrip(OPENING + NOTES))
    rest = piece[head:]
    if head and piece[head - 1] in "'’‘":
        bare = re.match(r"[A-Za-z]+|\d0s", rest)
        return head - 1 if bare and (bare.group().lower() in APOSTROPHE_FIRST or bare.group()[0].isdigit()) else head
    return head - 1 if head and piece[head - 1] == "-" and rest[:1].isdigit() else head
