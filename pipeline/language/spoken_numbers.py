"""Numbers in words: counts, years, ordinals, money, times, Roman numerals. Pure functions of strings."""

from __future__ import annotations

import re
from functools import lru_cache

from num2words import num2words

from pipeline.language.spoken_tables import FRACTIONS, MONEY

ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
LARGEST = 10**15  # beyond it digits are read one by one
LANGUAGES = {"pt": "pt_BR", "ja": "ja", "zh": "zh"}


@lru_cache(maxsize=4096)
def _words(value: int | float, kind: str, language: str) -> str:
    said = num2words(value, lang=LANGUAGES.get(language, language), to=kind)
    return said.replace(",", "") if language in {"en", "pt"} else said


def count(digits: str, language: str = "en") -> str:
    """ "1,234.50" as words. A leading zero ("007") and very long numbers are read digit by digit."""
    bare = digits.replace(",", "")
    whole, _, part = bare.partition(".")
    if (len(whole) > 1 and whole[0] == "0") or int(whole or 0) >= LARGEST:
        return one_by_one(bare, language)
    said = _words(int(whole or 0), "cardinal", language)
    return f"{said} {_point(language)} {one_by_one(part, language)}" if part else said


def _point(language: str) -> str:
    return {"en": "point", "es": "coma", "pt": "vírgula", "de": "Komma"}.get(
        language, "virgule" if language == "fr" else "virgola"
    )


def foreign(digits: str, language: str) -> str:
    """A figure in a language where the point parts thousands and the comma fractions; "" when it is neither."""
    bare = re.sub(r"[\u202f\u00a0]", "", digits)
    bare = re.sub(r"\.(?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    return count(bare, language) if re.fullmatch(r"\d+(\.\d+)?", bare) else ""


def one_by_one(digits: str, language: str = "en") -> str:
    return " ".join(_words(int(digit), "cardinal", language) for digit in digits if digit.isdigit())


def ordinal(value: int, language: str = "en") -> str:
    return _words(value, "ordinal", language)


def year(value: int) -> str:
    """1865 as "eighteen sixty-five", 1905 as "nineteen oh-five", 2005 as "two thousand and five"."""
    return _words(value, "year", "en")


def decade(value: int) -> str:
    """1860 as "eighteen sixties", 60 as "sixties", 1900 as "nineteen hundreds"."""
    said = year(value) if value >= 100 else _words(value, "cardinal", "en")
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


def roman(text: str) -> int:
    """Value of a well-formed Roman numeral in capitals, else 0."""
    if not text or not ROMAN.fullmatch(text):
        return 0
    values = [VALUES[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, values[1:] + [0], strict=True))


def money(sign: str, digits: str) -> str:
    """ "£", "5.50" as "five pounds and fifty pence"."""
    one, many, small_one, small = MONEY[sign]
    whole, _, part = digits.replace(",", "").partition(".")
    pounds, pence = int(whole or 0), int((part + "0")[:2]) if part and len(part) <= 2 else 0
    if part and len(part) > 2:
        return f"{count(digits)} {many}"
    large = f"{count(str(pounds))} {one if pounds == 1 else many}"
    little = f"{count(str(pence))} {small_one if pence == 1 else small}"
    if pence and pounds:
        return f"{large} and {little}"
    return little if pence else large


def clock(hour: int, minute: int, *, half_day: bool) -> str:
    """ "3:05" as "three oh five", "3:00" as "three o'clock" ("three" when a.m. or p.m. follows)."""
    if minute == 0:
        return count(str(hour)) + ("" if half_day else " o'clock" if 1 <= hour <= 12 else " hundred hours")
    minutes = f"oh {count(str(minute))}" if minute < 10 else count(str(minute))
    return f"{count(str(hour))} {minutes}"


def fraction(over: int, under: int) -> str:
    """3/4 as "three quarters", 1/2 as "one half"."""
    name = {2: "half", 4: "quarter"}.get(under) or ordinal(under)
    many = {"half": "halves"}.get(name, name + "s")
    return f"{count(str(over))} {name if over == 1 else many}"


def with_fraction(digits: str, sign: str) -> str:
    """ "2½" as "two and a half", "½" as "a half"."""
    return f"{count(digits)} and {FRACTIONS[sign]}" if digits else FRACTIONS[sign]
