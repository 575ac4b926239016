"""Words in the run of English text: titles, abbreviations, initials, Roman numerals, capitals of emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language import spoken_numbers as numbers
from pipeline.language.spoken_atoms import Atom
from pipeline.language.spoken_figures import core_of, figures, half_day
from pipeline.language.spoken_tables import (
    ACRONYMS,
    ANYWHERE,
    BEFORE_NUMBER,
    RULERS,
    RULING,
    SECTIONS,
    SIGNS,
    SMALL_WORDS,
    TITLES,
    WITHOUT_POINT,
)  # fmt: skip

DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
LETTER = re.compile(r"[A-Z]")
PIECES = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z']+")
SPECIAL = {"AD": "A.D", "BC": "B.C", "BCE": "B.C.E", "CE": "C.E", "o'": "o'", "'n": "and", "n": "n"}
VOWELS = set("AEIOUY")
INSIDE = frozenset(("e.g", "i.e", "eg", "ie", "viz", "vs", "cf"))  # never end a sentence
BEHIND_ROMAN_I = frozenset(("of", "is", "has", "begins", "opens", "ends", "tells", "contains", "covers"))


def said(run: Sequence[Atom], at: int) -> list[str]:
    """What is said for `run[at]`; its marks are mended in passing when its point was an abbreviation's."""
    core = run[at].core
    for rule in (_sign, _title, _saint, half_day, _abbreviation, _before_number, _dotted, _initial, _roman, figures):
        if words := rule(run, at):
            return words.split()
    return _several(run, at) or [_cased(run, at, core)]


def _sign(run: Sequence[Atom], at: int) -> str:
    return SIGNS.get(run[at].core, "")


def _capital(run: Sequence[Atom], at: int) -> bool:
    return core_of(run, at)[:1].isupper()


def _title(run: Sequence[Atom], at: int) -> str:
    """Before a name; "Dr" behind a street's name is a drive."""
    core, pointed = run[at].core, run[at].pointed
    name = core[:1] + core[1:].lower() if core.isupper() else core
    certain = pointed and name in WITHOUT_POINT - {"Dr"} and at + 1 < len(run)
    if name not in TITLES or not (certain or ((pointed or name in WITHOUT_POINT) and _capital(run, at + 1))):
        return ""
    if name in {"Jr", "Sr"} and _capital(run, at - 1):
        return ""
    run[at].drop_point()
    return TITLES[name]


def _saint(run: Sequence[Atom], at: int) -> str:
    """ "St. Paul" is a saint; "Baker St." a street: there is a name before it and none behind."""
    core = run[at].core
    if core not in {"St", "Dr", "Sts"} or not (run[at].pointed or _capital(run, at + 1)):
        return ""
    street = (
        _capital(run, at - 1)
        and not run[at - 1].mark
        and core_of(run, at - 1) not in RULING | {"The", "In", "At", "To", "And"}
    )
    if _capital(run, at + 1) and not (street and (len(run[at].after) > 1 or core_of(run, at - 2).isdigit())):
        run[at].drop_point()
        return {"St": "Saint", "Sts": "Saints", "Dr": "Doctor"}[core]
    if at + 1 < len(run) and not _capital(run, at + 1):
        run[at].drop_point()
    return {"St": "Street", "Dr": "Drive" if street else "Doctor"}.get(core, "") if run[at].pointed or street else ""


def _abbreviation(run: Sequence[Atom], at: int) -> str:
    """With its point only; the point ends the sentence when a capital or nothing follows."""
    core = run[at].core
    name = ANYWHERE.get(core) or (
        ANYWHERE.get(core.lower()) if core.lower() in {"e.g", "i.e", "etc", "viz", "vs"} else ""
    )
    if not name or not run[at].pointed:
        return ""
    if (
        (at + 1 < len(run) and not _capital(run, at + 1))
        or core.lower() in {"e.g", "i.e", "viz", "vs", "cf"}
        or name[0].isupper()
    ):
        keep = at + 1 == len(run)
        run[at].after = run[at].after if keep else run[at].after.removeprefix(".")
    return name


def _before_number(run: Sequence[Atom], at: int) -> str:
    name, following = BEFORE_NUMBER.get(run[at].core, ""), core_of(run, at + 1)
    if not name or not run[at].pointed or not (following[:1].isdigit() or numbers.roman(following.upper())):
        return ""
    run[at].drop_point()
    return name


