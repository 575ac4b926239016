"""Who appears in a book: names, aliases, how often, how they speak and what they look like, all from the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.dialogue import Speech, attribute, cue_of
from pipeline.language.grammar import Analyser, Parse, analyse, parse
from pipeline.language.lexicon import ANIMALS, DAYS_AND_SUCH, LIGHT_TITLES, NO_NAMES, PERSON_NOUNS, TITLES, word_set
from pipeline.language.looks import look_of
from pipeline.language.mentions import Inside, Mentions, resolve
from pipeline.language.people import Character, Names, speaker_name
from pipeline.language.places import PLACE_OF
from pipeline.language.quotes import Quote, find_quotes
from pipeline.language.teller import NAME as NARRATED_BY
from pipeline.language.teller import narrator, tellers
from pipeline.language.text import ChapterText, Para

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w]*(?:[’'-][A-ZÀ-ÖØ-Þa-z]\w+)*"
_NAME = re.compile(
    rf"(?P<the>\b[Tt]he\s+)?(?P<name>\b(?:(?:Mr|Mrs|Ms|Dr|St|Prof|Mme)\.\s+)?{_CAPITAL}"
    rf"(?:\s+(?:(?:of|de|von|van|the)\s+)?{_CAPITAL})*)"
)
_STARTS = frozenset('.!?…:“‘"«»—–-(\n')
_ACTIVE = word_set(
    "say think ask cry look go come run walk sit stand see hear feel take know begin reply answer laugh "
    "smile turn want wonder "
    "jump eat drink speak hold open shake nod sigh sob wake sleep remember try put get give talk shout "
    "whisper carry climb"
)
_MIN_SHARE = 0.0004  # of the book's words: rarer names are nobody we draw


@dataclass(frozen=True)
class Cast:
    """What is known of one book's people: `mentions` and `speeches` by chapter number."""

    characters: tuple[Character, ...]
    names: Names
    quotes: dict[int, list[Quote]]
    mentions: dict[int, Mentions]
    speeches: dict[int, list[Speech]]
    parses: dict[int, tuple[Parse, ...]]
    starts: dict[int, tuple[int, ...]]  # where each paragraph begins in its chapter's text


@dataclass
class _Candidate:
    count: int = 0
    the: int = 0
    first: tuple[int, int] = (0, 0)
    inside: int = 0  # capitalised where no sentence begins
    acts: int = 0
    speaks: int = 0
    person: int = 0
    place: int = 0
    script: bool = False


def find_cast(
    chapters: Sequence[ChapterText], language: str = "en", analyser: Analyser = analyse,
    known: Sequence[Character] | None = None,
) -> Cast:  # fmt: skip
    """Reads `chapters` twice: who is there, then who says what. `known` characters are taken as they are."""
    parses = {c.number: parse([p.text for p in c.paragraphs], language, analyser) for c in chapters}
    quotes = {c.number: find_quotes(c.paragraphs) for c in chapters}
    characters = tuple(known) if known is not None else _characters(chapters, parses, quotes)
    mentions = _mentions(chapters, parses, quotes, characters, {})
    if known is None:
        characters = tuple(replace(c, look=look_of(c, chapters, parses, mentions)) for c in characters)
        mentions = _mentions(chapters, parses, quotes, characters, {})
        speeches = _speeches(chapters, quotes, mentions, characters)
        characters = tuple(_with_speeches(c, chapters, speeches) for c in characters)
    told = tellers(chapters, quotes, characters)
    if NARRATED_BY in told.values() and all(c.name != NARRATED_BY for c in characters):
        characters = (*characters, narrator(chapters, quotes, told))
    if told:
        mentions = _mentions(chapters, parses, quotes, characters, told)
    speeches = _speeches(chapters, quotes, mentions, characters)
    if known is None:
        characters = tuple(_with_speeches(c, chapters, speeches) for c in characters)
        characters = tuple(sorted(characters, key=lambda c: (-c.count, c.first)))
    starts = {c.number: tuple(p.start for p in c.paragraphs) for c in chapters}
    return Cast(characters, Names(characters), quotes, mentions, speeches, parses, starts)


def _mentions(
    chapters: Sequence[ChapterText], parses: dict[int, tuple[Parse, ...]], quotes: dict[int, list[Quote]],
    characters: Sequence[Character], told: dict[int, str],
) -> dict[int, Mentions]:  # fmt: skip
    names = Names(characters)
    return {c.number: resolve(c, parses[c.number], names, quotes[c.number], told.get(c.number, "")) for c in chapters}


def _speeches(
    chapters: Sequence[ChapterText], quotes: dict[int, list[Quote]], mentions: dict[int, Mentions],
    characters: Sequence[Character],
) -> dict[int, list[Speech]]:  # fmt: skip
    names = Names(characters)
    return {c.number: attribute(c, quotes[c.number], mentions[c.number], names) for c in chapters}


