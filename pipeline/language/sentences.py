"""Sentences with exact spans: every character that is not white space lies in exactly one span."""

from __future__ import annotations

import re

from pipeline.language.lexicon import ABBREVIATIONS, SPEECH_VERBS

Span = tuple[int, int]

_CLOSERS = "\"'”’»«›)]}」』）】》›"
_OPENERS = "\"'“‘«‹„‚(\\[{¿¡「『（【《—–-"
_END = re.compile(r"[.!?…‽؟۔।॥።]+[" + re.escape(_CLOSERS) + r"]*|[。！？｡]+[" + re.escape(_CLOSERS) + r"]*")
_CJK_END = frozenset("。！？｡")
_CJK_GOES_ON = re.compile(r"[、，,]|と|って|などと|」|』")
_BEFORE = re.compile(r"[\w'’&-]+(?:\.[\w'’-]+)*$")
_NEXT = re.compile(r"[\s" + _OPENERS + r"]*(\w)?")
_VERBS = "|".join(sorted(SPEECH_VERBS))
_CUE = re.compile(
    r"\s+(?:I|we|(?:(?:The|An?|My|His|Her|Our|Poor|Old|Little|Mrs?\.?|Miss|Dr\.?|Sir|Lady)\s+)*"
    r"[A-Z]\w+(?:\s+[A-Z]\w+){0,2}"
    r"|The(?:\s+\w+){1,2})(?:\s+\w+ly)?\s+(?:" + _VERBS + r")\b"
)
_MAX_ASIDE = 400  # characters: a longer parenthesis may be cut inside


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of one paragraph of prose, quotation marks and brackets with them."""
    spans, start, depth_until = [], 0, -1
    for mark in _END.finditer(text):
        if mark.start() < depth_until:
            continue
        aside = _aside_end(text, start, mark.start())
        if aside > mark.end():
            depth_until = aside
            continue
        if _ends(text, mark):
            spans.append((start, mark.end()))
            start = mark.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, span))[0] < trimmed[1]]


def verse_lines(text: str) -> list[Span]:
    """Spans of the lines of a stanza."""
    spans, start = [], 0
    for line in text.split("\n"):
        trimmed = _trim(text, (start, start + len(line)))
        if trimmed[0] < trimmed[1]:
            spans.append(trimmed)
        start += len(line) + 1
    return spans


def clauses(text: str) -> list[int]:
    """Offsets in `text` where a long sentence may be parted, each just after the white space of a pause."""
    return [
        m.end()
        for m in re.finditer(
            r"[;:,.!?…—–)](?:[”’\"»)]*)\s+|(?<=[\w,.!?])--\s*(?=\w)|(?<=[\w,.!?])[—–](?=\w)|[、，；：]", text
        )
        if m.end() < len(text)
    ]


def strength(text: str, at: int) -> int:
    """The pause before offset `at`: 4 full stop, 3 semicolon, colon or dash, 2 comma before a connective, 1 comma."""
    before = text[:at].rstrip().rstrip(_CLOSERS)
    if not before:
        return 0
    if before[-1] in ".!?…。！？":
        return 4
    if before[-1] in ";:—–-；：":
        return 3
    if re.match(r"(?:and|but|so|for|when|while|as|or|nor|yet|then|until|because|where|who|which)\b", text[at:]):
        return 2
    return 1


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _aside_end(text: str, start: int, at: int) -> int:
    """Where the parenthesis open at `at` and begun inside this sentence closes; -1 when none is open."""
    opened = text.rfind("(", start, at)
    if opened <= _trim(text, (start, at))[0] or text.rfind(")", opened, at) > opened:
        return -1
    closed = text.find(")", at)
    return closed if 0 <= closed - opened <= _MAX_ASIDE else -1


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Whether a sentence ends at this run of full stops and closing marks."""
    run, rest = mark.group(), text[mark.end() :]
    if not rest.strip():
        return True
    if run[0] in _CJK_END:
        return not _CJK_GOES_ON.match(rest) if run[-1] in _CLOSERS else True
    if not rest[0].isspace():
        return False
    if run.startswith(".") and not run.startswith("..") and _abbreviated(text[: mark.start()], rest):
        return False
    following = _NEXT.match(rest)
    letter = following.group(1) if following else None
    if letter and letter.islower():
        return False
    return not (run[-1] in "\"'”’»" and _CUE.match(rest))


def _abbreviated(before: str, rest: str) -> bool:
    """Whether the word before a full stop is an abbreviation or an initial, so that the sentence goes on."""
    found = _BEFORE.search(before)
    if not found:
        return False
    word = found.group()
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):  # a.m, U.S, e.g
        return not re.match(r"\s+[\"“‘']?[A-Z]", rest) or word.lower() in {"e.g", "i.e"}
    return word.lower() in ABBREVIATIONS or (
        word.lower() in {"no", "nos", "vol", "fig", "p", "pp"} and bool(re.match(r"\s+[\dIVXLC]+\b", rest))
    )