def _dotted(run: Sequence[Atom], at: int) -> str:
    """ "U.S.A." keeps its inner points: so every voice reads letters."""
    if not DOTTED.fullmatch(run[at].core):
        return ""
    if at + 1 < len(run) and (not _capital(run, at + 1) or len(run[at].core) <= 3 or _capital(run, at - 1)):
        run[at].drop_point()
    return run[at].core.upper()


def _initial(run: Sequence[Atom], at: int) -> str:
    """ "J." before a name. "I." is none but among other initials."""
    core = run[at].core
    if not LETTER.fullmatch(core) or not run[at].pointed or not _capital(run, at + 1) or len(run[at].after) > 1:
        return ""
    others = any(LETTER.fullmatch(core_of(run, near)) and core_of(run, near) != "I" for near in (at - 1, at + 1))
    if core == "I" and not others:
        return ""
    run[at].drop_point()
    return core


def _roman(run: Sequence[Atom], at: int) -> str:
    """After a section it counts, after a ruler it ranks. A lone I is a numeral only where it can't be the pronoun."""
    core, own = run[at].core.removesuffix("'s"), run[at].core.endswith("'s")
    before = core_of(run, at - 1)
    section = before.lower() in SECTIONS and not run[at - 1].mark.strip(".")
    value = numbers.roman(core) or (numbers.roman(core.upper()) if section and len(core) > 1 and core.islower() else 0)
    if not value or (core == "I" and not _numeral_i(run, at, own)):
        return ""
    if section or len(run) == 1:
        return numbers.count(str(value)) + ("'s" if own else "")
    if core_of(run, at + 1).lower() in {"century", "dynasty", "legion", "olympiad"}:
        return numbers.ordinal(value)
    if before in RULERS and not run[at - 1].mark:
        return f"the {numbers.ordinal(value)}" + ("'s" if own else "")
    return numbers.count(str(value)) if len(core) > 1 and set(core) <= set("IVX") else ""


def _numeral_i(run: Sequence[Atom], at: int, own: bool) -> bool:
    before, mark = core_of(run, at - 1), run[at].mark
    if len(run) == 1:
        return mark == "." and not run[at].shielded
    behind = core_of(run, at + 1)
    if not before[:1].isupper() or run[at - 1].mark.strip("."):
        return False
    ends = own or bool(mark) or at + 1 == len(run) or behind.lower() in BEHIND_ROMAN_I
    if before.lower() in SECTIONS:
        return ends or not behind.islower()
    return before in RULERS and (own or behind == "of" or core_of(run, at - 2) in RULING)


def _several(run: Sequence[Atom], at: int) -> list[str]:
    """ "and/or", "A4", "john@home": parts are said one after the other."""
    core = run[at].core
    if not any(c.isdigit() or c in "/@&+_~" for c in core):
        return []
    words: list[str] = []
    for part in re.split(r"([&@+])", core):
        words += SIGNS.get(part, "").split() or [_part(piece) for piece in PIECES.findall(part) or [part]]
    return [word for phrase in words for word in phrase.split()]


def _part(piece: str) -> str:
    return numbers.count(piece) if piece[0].isdigit() else piece


def _cased(run: Sequence[Atom], at: int, core: str) -> str:
    """Capitals of emphasis come down, acronyms stay."""
    if core in SPECIAL:
        return SPECIAL[core]
    letters = sum(c.isalpha() for c in core)
    if not core.isupper() or core == "I" or (letters < 2 and not _among_shouts(run, at)) or _is_acronym(run, at, core):
        return core
    opening = at == 0 or run[at - 1].mark in {".", "!", "?"}
    return core.capitalize() if opening or core.startswith("I'") else core.lower()


def _is_acronym(run: Sequence[Atom], at: int, core: str) -> bool:
    """Letters that can't be a word; short ones unless they are small words or stand among shouted ones."""
    bare = core.removesuffix("'S")
    if not bare.isalpha():
        return False
    if bare in ACRONYMS:
        return not (bare.lower() in SMALL_WORDS and _among_shouts(run, at))
    if len(bare) <= 3:
        return bare.lower() not in SMALL_WORDS and not (_among_shouts(run, at) and set(bare) & VOWELS)
    return not set(bare) & VOWELS


def _among_shouts(run: Sequence[Atom], at: int) -> bool:
    """Whether a neighbour is a common word in capitals."""
    return any(_shout(core_of(run, near)) for near in (at - 1, at + 1))


def _shout(core: str) -> bool:
    if len(core) < 2 or not core.isupper() or any(c.isdigit() for c in core):
        return False
    return core.lower() in SMALL_WORDS or (len(core) > 3 and core not in ACRONYMS and bool(set(core) & VOWELS))