def _characters(
    chapters: Sequence[ChapterText], parses: dict[int, tuple[Parse, ...]], quotes: dict[int, list[Quote]]
) -> tuple[Character, ...]:
    found = _candidates(chapters, parses, quotes)
    _add_speakers(found, chapters, quotes)
    words = sum(len(c.text.split()) for c in chapters) or 1
    least = max(2, round(words * _MIN_SHARE))
    kept = {n: c for n, c in found.items() if _is_somebody(n, c, least)}
    groups = _merged(kept)
    people = []
    for name, aliases in groups.items():
        all_of = [kept[n] for n in (name, *aliases)]
        count, the = sum(c.count for c in all_of), sum(c.the for c in all_of)
        people.append(
            Character(
                name=name, aliases=tuple(sorted(aliases)), article="the" if the > count / 2 else "", count=count,
                first=min(c.first for c in all_of), script=any(c.script for c in all_of),
            )
        )  # fmt: skip
    people = [p for p in people if p.count >= least]
    people = sorted(people, key=lambda p: (-p.count, p.first))
    return tuple(replace(p, look=look_of(p, chapters, parses, None)) for p in people)


def _candidates(
    chapters: Sequence[ChapterText], parses: dict[int, tuple[Parse, ...]], quotes: dict[int, list[Quote]]
) -> dict[str, _Candidate]:
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    lower: Counter[str] = Counter()
    for chapter in chapters:
        inside = Inside(quotes[chapter.number])
        for para, parsed in zip(chapter.paragraphs, parses[chapter.number], strict=True):
            if para.role in {"heading", "table", "code"}:
                continue
            if para.speaker:
                name = speaker_name(para.speaker)
                found[name].count += 1
                found[name].speaks += 1
                found[name].script = True
                found[name].inside += 1
            lower.update(re.findall(r"\b[a-z]\w+", para.text))
            for m in _NAME.finditer(para.text):
                _note(found, chapter.number, para, m, parsed, inside)
    for name in [n for n in found if found[n].inside == 0 and lower[n.lower()]]:
        del found[name]
    return dict(found)


OPENERS = (NO_NAMES | DAYS_AND_SUCH | {"o"}) - TITLES - {"poor", "dear"}


def _note(
    found: dict[str, _Candidate], number: int, para: Para, m: re.Match[str], parsed: Parse, inside: Inside
) -> None:
    """Counts one capitalised name, with what its place in the sentence tells of it."""
    text, base = para.text, para.start
    name, start = m.group("name"), m.start("name")
    if re.search(r"[’'](?:ll|d|ve|m|re|t)\b", name) or name.lower() in NO_NAMES:
        return
    name = re.sub(r"[’']s$", "", name)
    while not m.group("the") and (head := name.split(" ", 1))[0].lower() in OPENERS and len(head) == 2:
        start, name = start + len(head[0]) + 1, head[1]
    while " " in name and name.rsplit(" ", 1)[1].lower() in NO_NAMES:  # "the Morlocks I saw"
        name = name.rsplit(" ", 1)[0]
    the = bool(m.group("the"))
    if name.lower().startswith("the "):  # "When the Mouse": the article stood inside
        name, start, the = name[4:], start + 4, True
    begins = not text[:start].rstrip() or text[:start].rstrip()[-1] in _STARTS
    words = name.split()
    if begins and len(words) > 1 and words[0].lower().rstrip(".") not in TITLES | LIGHT_TITLES and not the:
        skip = len(words[0]) + 1  # "Suddenly Alice": the first word may be capital by place alone
        if _pos_at(parsed, start) not in {"PROPN", "NOUN", "ADJ"}:
            name, start, begins = name[skip:], start + skip, False
    if (name.isupper() and len(name) > 1) or name.lower().rstrip(".") in DAYS_AND_SUCH or len(name) < 2:
        return
    candidate = found[name]
    candidate.count += 1
    candidate.the += the
    candidate.inside += not begins
    if candidate.count == 1:
        candidate.first = (number, base + start)
    for token in parsed.tokens:
        if start <= token.start and token.end <= start + len(name):
            candidate.person += token.entity in {"PERSON", "PER"}
            candidate.place += token.entity in {"GPE", "LOC", "FAC", "ORG", "DATE", "NORP", "LANGUAGE", "EVENT"}
            if token.dep == "nsubj" and not inside.holds(base + start) and parsed.tokens[token.head].lemma in _ACTIVE:
                candidate.acts += 1


def _pos_at(parsed: Parse, at: int) -> str:
    return next((t.pos for t in parsed.tokens if t.start == at), "")


