"""What a line says about itself: "CHAPTER IV.--Title", "Book the First", "XII", "Epilogue", "第三章"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.readers.numbers import CJK, ROMAN, WORD, value

LONGEST = 160  # characters of a heading
_RANKS: dict[str, tuple[int, str]] = {}
for _rank, _family, _names in (
    (0, "volume", "volume vol tome tomo band том 卷 巻"),
    (
        1,
        "part",
        "part book livre libro livro buch partie parte teil deel del bok boek часть книга phase period epoch narrative 部 篇",
    ),
    (2, "act", "act acte acto atto akt aufzug действие"),
    (
        3,
        "chapter",
        "chapter chap chapitre capítulo capitulo capitolo cap kapitel kap hoofdstuk глава kapittel rozdział rozdzial kapitola luku fejezet κεφάλαιο bölüm capitol 章 回 話 话 פרק",
    ),
    (3, "letter", "letter lettre brief carta lettera письмо"),
    (
        3,
        "canto",
        "stave canto chant gesang fit fytte adventure story tale episode lesson lecture sonnet essay fable idyll",
    ),
    (4, "scene", "scene scène escena cena scena szene auftritt явление"),
    (4, "section", "section §"),
):
    _RANKS |= dict.fromkeys(_names.split(), (_rank, _family))

_LATIN = "|".join(
    sorted((re.escape(n) for n in _RANKS if n.isascii() or n[0] not in "卷巻部篇章回話话"), key=len, reverse=True)
)
_NUMBER = rf"(?:\d{{1,4}}(?:st|nd|rd|th)?|{WORD}|{ROMAN})"
_KEYWORD = re.compile(
    rf"(?:the\s+)?(?P<kw>{_LATIN})\b\.?\s*(?:the\s+|n[o°º]\.?\s*|number\s+)?(?P<num>{_NUMBER})(?![\w’'])(?P<rest>.*)",
    re.I | re.S,
)
_ORDINAL = re.compile(
    rf"(?:the\s+)?(?P<num>\d{{1,3}}\.|{WORD}|{ROMAN}\.?)\s+(?P<kw>{_LATIN})(?!\w)(?P<rest>.*)", re.I | re.S
)
_EAST = re.compile(
    rf"第?\s*(?P<num>{CJK})\s*(?P<kw>[卷巻部篇章回話话])(?P<rest>(?:[\s:：、.　].*)?)|第\s*(?P<num2>{CJK})\s*(?P<kw2>[卷巻部篇章回話话])(?P<rest2>.{{0,40}})",
    re.S,
)
_ARABIC = re.compile(
    r"(?P<kw>الجزء|الباب|الفصل)\s+(?P<num>\d+|[ء-ي]+(?:\s+عشرة?)?)(?P<rest>(?:\s*[:：.\-–—،]\s*.*)?)\Z", re.S
)
_ARABIC_RANK = {"الجزء": (1, "part"), "الباب": (1, "part"), "الفصل": (3, "chapter")}
_ARABIC_ORDINALS = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
_ROMAN_LINE = re.compile(rf"(?P<num>{ROMAN}|{ROMAN.lower()})(?![\w’'])(?P<sep>\s*[.:)\]—–-]*)(?P<rest>.*)", re.S)
_DIGIT_LINE = re.compile(r"(?P<num>\d{1,4})(?P<sep>\s*[.:)\]—–-]*)(?P<rest>.*)", re.S)
_SEPARATOR = re.compile(r"[\s.:;,)\]—–\-_|·•*]+")
_ORNAMENT = re.compile(r"^[\s*_~=\-—–.\[\]<>#•·]+|[\s*_~=\-—–\[\]<>#•·]+$")

FRONT = "front"
BACK = "back"
EITHER = "either"  # front before the story, back after it
BODY = "body"
_NAMED = {
    FRONT: "cover|(?:half[- ]?)?title[- ]?page|half[- ]?title|fulltitle|imprint|dedication|dedicatory .{0,30}|to the reader|epigraph|(?:table of )?contents|"
    "toc|list of (?:illustrations|maps|tables|plates|figures|chapters|characters)|illustrations|frontispiece|(?:the )?(?:author[’']?s |editor[’']?s |translator[’']?s |publisher[’']?s )?"
    "(?:preface|foreword|introduction|introductory(?: note)?|prefatory(?: note)?)(?: to .{0,60}| by .{0,60})?|praise(?: for .*)?|maps?|dramatis person(?:ae|æ)|"
    "persons (?:of|in) the play|(?:cast of )?characters|advertisement|about this (?:book|edition|ebook)|copyright.{0,30}|permissions|series page|"
    "vorwort|einleitung|inhalt(?:sverzeichnis)?|widmung|préface|avant[- ]propos|table des matières|dédicace|prefacio|prólogo del autor|índice|prefazione|indice|dedicatoria|предисловие|содержание|оглавление|目录|目次|前言|序",
    BACK: "(?:end|foot)?[- ]?notes|notes? (?:on|to) .{0,60}|appendix.{0,80}|appendices|glossary|index(?: of .{0,40})?|bibliography|works cited|references|further reading|"
    "colophon|uncopyright|afterword|about the (?:author|authors|publisher|type|translator|illustrator)|also by .*|(?:other )?books by .*|by the same author|"
    "a note (?:on|about|from) .{0,60}|transcriber[’']?s?[’']? notes?.{0,20}|errata|credits|discussion questions|reading group guide|"
    "(?:the )?(?:full )?project gutenberg.{0,40}|full license|anhang|anmerkungen|nachwort|register|notes de .*|postface|nota del autor|epílogo del autor|послесловие|примечания|后记|附录|あとがき",
    EITHER: "(?:the )?(?:author|editor|translator|publisher)[’']?s note|acknowledge?ments?|(?:sources|list) of .{0,40}|advertisements?|chronology|timeline|permissions|newsletter.*|excerpt .*|a preview of .*|nachbemerkung|danksagung|remerciements|agradecimientos|suggestions? for .{0,40}",
    BODY: "(?:the )?prologue|epilogue|interlude|intermezzo|conclusion|postscript|finale|coda|entr[’']?acte|prelude|overture|induction|l[’']envoi|envoi|proem|argument|introit|prologo|prólogo|epilogo|epílogo|prolog|epilog|"
    "prologue .{0,60}|epilogue .{0,60}|the end of .{0,20}|пролог|эпилог|序章|終章|终章|尾声|楔子|序幕|エピローグ|プロローグ",
}  # fmt: skip
_NAMED_PATTERNS = {kind: re.compile(rf"(?:{pattern})[.:]?\Z", re.I) for kind, pattern in _NAMED.items()}


@dataclass(frozen=True, slots=True)
class Heading:
    """`family` groups headings of one make; `rank` 0 volume, 1 part, 2 act, 3 chapter, 4 scene, 5 unknown."""

    family: str
    rank: int
    number: int | None = None
    title: str = ""

    @property
    def bare(self) -> bool:
        """A number, or a keyword with a number, that still lacks its title."""
        return self.number is not None and not self.title


def key(text: str) -> str:
    """Letters and digits only, folded: what two spellings of one title have in common."""
    return "".join(c for c in text.casefold() if c.isalnum())


def named(text: str) -> str:
    """front, back, either or body for a title without number that everybody knows, else ""."""
    text = re.sub(r"\s+", " ", _ORNAMENT.sub("", text)).strip()
    return (
        next((kind for kind, pattern in _NAMED_PATTERNS.items() if pattern.match(text)), "")
        if len(text) <= LONGEST
        else ""
    )


def _title(rest: str) -> str:
    return re.sub(r"\s+", " ", _SEPARATOR.sub("", rest, count=1) if _SEPARATOR.match(rest) else rest).strip(" ]_*")


def _runs_on(rest: str) -> bool:
    """Whether what follows the number reads on as a sentence ("Chapter one of my life ...")."""
    if not rest.strip() or _SEPARATOR.match(rest.lstrip(" ")):
        return False
    first = rest.strip()[0]
    return first.islower()


def _keyword(text: str) -> Heading | None:
    for pattern in (_KEYWORD, _ORDINAL):
        found = pattern.match(text)
        if not found or _runs_on(found["rest"]):
            continue
        rank, family = _RANKS[found["kw"].casefold()]
        if found["kw"].islower() and found["kw"].isascii() and rank != 3:
            continue  # "book one" in small letters is hardly ever a heading
        return Heading(family, rank, value(found["num"].rstrip(".")), _title(found["rest"]))
    east = _EAST.match(text)
    if east and len(text) <= 60:
        rank, family = _RANKS[east["kw"] or east["kw2"]]
        return Heading(family, rank, value(east["num"] or east["num2"]), _title(east["rest"] or east["rest2"] or ""))
    arabic = _ARABIC.match(text)
    if arabic and len(text) <= 60:
        rank, family = _ARABIC_RANK[arabic["kw"]]
        return Heading(family, rank, _arabic_number(arabic["num"]), _title(arabic["rest"]))
    return None


def _arabic_number(text: str) -> int:
    word, _, ten = text.partition(" ")
    if text.isdigit():
        return int(text)
    unit = next(
        (n for n, ordinal in enumerate(_ARABIC_ORDINALS, 1) if ordinal == word), 1 if word.startswith("الحادي") else 0
    )
    return unit + 10 * bool(ten)


def _numeral(text: str) -> Heading | None:
    for pattern, family in ((_ROMAN_LINE, "roman"), (_DIGIT_LINE, "digit")):
        found = pattern.match(text)
        if not found or value(found["num"]) is None:
            continue
        rest, separated = found["rest"].strip(), bool(found["sep"].strip())
        if found["num"].islower() and (value(found["num"]) or 0) > 39:
            continue  # "mix", "dim", "mild"
        if rest and not separated and not (family == "roman" and rest.isupper() and len(rest) > 3):
            continue
        if rest and (len(text) > 100 or not _title(rest) or _title(rest)[0].islower()):
            continue
        year = family == "digit" and not rest and not separated and 1000 <= int(found["num"]) <= 2199
        return Heading("year" if year else family + ("+" if rest else ""), 3, value(found["num"]), _title(rest))
    return None


def recognise(text: str) -> Heading | None:
    """The heading that a standing-alone text looks like, else None. All-capital lines are family "caps"."""
    text = re.sub(r"\s+", " ", _ORNAMENT.sub("", text)).strip()
    if not text or len(text) > LONGEST:
        return None
    found = _keyword(text) or _numeral(text)
    if found:
        return found
    if named(text):
        return Heading("named", 3, None, text)
    letters = [c for c in text if c.isalpha()]
    if len(text) <= 80 and len(letters) > 2 and text.upper() == text and text.lower() != text and text[-1] not in ",;":
        return Heading("caps", 5, None, text)
    return None


def join(number: str, title: str) -> str:
    """A number's line and its title's line as one title."""
    number, title = number.strip(), title.strip()
    if not number or not title:
        return number or title
    return f"{number} {title}" if number[-1] in ".:—–-!?" else f"{number}: {title}"
