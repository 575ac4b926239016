"""What may be left out as one: lines bound by a quotation, a cue or a stanza, and what each leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.language.characters import Cast
from pipeline.language.grammar import Parse
from pipeline.language.lexicon import HEAVY_CONNECTIVES
from pipeline.language.script import Line
from pipeline.language.text import spoken_words

_LONG = 70  # words: a longer quotation may end early, though it is never begun late
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VAGUE = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|such|there|one|another|others|both|neither|either|latter|former)\b",
    re.I,
)
_ALWAYS_VAGUE = re.compile(
    r"^\W*(?:this|these|those|such|that|it|they|another|both"
    r"|the (?:other|latter|former|second|third|next|same|rest))\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\b(?:it (?:was|is|were) (?:a|an|the|all|so|no|not|very|now|quite|at|on|in"
    r"|only|about|raining|snowing|dark|late|early|cold)\b"
    r"|there (?:was|were|is|are|had|seemed|stood|came|lay)\b"
    r"|that (?:she|he|it|they|the)\b|one (?:day|morning|evening|night))",
    re.I,
)
_LATER = re.compile(
    r"(?:[\w’']+,?\s+){0,3}?(?:however|therefore|indeed|too|again|otherwise|instead|besides|nevertheless|accordingly)\b",
    re.I,
)
_LEADS = re.compile(
    r"\b(?:said|began|went on|continued|asked|cried|replied|added|thought"
    r"|follows|words|talking|talk)\b[^.!?]{0,40}[.:,]$"
)
_SIGN = re.compile(r"[‘“\"']([A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}?)[,.]?[’”\"']")
_SKIP_OPENING = re.compile(r"^[\W_]+")


@dataclass
class Unit:
    """`needs_before`: makes no sense after a gap; `wants_after`: leaves a question open. `last` is who was last spoken
    of, by sex; `leans` are (name, sex) that its opening pronouns mean; `vague`: pronouns without anybody in reach."""

    lines: list[Line]
    seconds: float = 0.0
    needs_before: bool = False
    wants_after: bool = False
    last: dict[str, str] = field(default_factory=dict)
    leans: list[tuple[str, str]] = field(default_factory=list)
    vague: float = 0.0
    assumes: tuple[int, ...] = ()  # units of the chapter that bring in what this one takes as known

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def chapter(self) -> int:
        return self.lines[0].chapter


def units_of(lines: Sequence[Line], cast: Cast, wpm: float) -> list[Unit]:
    """The lines of one chapter, grouped."""
    groups: list[list[Line]] = []
    bound: list[bool] = []  # the group must not be kept without the one before it
    for line in lines:
        tied = bool(groups) and _tied(groups[-1][-1], line, cast)
        if tied and sum(spoken_words(x.text) for x in groups[-1]) < _LONG:
            groups[-1].append(line)
        else:
            groups.append([line])
            bound.append(tied)
    units = [Unit(g, sum(spoken_words(x.text) for x in g) * 60 / wpm) for g in groups]
    for k, unit in enumerate(units):
        _lean(unit, units[k - 1] if k else None, bound[k], cast)
    for k, unit in enumerate(units[:-1]):
        unit.wants_after = _asks(unit, units[k + 1]) or _leads(unit, units[k + 1])
    _assume(units, cast)
    return units


def _assume(units: Sequence[Unit], cast: Cast) -> None:
    """Finds for "the key" the unit that told of "a golden key", for words in marks where they stood first."""
    first: dict[str, int] = {}
    for k, unit in enumerate(units):
        known = set()
        for what, new in _things(unit, cast):
            if new:
                first.setdefault(what, k)
            elif first.get(what, k) != k:
                known.add(first[what])
        unit.assumes = tuple(sorted(known))


def _things(unit: Unit, cast: Cast) -> list[tuple[str, bool]]:
    """(noun, whether it is new: with "a", not "the") in order; short words in marks count as both."""
    found = []
    for line in unit.lines:
        parse, base = cast.parses[line.chapter][line.paragraph], _paragraph_start(line, cast)
        for k, t in enumerate(parse.tokens):
            if t.pos == "NOUN" and line.start <= base + t.start < line.end:
                articles = {parse.tokens[c].lemma for c in parse.children(k, "det", "nummod")}
                if articles & {"a", "an", "another", "some", "one"}:
                    found.append((t.lemma, True))
                elif articles & {"the", "this", "that", "these"}:
                    found.append((t.lemma, False))
        for m in _SIGN.finditer(line.text):
            found += [(m.group(1).lower(), False), (m.group(1).lower(), True)]
    return found


def _tied(a: Line, b: Line, cast: Cast) -> bool:
    """Whether two lines belong together: in one quotation, one stanza, or a cue that follows its quotation."""
    if (a.chapter, a.paragraph) != (b.chapter, b.paragraph):
        return False
    if a.role == "verse":
        return True
    if any(s.start < a.end and s.end > b.start for s in cast.speeches[a.chapter] if s.paragraph == a.paragraph):
        return True
    opened = a.text.count("(") - a.text.count(")")
    return opened > 0 or b.text[:1].islower()


def _lean(unit: Unit, before: Unit | None, bound: bool, cast: Cast) -> None:
    line = unit.lines[0]
    opening = _SKIP_OPENING.sub("", line.text)
    quoted = bool(line.segments) and line.segments[0].quoted and line.segments[0].start == line.start
    first = _FIRST_WORDS.match(opening)
    word = first.group().lower() if first else ""
    unit.needs_before = bound or (
        not quoted
        and (word in HEAVY_CONNECTIVES or bool(_ALWAYS_VAGUE.match(opening) and not _EXPLETIVE.match(opening)))
    )
    if before is not None and not quoted and _LATER.match(opening):
        unit.needs_before = True
    if before is not None and quoted and not _has_cue(unit, cast):
        unit.needs_before = True
    _mentions(unit, cast)
    unit.vague = _vagueness(unit, cast)


def _has_cue(unit: Unit, cast: Cast) -> bool:
    """Whether the unit itself tells who speaks (or nobody need be told: the reader knows from its own narration)."""
    for line in unit.lines:
        for s in line.segments:
            if not s.quoted and len(s.text.split()) >= 2:
                return True
    return False


def _mentions(unit: Unit, cast: Cast) -> None:
    named: set[str] = set()
    mentions = cast.mentions[unit.chapter]
    for line in unit.lines:
        for m in mentions.between(line.start, line.end):
            sex = cast.names.sex(m.name) or "it"
            if m.pronoun and m.name not in named:
                unit.leans.append((m.name, sex))
            if not m.quoted:
                unit.last[sex] = m.name
            if not m.pronoun:
                named.add(m.name)


def _vagueness(unit: Unit, cast: Cast) -> float:
    """0..: pronouns in the narration that nobody and nothing in the unit explains."""
    line = unit.lines[0]
    text = _EXPLETIVE.sub(lambda m: " " * len(m.group()), line.text)
    parse = cast.parses[line.chapter][line.paragraph]
    mentions = cast.mentions[line.chapter]
    total = 0.0
    for m in _VAGUE.finditer(text):
        at = line.start + m.start()
        if any(s.quoted and s.start <= at < s.end for s in line.segments) or mentions.at(at, line.start + m.end()):
            continue
        if m.group().lower() in {"that", "such", "one", "there"} and m.start() > 3:
            continue
        if _nouns_before(parse, line, m.start(), cast) == 0:
            total += 1.0
    return total


def _nouns_before(parse: Parse, line: Line, at: int, cast: Cast) -> int:
    """How many things are named in the line before `at`."""
    base = line.start - _paragraph_start(line, cast)
    if not parse.parsed:
        return at // 30
    return sum(
        1
        for t in parse.tokens
        if base <= t.start < base + at
        and t.pos == "NOUN"
        and t.dep not in {"npadvmod"}
        and t.lemma not in {"moment", "time", "way"}
    )


def _paragraph_start(line: Line, cast: Cast) -> int:
    return cast.starts[line.chapter][line.paragraph]


def _leads(a: Unit, b: Unit) -> bool:
    """Whether `a` only leads to what `b` says ("Presently she began again.", "It ran as follows:")."""
    end, opens = a.lines[-1], b.lines[0]
    quoted = bool(opens.segments) and opens.segments[0].quoted and opens.segments[0].start == opens.start
    told = bool(end.segments) and not end.segments[-1].quoted
    return end.text.rstrip().endswith(":") or (
        told and (quoted or opens.role == "verse") and bool(_LEADS.search(end.text))
    )


def _asks(a: Unit, b: Unit) -> bool:
    """Whether `a` ends in a question that `b` answers."""
    said = [s for line in a.lines for s in line.segments if s.quoted]
    answer = [s for line in b.lines for s in line.segments if s.quoted]
    return bool(
        said and answer and said[-1].text.rstrip("”’\"' ").endswith("?") and answer[0].speaker != said[-1].speaker
    )
