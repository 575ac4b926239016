"""Where speech stands in a chapter: quotation marks of many countries, and dialogue opened by dashes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.language.lexicon import SPEECH_VERBS_ELSEWHERE
from pipeline.language.text import Para

Span = tuple[int, int]

_PAIRS = {"“": "”", "«": "»", "»": "«", "„": "“”", "「": "」", "『": "』", "‹": "›"}
_STRONG = 6  # paragraphs of one unclosed speech that make a told chapter, not dialogue
_ELIDED = re.compile(r"['’](?:tis|twas|twere|em|til|cause|bout|round|neath|un|ere|s|d|ll|n)\b", re.IGNORECASE)
_PUNCTUATION = frozenset(".,!?…;:—–-")
_DASH = re.compile(r"^\s*[—–―-]\s*")
_AFTER_CUE = re.compile(r"[.,;:]?\s*")
_DASH_CUE = re.compile(r"\s*[,!?…]?\s*[—–―]\s?|,\s+(?=(?:" + "|".join(sorted(SPEECH_VERBS_ELSEWHERE)) + r")\b)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch with its marks: span in the chapter's text, its paragraph (0-based), whether it was closed."""

    start: int
    end: int
    paragraph: int
    closed: bool = True


def find_quotes(paras: Sequence[Para]) -> list[Quote]:
    """The outermost quotations of the narrated paragraphs, in order. Screenplay speeches are whole paragraphs."""
    prose = [(k, p) for k, p in enumerate(paras) if p.narrated and p.role != "dialogue"]
    found = [Quote(p.start, p.end, k) for k, p in enumerate(paras) if p.role == "dialogue" and p.text]
    for mark in _marks(prose):
        quotes = _by_mark(prose, mark)
        if not _told(quotes, prose):
            found += quotes
            break
    return sorted(found, key=lambda q: q.start)


def is_told(paras: Sequence[Para]) -> bool:
    """Whether the chapter is one long speech of somebody in the book, opening marks that never close."""
    prose = [(k, p) for k, p in enumerate(paras) if p.narrated and p.role != "dialogue"]
    return any(_told(_by_mark(prose, mark), prose) for mark in _marks(prose)[:1])


def _by_mark(prose: Sequence[tuple[int, Para]], mark: str) -> list[Quote]:
    reader = _reader(mark)
    quotes = []
    for k, para in prose:
        for start, end, closed in reader(para.text):
            quotes.append(Quote(para.start + start, para.start + end, k, closed))
    return _joined(quotes, prose)


def _joined(quotes: list[Quote], prose: Sequence[tuple[int, Para]]) -> list[Quote]:
    """Marks a quotation unclosed only when the next paragraph opens one again."""
    opening = {q.paragraph for q in quotes if q.start == dict(prose)[q.paragraph].start}
    order = [k for k, _ in prose]
    after = dict(itertools.pairwise(order))
    return [replace(q, closed=True) if not q.closed and after.get(q.paragraph) not in opening else q for q in quotes]


def _told(quotes: Sequence[Quote], prose: Sequence[tuple[int, Para]]) -> bool:
    """Whether the whole chapter is one long speech (a tale told in the book): then inner marks are dialogue."""
    unclosed = sum(not q.closed for q in quotes)
    return unclosed >= _STRONG and unclosed > 0.5 * len(prose)


def _marks(prose: Sequence[tuple[int, Para]]) -> list[str]:
    """Opening marks by how often they open a paragraph (and how often they occur), the likeliest first."""
    scores: dict[str, float] = {}
    for mark in [*_PAIRS, '"', "‘", "'", "—"]:
        reader = _reader(mark)
        score = 0.0
        for _, para in prose:
            found = list(reader(para.text))
            score += sum(1.0 if start == 0 else 0.4 for start, _, _ in found)
        if score:
            scores[mark] = score
    return sorted(scores, key=lambda m: (-scores[m], m))


def _reader(mark: str) -> Callable[[str], Iterator[tuple[int, int, bool]]]:
    if mark == "‘":
        return lambda text: _single(text, "‘", "’")
    if mark == "'":
        return lambda text: _single(text, "'", "'")
    if mark == '"':
        return _straight
    if mark == "—":
        return _dashed
    return lambda text: _paired(text, mark, _PAIRS[mark])


def _paired(text: str, mark: str, closers: str) -> Iterator[tuple[int, int, bool]]:
    at = 0
    while (start := text.find(mark, at)) >= 0:
        if mark == "»" and start > 0 and not text[start - 1].isspace() and text[start - 1] not in "(—–":
            at = start + 1  # a French closing mark
            continue
        ends = [e for c in closers if (e := text.find(c, start + 1)) >= 0]
        end = min(ends) + 1 if ends else len(text)
        again = text.find(mark, start + 1)
        if mark in "“„" and 0 <= again < end - 1 and "\n" not in text[start:again]:
            end = again if not ends else end
        yield start, end, bool(ends)
        at = max(end, start + 1)


def _straight(text: str) -> Iterator[tuple[int, int, bool]]:
    marks = [m.start() for m in re.finditer('"', text)]
    for a, b in zip(marks[::2], marks[1::2], strict=False):
        yield a, b + 1, True
    if len(marks) % 2:
        yield marks[-1], len(text), False


def _single(text: str, opener: str, closer: str) -> Iterator[tuple[int, int, bool]]:
    """British marks, where the closing one is also the apostrophe."""
    at = 0
    while (start := _single_opening(text, opener, at)) >= 0:
        following = _single_opening(text, opener, start + 1)
        end = _single_closing(text, closer, start + 1, following if following >= 0 else len(text))
        closed = end >= 0
        if not closed:
            end = following if following >= 0 else len(text)
        yield start, end, closed
        at = max(end, start + 1)


def _single_opening(text: str, opener: str, at: int) -> int:
    while (start := text.find(opener, at)) >= 0:
        free = start == 0 or text[start - 1].isspace() or text[start - 1] in '([—–-“"'
        follows = start + 1 < len(text) and not text[start + 1].isspace()
        if free and follows and not (opener == "'" and _ELIDED.match(text, start)):
            return start
        at = start + 1
    return -1


def _single_closing(text: str, closer: str, at: int, limit: int) -> int:
    """End of the quotation (after its mark), or -1. After a letter the mark may be an apostrophe."""
    weak = -1
    for m in re.finditer(re.escape(closer), text[:limit]):
        i = m.start()
        if i < at or (i + 1 < len(text) and text[i + 1].isalnum()):
            continue
        before, after = text[i - 1], text[i + 1 : i + 2]
        if before in _PUNCTUATION or before in ')”"' or not before.isalnum():
            return i + 1 if weak < 0 or before in _PUNCTUATION else weak
        if not after or after in ".,!?;:)—–-" or before != "s":
            return i + 1
        weak = i + 1 if weak < 0 else weak
    return weak


def _dashed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Dialogue opened by a dash: speech and cue take turns at the dashes inside (`— Hola —dijo Ana—. ¿Y tú?`)."""
    opening = _DASH.match(text)
    if not opening or len(text) <= opening.end():
        return
    parts = list(_DASH_CUE.finditer(text, opening.end()))
    start, speech = 0, True
    for part in parts:
        cued = speech and text[part.end() : part.end() + 1].islower()
        if speech and cued:
            yield start, part.start() + (1 if text[part.start() : part.start() + 1] in ",!?…" else 0), True
            speech = False
        elif not speech and part.group().strip() != ",":
            start, speech = _AFTER_CUE.match(text, part.end()).end(), True  # type: ignore[union-attr]
    if speech and start < len(text):
        yield start, len(text), True