def _add_speakers(
    found: dict[str, _Candidate], chapters: Sequence[ChapterText], quotes: dict[int, list[Quote]]
) -> None:
    """Those who are named in cues: also plain nouns, as "the old woman"."""
    known = {n.lower(): n for n in sorted(found)}
    for chapter in chapters:
        own = quotes[chapter.number]
        for k, quote in enumerate(own):
            if chapter.paragraphs[quote.paragraph].role == "dialogue":
                continue
            cue = cue_of(chapter, own, k)
            if cue is None or cue.pronoun:
                continue
            name = _bare(cue.phrase)
            name = known.get(name.lower(), name)
            if name in found:
                found[name].speaks += 1
                found[name].script = True
            elif _described(name):
                _note_described(found, name, chapters)


def _note_described(found: dict[str, _Candidate], name: str, chapters: Sequence[ChapterText]) -> None:
    candidate = found[name] = _Candidate(speaks=1, inside=1)
    for chapter in chapters:
        for m in re.finditer(rf"\bthe {re.escape(name)}\b", chapter.text, re.IGNORECASE):
            candidate.count += 1
            candidate.the += 1
            if candidate.count == 1:
                candidate.first = (chapter.number, m.start() + 4)


def _bare(phrase: str) -> str:
    """ "poor Alice" -> "Alice", "the old woman" -> "old woman"."""
    words = phrase.split()
    while len(words) > 1 and (words[0].lower() in {"the", "a", "an"} or (words[0].islower() and words[1][0].isupper())):
        words = words[1:]
    return re.sub(r"[’']s$", "", " ".join(words))


def _described(name: str) -> bool:
    return (
        name.islower()
        and name.split()[-1] in PERSON_NOUNS | ANIMALS
        and name.split()[0] not in {"his", "her", "my", "their", "its", "one", "another", "other"}
    )


def _is_somebody(name: str, c: _Candidate, least: int) -> bool:
    titled = len(name.split()) > 1 and name.split()[0].lower().rstrip(".") in TITLES
    if c.inside == 0 and c.speaks == 0 and c.acts < 2 and not titled:
        return False
    last = name.split()[-1].lower()
    if re.search(r"-[a-z]", name) and last not in PERSON_NOUNS:
        return False
    if titled:
        return True
    if last in ANIMALS | PERSON_NOUNS and (c.the or c.speaks or c.acts):
        return True
    if last in PLACE_OF or (c.place > max(c.person, c.count * 0.6) and not c.speaks):
        return False
    return c.speaks > 0 or c.acts >= 1 or (c.person >= max(3, least) and c.person > 0.3 * c.count)


def _merged(kept: dict[str, _Candidate]) -> dict[str, list[str]]:
    """name -> its other names. A short name joins the one longer name that it is the head or the first name of."""
    owner: dict[str, str] = {}
    order = sorted(kept, key=lambda n: (len(n.split()), -kept[n].count, n))
    for short in order:
        longer = [n for n in order if n != short and len(n.split()) > len(short.split()) and _same(short, n)]
        if not longer:
            continue
        best = max(longer, key=lambda n: (kept[n].count, n))
        others = sum(kept[n].count for n in longer if n != best and not _same(n, best) and not _same(best, n))
        if others * 3 <= kept[best].count:
            owner[short] = best
    groups: dict[str, list[str]] = {n: [] for n in kept if n not in owner}
    for name in owner:
        root = name
        while root in owner:
            root = owner[root]
        groups[root].append(name)
    return dict(_titled(root, names, kept) for root, names in groups.items())


def _titled(root: str, names: list[str], kept: dict[str, _Candidate]) -> tuple[str, list[str]]:
    """The group's name: the fullest that is used often, without a light title if the bare name is used more."""
    every = [root, *names]
    total = sum(kept[n].count for n in every) or 1  # "said an old sailor", who never comes again
    usual = [n for n in every if kept[n].count >= max(2, 0.08 * total)] or every
    chosen = max(usual, key=lambda n: (_weight(n, kept[n].count / total), n))
    return chosen, [n for n in every if n != chosen]


def _weight(name: str, share: float) -> float:
    words = [w for w in name.split() if w.lower().rstrip(".") not in LIGHT_TITLES]
    light = len(words) < len(name.split())
    return len(words) - (0.5 if light and share < 0.5 else 0) + share


def _same(short: str, long: str) -> bool:
    a, b = short.split(), long.split()
    if len(b) > 2 and b[0].lower().rstrip(".") in TITLES:
        b = b[1:]
    if a[0].lower().rstrip(".") in TITLES and b[0].lower().rstrip(".") not in TITLES and len(a) > 1:
        a = a[1:]
    return a == b[-len(a) :] or (a == b[: len(a)] and a[0].lower().rstrip(".") not in LIGHT_TITLES)


def _with_speeches(c: Character, chapters: Sequence[ChapterText], speeches: dict[int, list[Speech]]) -> Character:
    own = [(ch, s) for ch in chapters for s in speeches[ch.number] if s.speaker == c.name]
    words = sum(len(ch.text[s.start : s.end].split()) for ch, s in own)
    return replace(c, speeches=len(own), words_spoken=words)
