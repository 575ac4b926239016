"""Where a caption may end: at a sentence, else a clause, else before a little word; never inside a name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SENTENCE = frozenset(".!?…。！？｡؟۔।॥")
CLAUSE = frozenset(",;:—–、，；：،؛")
_CLOSERS = "\"'”’»)]}」』）】〉》"
_TITLE_WORDS = "mr mrs ms dr st prof sir lady lord miss capt col gen rev no vs jr sr mme mlle m hr fr"
# Little words that lean on what follows: a line may begin with them, hardly end with them.
_LEANING_WORDS = """
a an the of to in on at by for from with into onto upon as and or but nor that which who whose if when while because
than so my your his her its our their this these those is was are were be been had has have not no very i he she we they you could would should will can must
le la les un une des du de à au aux et ou que qui en dans sur par pour el los las y o con para al del il lo gli i e di
da nel della der die das den dem ein eine und oder zu im am mit von für
"""
_OPENING_WORDS = """
and or but nor that which who when while where because if than so as of to in on at by for from with into
"""
_TITLES, _LEANING, _OPENING = (frozenset(words.split()) for words in (_TITLE_WORDS, _LEANING_WORDS, _OPENING_WORDS))
_BARE = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC", "FULLWIDTH", "BOPOMOFO")


@lru_cache(maxsize=4096)
def unspaced(character: str) -> bool:
    """Whether the character's script puts no spaces between words."""
    return unicodedata.name(character, "").startswith(_BARE)


def spaced(before: str, after: str) -> bool:
    """Whether a space stands between two words of the author's text."""
    return not (before and after and unspaced(before[-1]) and unspaced(after[0]))


def cells(text: str) -> int:
    """Room that a text takes: wide (East Asian) characters count twice, marks and joiners not at all."""
    return sum(_cell(character) for character in text)


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_LEADING = frozenset("เแโใไ")  # Thai vowels written before their consonant
_TRAILING = frozenset("ะาำๅ")  # and those after it


def clusters(text: str) -> list[str]:
    """Characters with the marks that belong to them."""
    out: list[str] = []
    for character in text:
        bound = out and (_cell(character) == 0 or out[-1][-1] in _LEADING or out[-1][-1] == "\u200d")
        if bound or (out and character in _TRAILING):
            out[-1] += character
        else:
            out.append(character)
    return out


def phrases(text: str, room: int = 12) -> list[str]:
    """A run of an unspaced script in short phrases: after punctuation, and in Japanese where kana give way to a new
    word; never more than about `room` cells. Other text comes back whole."""
    if not any(unspaced(character) for character in text):
        return [text] if text else []
    pieces: list[str] = []
    for cluster in clusters(text):
        if pieces and not _starts(pieces[-1], cluster, room):
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces


def _starts(before: str, cluster: str, room: int) -> bool:
    """Whether a new phrase starts with `cluster`."""
    if _mark(cluster[0]):
        return False
    if _mark(before[-1]) and before[-1] not in _OPENERS:
        return True
    kana_end = unicodedata.name(before[-1], "").startswith("HIRAGANA") and before[-1] not in "おご"
    new_word = kana_end and unicodedata.name(cluster[0], "").startswith(("CJK", "KATAKANA"))
    return before[-1] not in _OPENERS and (new_word or cells(before + cluster) > room)


_OPENERS = frozenset("「『（【《〈“‘([")


def _mark(character: str) -> bool:
    """Punctuation that may not begin a line."""
    return character in SENTENCE | CLAUSE or character in _CLOSERS or character in "ーゝ々っゃゅょァィゥェォッャュョ・"


def ends_sentence(word: str) -> bool:
    bare = word.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in SENTENCE and not _abbreviation(bare)


def _abbreviation(bare: str) -> bool:
    """ "Mr.", "St.", an initial: a full stop that ends no sentence."""
    stem = bare.strip("“\"'‘(«").rstrip(".").lower()
    return bare.endswith(".") and (stem in _TITLES or (len(stem) == 1 and stem.isalpha() and stem not in ("a", "i")))


def cost(word: str, after: str, before: str = "") -> float:
    """What it costs to break between `word` and `after`; `before` stands ahead of `word`. 0 is a sentence's end."""
    if ends_sentence(word):
        return 0.0
    bare = word.rstrip(_CLOSERS)
    if bare and bare[-1] in CLAUSE:
        return 1.0
    if _in_name(word, after, before):
        return 14.0
    if word.lower().strip(_CLOSERS + "“‘(«") in _LEANING:
        return 9.0
    if after.lower() in _OPENING:
        return 2.5
    return 4.0


def _in_name(word: str, after: str, before: str) -> bool:
    """Title and name, two capitalised words, "Queen of Hearts", number and what it counts."""
    if _abbreviation(word) or (word[-1:].isdigit() and after[:1].isalpha()):
        return True
    if _capital(word) and _capital(after):
        return True
    small = ("of", "the", "de", "von", "van", "der", "di", "da")
    return (word in small and _capital(before) and _capital(after)) or (_capital(word) and after in small[:1])


def _capital(word: str) -> bool:
    bare = word.lstrip("“\"'‘(«")
    return bare[:1].isupper() and bare not in ("I", "A") and bare.lower() not in _LEANING
