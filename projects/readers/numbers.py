"""Numbers as headings write them: 12, XII, twelve, the Twelfth, douzième, 十二."""

from __future__ import annotations

import re

ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"
_ROMAN = re.compile(ROMAN + r"\Z", re.I)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENTHS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_OTHERS = (  # the first ten of other languages, cardinal or ordinal as headings use them
    "un deux trois quatre cinq six sept huit neuf dix",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "erstes zweites drittes viertes fünftes sechstes siebentes achtes neuntes zehntes",
    "erster zweiter dritter vierter fünfter sechster siebenter achter neunter zehnter",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
)
_CJK = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000}


def _words() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in (*_OTHERS, _ONES, _TENTHS):
        found |= {word: n for n, word in enumerate(line.split(), 1)}
    for tens, word in enumerate(_TENS.split(), 2):
        found |= {word: tens * 10, word[:-1] + "ieth": tens * 10}
        for ones, (cardinal, ordinal) in enumerate(zip(_ONES.split()[:9], _TENTHS.split()[:9], strict=True), 1):
            found |= {f"{word}{mark}{unit}": tens * 10 + ones for mark in "- " for unit in (cardinal, ordinal)}
    return found | {"last": 999, "hundred": 100, "hundredth": 100}


WORDS = _words()
WORD = "|".join(re.escape(w) for w in sorted(WORDS, key=len, reverse=True))
CJK = r"[〇零一二三四五六七八九十百千两兩0-9０-９]{1,7}"


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral of either case, else None."""
    if not text or not _ROMAN.match(text):
        return None
    values = [_VALUES[c] for c in text.upper()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _cjk(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for c in text:
        if c in _CJK_UNITS:
            total, digit = total + (digit or 1) * _CJK_UNITS[c], 0
        elif c in _CJK:
            digit = digit * 10 + _CJK[c]
    return total + digit


def value(text: str) -> int | None:
    """What a heading's number says, or None."""
    text = text.strip().casefold()
    ordinal = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|e|º|ª|\.)$", "", text)
    if ordinal.isdigit():
        return int(ordinal[:6])
    if text in WORDS:
        return WORDS[text]
    if re.fullmatch(CJK, text):
        return _cjk(text)
    return roman(text)
