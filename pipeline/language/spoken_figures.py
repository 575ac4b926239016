"""Figures in the run of English text: what stands before and after a number decides how it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language import spoken_numbers as numbers
from pipeline.language.spoken_atoms import Atom
from pipeline.language.spoken_tables import (
    AFTER_NUMBER,
    BEFORE_YEAR,
    FRACTIONS,
    MAGNITUDES,
    MONEY,
    MONTHS,
    PLURALS,
)  # fmt: skip

SIGNS = "".join(MONEY)
PRICE = re.compile(rf"(?:[A-Z]{{2}})?([{SIGNS}])(\d[\d,]*(?:\.\d+)?)(?:-(\w+))?")
CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(am|pm|a\.m|p\.m)?", re.I)
HOUR = re.compile(r"(\d{1,2})(am|pm|a\.m|p\.m)", re.I)
COINS = re.compile(r"(\d+)([sd])")  # shillings, pence
ORDINAL = re.compile(r"(\d[\d,]*)(st|nd|rd|th|d)", re.I)
DECADE = re.compile(r"'?(\d{2,4})'?s")
RANGE = re.compile(r"(\d[\d,.]*)[-–](\d[\d,.]*)(s|%)?")
PARTS = re.compile(r"(\d+)[/⁄](\d+)")
MIXED = re.compile(rf"(\d*)([{''.join(FRACTIONS)}])")
PERCENT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)%")
DEGREES = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)°([CF])?")
PLAIN = re.compile(r"(-?)(\d[\d,]*(?:\.\d+)?|\.\d+)('s)?")
GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)([A-Za-z]{1,3})")
WORDS_TOO = frozenset(("in", "l", "s", "d", "h", "pt", "mi"))  # units only with their point
HALF_DAYS = {"am", "pm", "a.m", "p.m"}
SCALES = {"C": "Celsius", "F": "Fahrenheit"}


def figures(run: Sequence[Atom], at: int) -> str:
    """The words of the figure at `run[at]`, "" when it is none."""
    core = run[at].core
    if not any(c.isdigit() for c in core) and not MIXED.fullmatch(core):
        return _after_price(run, at) or _after_number(run, at)
    for rule in (_price, _coins, _clock, _ordinal, _decade, _range, _parts, _mixed, _percent, _degrees, _plain, _glued):
        if said := rule(run, at):
            return said
    return ""


def core_of(run: Sequence[Atom], at: int) -> str:
    """The core at a place, "" beyond the ends."""
    return run[at].core if 0 <= at < len(run) else ""


def _price(run: Sequence[Atom], at: int) -> str:
    """A magnitude behind it ("£5 million") takes the coin to itself, and so does "-a-day"."""
    if not (found := PRICE.fullmatch(run[at].core)):
        return ""
    sign, digits, adjective = found.groups()
    if core_of(run, at + 1).lower() in MAGNITUDES and not run[at].mark:
        return numbers.count(digits)
    return numbers.money(sign, digits) + (f" {adjective}" if adjective else "")


def _after_price(run: Sequence[Atom], at: int) -> str:
    found = PRICE.fullmatch(core_of(run, at - 1))
    if not found or run[at].core.lower() not in MAGNITUDES or run[at - 1].mark:
        return ""
    return f"{run[at].core} {MONEY[found.group(1)][1]}"


def _after_number(run: Sequence[Atom], at: int) -> str:
    """A unit behind a number: "10 km", "6 ft."."""
    unit = AFTER_NUMBER.get(run[at].core)
    before = core_of(run, at - 1)
    if not unit or not any(kind.fullmatch(before) for kind in (PLAIN, MIXED, RANGE)) or run[at - 1].mark:
        return ""
    if run[at].core in WORDS_TOO and not run[at].pointed:
        return ""
    if at + 1 < len(run) and not core_of(run, at + 1)[:1].isupper():
        run[at].drop_point()
    return plural(unit) if before != "1" else unit


def plural(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    return f"{PLURALS.get(first) or first + 's'}{' ' + rest if rest else ''}"


def _coins(run: Sequence[Atom], at: int) -> str:
    """Old money: "5s." behind pounds or before pence, "2d." behind either."""
    found = COINS.fullmatch(run[at].core)
    before, behind = COINS.fullmatch(core_of(run, at - 1)), COINS.fullmatch(core_of(run, at + 1))
    if not found or not (PRICE.fullmatch(core_of(run, at - 1)) or before or behind):
        return ""
    if at + 1 < len(run) and (behind or not core_of(run, at + 1)[:1].isupper()):
        run[at].drop_point()
    coin = AFTER_NUMBER[found.group(2)]
    return f"{numbers.count(found.group(1))} {coin if found.group(1) == '1' else plural(coin)}"


def _clock(run: Sequence[Atom], at: int) -> str:
    """A point between hour and minute ("3.30") counts only with a.m. or p.m."""
    core = run[at].core
    if found := HOUR.fullmatch(core):
        return f"{numbers.count(found.group(1))} {_half(found.group(2))}"
    found = CLOCK.fullmatch(core)
    if not found or int(found.group(1)) > 24 or int(found.group(2)) > 59:
        return ""
    half = bool(found.group(3)) or core_of(run, at + 1).lower() in HALF_DAYS
    if ":" not in core and not half:
        return ""
    said = numbers.clock(int(found.group(1)), int(found.group(2)), half_day=half)
    return f"{said} {_half(found.group(3))}" if found.group(3) else said


def _half(text: str) -> str:
    return f"{text[0].upper()}.M"


def half_day(run: Sequence[Atom], at: int) -> str:
    """ "p.m." always, "pm" and "AM" only behind a figure; their point may end the sentence, too."""
    core = run[at].core
    if core.lower() not in HALF_DAYS or ("." not in core and not core_of(run, at - 1)[-1:].isdigit()):
        return ""
    if at + 1 < len(run) and not core_of(run, at + 1)[:1].isupper():
        run[at].drop_point()
    return _half(core)


def _ordinal(run: Sequence[Atom], at: int) -> str:
    found = ORDINAL.fullmatch(run[at].core)
    if not found or (found.group(2) == "d" and found.group(1)[-1] not in "23"):
        return ""
    return numbers.ordinal(int(found.group(1).replace(",", "")))


def _decade(run: Sequence[Atom], at: int) -> str:
    found = DECADE.fullmatch(run[at].core)
    return numbers.decade(int(found.group(1))) if found and found.group(1).endswith("0") else ""


def _range(run: Sequence[Atom], at: int) -> str:
    """ "1914-18" is years, "10-12" a range, "555-1234" a telephone."""
    found = RANGE.fullmatch(run[at].core)
    if not found:
        return ""
    low, high, tail = found.group(1), found.group(2), found.group(3) or ""
    if _year_like(low) and len(high) in (2, 4):
        return f"{numbers.year(int(low))} to {numbers.year(int(high)) if len(high) == 4 else numbers.count(high)}"
    telephone = "–" not in run[at].core and (len(low), len(high)) == (3, 4)
    if telephone or high[0] == "0" or float(low.replace(",", "")) >= float(high.replace(",", "")):
        return f"{numbers.one_by_one(low)} {numbers.one_by_one(high)}"
    return f"{numbers.count(low)} to {numbers.count(high)}" + {"%": " per cent", "s": "s"}.get(tail, "")


def _parts(run: Sequence[Atom], at: int) -> str:
    found = PARTS.fullmatch(run[at].core)
    if not found:
        return ""
    over, under = int(found.group(1)), int(found.group(2))
    if over < under <= 100 and under > 1:
        behind = core_of(run, at - 1)
        return ("and " if behind.isdigit() else "") + numbers.fraction(over, under)
    return f"{numbers.count(found.group(1))} {numbers.count(found.group(2))}"


def _mixed(run: Sequence[Atom], at: int) -> str:
    found = MIXED.fullmatch(run[at].core)
    if not found:
        return ""
    joined = "and " if not found.group(1) and core_of(run, at - 1).isdigit() else ""
    return joined + numbers.with_fraction(found.group(1), found.group(2))


def _percent(run: Sequence[Atom], at: int) -> str:
    found = PERCENT.fullmatch(run[at].core)
    return f"{_signed(found.group(1))} per cent" if found else ""


def _degrees(run: Sequence[Atom], at: int) -> str:
    found = DEGREES.fullmatch(run[at].core)
    return " ".join(filter(None, (_signed(found.group(1)), "degrees", SCALES.get(found.group(2))))) if found else ""


def _signed(digits: str) -> str:
    return ("minus " if digits.startswith("-") else "") + numbers.count(digits.removeprefix("-"))


def _plain(run: Sequence[Atom], at: int) -> str:
    found = PLAIN.fullmatch(run[at].core)
    if not found:
        return ""
    minus, digits, own = found.groups()
    said = _day(run, at, digits) or (numbers.year(int(digits)) if _is_year(run, at, digits) else numbers.count(digits))
    return ("minus " if minus else "") + said + (own or "")


def _day(run: Sequence[Atom], at: int, digits: str) -> str:
    """ "May 5" is "May fifth", "5 May" is "the fifth of May"."""
    if not digits.isdigit() or not 1 <= int(digits) <= 31:
        return ""
    if _month_before(run, at):
        return numbers.ordinal(int(digits))
    if core_of(run, at + 1) in MONTHS and not run[at].mark:
        the = "" if core_of(run, at - 1).lower() == "the" else "the "
        return f"{the}{numbers.ordinal(int(digits))} of"
    return ""


def _month_before(run: Sequence[Atom], at: int) -> bool:
    """May and March are verbs, too: only with a comma or a year behind the day, or at the end."""
    month = core_of(run, at - 1)
    if month not in {"May", "March"}:
        return month in MONTHS
    return bool(run[at].mark) or at + 1 == len(run) or _year_like(core_of(run, at + 1))


def _year_like(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and 1066 <= int(digits) <= 2099


def _is_year(run: Sequence[Atom], at: int, digits: str) -> bool:
    """ "in 2015" is a year, "2015 men" a count; "1500 men" is said alike."""
    if not _year_like(digits):
        return False
    before = core_of(run, at - 1)
    dated = before.lower() in BEFORE_YEAR or before in MONTHS or bool(ORDINAL.fullmatch(before)) or run[at].opens
    dated = dated or (before.isdigit() and int(before) <= 31) or len(run) == 1
    return dated or int(digits) < 2000


def _glued(run: Sequence[Atom], at: int) -> str:
    """ "10km", "4x", "3D": a unit that is known is said, letters are spelt."""
    found = GLUED.fullmatch(run[at].core)
    if not found:
        return ""
    digits, tail = found.groups()
    if tail == "x":
        return f"{numbers.count(digits)} times"
    unit = AFTER_NUMBER.get(tail)
    name = (unit if digits == "1" else plural(unit)) if unit else tail.upper() if len(tail) == 1 else tail
    return f"{numbers.count(digits)} {name}"
