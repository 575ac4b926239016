"""What a recogniser heard against the script: both made plain, then aligned word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.spoken import pieces

SPELLINGS = """
    ok=okay mr=mister mrs=missus ms=miz dr=doctor st=saint oclock=oclock grey=gray theatre=theater centre=center
    metre=meter litre=liter
    kilometre=kilometer kilometres=kilometers metres=meters plough=plow jewellery=jewelry
    programme=program cheque=check tyre=tire travelled=traveled travelling=traveling shew=show shewed=showed cosy=cozy
    pyjamas=pajamas storey=story mould=mold waggon=wagon sceptical=skeptical moustache=mustache learnt=learned
    burnt=burned dreamt=dreamed spelt=spelled leapt=leaped towards=toward afterwards=afterward whilst=while
    amongst=among ay=aye hallo=hello hullo=hello em=them till=til oh=o"""
SAME = dict(pair.split("=") for pair in SPELLINGS.split())
OUR = re.compile(r"(?<=[a-z]{2})(?<!fl)(?<!sc)(?<!p)(?<!h)our(?=s?$|ed$|ing$|ite|able|ful|less|hood|ly)")
ISE = re.compile(r"(?<=[a-z]{4})(?<!rev)(?<!superv)(?<!exerc)(?<!surpr)(?<!advert)is(?=e$|es$|ed$|ing$|ation)")
LETTERS = re.compile(r"[^\W_]+")
NARROW = 32  # words that hearing may run ahead or behind; doubled until nothing can be cheaper outside
SOUNDS = (
    ("ph", "f"),
    ("gh", ""),
    ("kn", "n"),
    ("wr", "r"),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("z", "s"),
    ("c", "k"),
)


@dataclass(frozen=True, slots=True)
class SentenceErrors:
    """One sentence of the script. `longest_gap`: most words in a row that were not heard."""

    text: str
    words: int
    substituted: int
    deleted: int
    inserted: int
    longest_gap: int

    @property
    def rate(self) -> float:
        return (self.substituted + self.deleted + self.inserted) / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word of the script: its sentence, and whether it is a name (any spelling that sounds alike will do)."""

    text: str
    sentence: int = 0
    name: bool = False


def plain(text: str, language: str = "en") -> list[str]:
    """Words as they sound: figures in words, no capitals, accents, marks, hyphens; one spelling for both Englishes."""
    return [word for _, said in pieces(text, language) for one in said for word in _bare(one)]


def word_errors(reference: str, heard: str, language: str = "en") -> tuple[float, tuple[SentenceErrors, ...]]:
    """Word error rate of the whole (0 = all heard as written), and the operations of each sentence of `reference`."""
    texts, script = _script(reference, language)
    if not script:
        return float(bool(plain(heard, language))), ()
    counts = [[0, 0, 0, 0, 0] for _ in texts]  # substituted, deleted, inserted, longest gap, gap now
    last = 0
    for kind, word in _steps(script, plain(heard, language)):
        last = word.sentence if word else last
        _book(counts[last], kind)
    sizes = [sum(word.sentence == number for word in script) for number in range(len(texts))]
    rows = (SentenceErrors(text, size, *row[:4]) for text, size, row in zip(texts, sizes, counts, strict=True))
    sentences = tuple(rows)
    errors = sum(row.substituted + row.deleted + row.inserted for row in sentences)
    return errors / max(1, len(script)), sentences


def _bare(word: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(c for c in folded if not ("\u0300" <= c <= "\u036f"))
    for sign in "'’./":
        folded = folded.replace(sign, "")
    return [_american(part) for part in LETTERS.findall(folded)]


def _american(word: str) -> str:
    word = SAME.get(word, word)
    return ISE.sub("iz", OUR.sub("or", word))


def _script(reference: str, language: str) -> tuple[list[str], list[Word]]:
    texts: list[str] = []
    words: list[Word] = []
    fresh = True
    for caption, said in pieces(reference, language):
        if fresh:
            texts.append("")
        texts[-1] = f"{texts[-1]} {caption}".strip()
        name = not fresh and caption.lstrip("“‘\"'(")[:1].isupper()
        words += [Word(word, len(texts) - 1, name) for one in said for word in _bare(one)]
        fresh = bool(said) and said[-1][-1] in ".!?…"
    return texts, words


def _book(row: list[int], kind: str) -> None:
    if kind in "sdi":
        row["sdi".index(kind)] += 1
    if kind != "i":
        row[4] = row[4] + 1 if kind == "d" else 0
    row[3] = max(row[3], row[4])


def _steps(script: Sequence[Word], heard: Sequence[str]) -> Iterator[tuple[str, Word | None]]:
    """Operations in order: "=" right, "s" another word, "d" not heard, "i" heard besides; two may sound as one."""
    rows = _table(script, heard)
    i, j = len(script), len(heard)
    back: list[tuple[str, Word | None]] = []
    while i or j:
        _, kind, di, dj = rows[i][j]
        back += [(kind, script[i - 1 - k]) for k in range(di)] if di else [(kind, None)]
        i, j = i - di, j - dj
    return reversed(back)


Row = dict[
    int, tuple[int, str, int, int]
]  # heard words so far: cost in all, last operation, its script and heard words


def _table(script: Sequence[Word], heard: Sequence[str]) -> list[Row]:
    """Cheapest way to each pair of prefixes; only near the diagonal, which is exact once the cost is below the band."""
    spare = abs(len(heard) - len(script))
    band = NARROW
    while True:
        rows = _banded(script, heard, band + spare)
        if rows[-1][len(heard)][0] < band or band > len(script) + len(heard):
            return rows
        band *= 2


def _banded(script: Sequence[Word], heard: Sequence[str], band: int) -> list[Row]:
    rows: list[Row] = []
    for i in range(len(script) + 1):
        row: Row = {}
        rows.append(row)
        for j in range(max(0, i - band), min(len(heard), i + band) + 1):
            row[j] = _cheapest(rows, script, heard, i, j)
    return rows


def _cheapest(
    rows: list[Row], script: Sequence[Word], heard: Sequence[str], i: int, j: int
) -> tuple[int, str, int, int]:
    """The cheapest way to come here."""
    if not i:
        return j, "i", 0, 1
    above, here, said = rows[i - 1], rows[i], script[i - 1]
    if j and _alike(said, heard[j - 1]):
        return above[j - 1][0], "=", 1, 1
    ways = [(above[j - 1][0] + 1, "s", 1, 1)] if j else []
    if j in above:
        ways.append((above[j][0] + 1, "d", 1, 0))
    if j and j - 1 in here:
        ways.append((here[j - 1][0] + 1, "i", 0, 1))
    if i > 1 and j and j - 1 in rows[i - 2] and script[i - 2].text + said.text == heard[j - 1]:
        ways.append((rows[i - 2][j - 1][0], "=", 2, 1))
    if j > 1 and j - 2 in above and said.text == heard[j - 2] + heard[j - 1]:
        ways.append((above[j - 2][0], "=", 1, 2))
    return min(ways)


def _alike(word: Word, heard: str) -> bool:
    return word.text == heard or (word.name and len(heard) > 1 and _sound(word.text) == _sound(heard))


def _sound(word: str) -> str:
    """The consonants of a name as they sound; its first vowel counts as one."""
    for old, new in SOUNDS:
        word = word.replace(old, new)
    body = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", word[1:]))
    return ("a" if word[:1] in "aeiouy" else word[:1]) + body
