"""Who is meant where: names and pronouns of the narration, resolved in one pass through a chapter."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.grammar import Parse
from pipeline.language.lexicon import ANIMALS, PERSON_NOUNS, PRONOUNS, SPEECH_VERBS
from pipeline.language.people import Names
from pipeline.language.quotes import Quote
from pipeline.language.text import ChapterText

_PRONOUN = re.compile(r"\b(?:" + "|".join(sorted(PRONOUNS)) + r")\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:I|me|my|myself)\b")
_SPEAKS = re.compile(r"\s+(?:" + "|".join(sorted(SPEECH_VERBS)) + r")\b")
_REACH = 900  # characters after which a pronoun no longer points back to a name
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass"})
_EMPTY_IT = re.compile(
    r"it(?:['’]s)?\s+(?:was|is|were|had been|seems?|seemed|occurred|would be|might be|rained|snowed|flashed|took)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Span in the chapter's text; `quoted` when it stands inside speech; `subject` of a verb."""

    start: int
    end: int
    name: str
    pronoun: bool = False
    subject: bool = False
    quoted: bool = False


class Mentions:
    """The mentions of one chapter, in order, with questions about stretches of it."""

    def __init__(self, found: Sequence[Mention]) -> None:
        self.all = sorted(found, key=lambda m: m.start)
        self._starts = [m.start for m in self.all]

    def between(self, start: int, end: int) -> list[Mention]:
        return self.all[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def at(self, start: int, end: int) -> Mention | None:
        """The last mention inside the span."""
        inside = [m for m in self.between(start, end) if m.end <= end]
        return inside[-1] if inside else None


def resolve(
    chapter: ChapterText, parses: Sequence[Parse], names: Names, quotes: Sequence[Quote], teller: str = ""
) -> Mentions:
    """`parses` holds one parse for each paragraph of `chapter`; `teller` is who says "I" outside quotations."""
    told = Inside(quotes)
    memory = _Memory(names)
    found = []
    for para, parse in zip(chapter.paragraphs, parses, strict=True):
        if not para.narrated:
            continue
        subjects = _subjects(parse)
        spans: list[tuple[int, int, str, bool]] = [(s, e, n, False) for s, e, n in names.find(para.text)]
        spans += [(m.start(), m.end(), m.group().lower(), True) for m in _PRONOUN.finditer(para.text)]
        if teller:
            spans += [(m.start(), m.end(), m.group(), True) for m in _FIRST.finditer(para.text)]
        for start, end, what, pronoun in sorted(spans):
            at, quoted = para.start + start, told.holds(para.start + start)
            subject = _is_subject(subjects, start, end, parse)
            if pronoun and (quoted or _EMPTY_IT.match(para.text, start)):
                continue
            own = pronoun and what not in PRONOUNS
            name = teller if own else memory.recall(PRONOUNS[what], at) if pronoun else what
            if not name:
                continue
            speaks = bool(_SPEAKS.match(para.text, end))
            vague = pronoun and PRONOUNS.get(what) == "it" and not speaks
            if vague and not memory.near(name, at, _between(parse, names, start)):
                continue
            if not quoted and not own:
                memory.note(name, at, subject)
            found.append(Mention(at, para.start + end, name, pronoun, subject, quoted))
    return Mentions(found)


class Inside:
    """Whether an offset lies inside a quotation."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._starts = [q.start for q in quotes]
        self._ends = [q.end for q in quotes]

    def holds(self, at: int) -> bool:
        k = bisect.bisect_right(self._starts, at) - 1
        return k >= 0 and at < self._ends[k]


class _Memory:
    """Remembers who was spoken of last, to answer for pronouns."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._last: dict[str, tuple[int, bool]] = {}
        total = sum(c.count for c in names.characters.values()) or 1
        self._share = {n: c.count / total for n, c in names.characters.items()}

    def note(self, name: str, at: int, subject: bool) -> None:
        before = self._last.get(name)
        near = before is not None and at - before[0] < 80
        self._last[name] = (at, subject or (near and before is not None and before[1]))

    def near(self, name: str, at: int, things: Sequence[int]) -> bool:
        """Whether "it" may still be `name`: at most two things named since (`things`: how far back)."""
        back = at - self._last[name][0]
        return back < 170 and sum(t < back for t in things) <= 2

    def recall(self, sex: str, at: int) -> str | None:
        best, best_score = None, float("-inf")
        for name, (seen, subject) in self._last.items():
            fit = self._fit(name, sex)
            if fit is None or at - seen > _REACH * (1 + 2 * self._share.get(name, 0)):
                continue
            score = fit - (at - seen) / 220 + (0.9 if subject else 0) + 1.2 * self._share.get(name, 0)
            if score > best_score:
                best, best_score = name, score
        return best

    def _fit(self, name: str, pronoun: str) -> float | None:
        sex, kind = self._names.sex(name), self._names.kind(name)
        if pronoun == "they":
            return None
        if pronoun == "it":
            return None if kind == "person" else (0.5 if not sex else 0.0)
        if sex:
            return 1.0 if sex == pronoun else None
        return 0.0 if kind == "person" else -0.8


def _between(parse: Parse, names: Names, start: int) -> list[int]:
    """How many characters before `start` each lifeless noun of the paragraph stands."""
    return [
        start - t.start for t in parse.tokens
        if t.start < start and t.pos == "NOUN" and t.lemma not in ANIMALS | PERSON_NOUNS
        and not names.owner(parse.text[t.start : t.end])
    ]  # fmt: skip


def _subjects(parse: Parse) -> list[tuple[int, int]]:
    return [(t.start, t.end) for t in parse.tokens if t.dep in _SUBJECTS]


def _is_subject(subjects: Sequence[tuple[int, int]], start: int, end: int, parse: Parse) -> bool:
    if parse.parsed:
        return any(start <= s and e <= end + 1 for s, e in subjects)
    return not parse.text[:start].rstrip() or parse.text[:start].rstrip()[-1] in '.!?”’"»'
