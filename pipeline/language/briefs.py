"""The picture brief of one scene: who, where, what, doing what, in what mood, seen from how far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.language.characters import Cast
from pipeline.language.grammar import Parse, Token
from pipeline.language.lexicon import ANIMALS, PERSON_NOUNS
from pipeline.language.mentions import Mention
from pipeline.language.moods import ACTION_OF, FAINT, MOOD_OF, STILL
from pipeline.language.nouns import drawable
from pipeline.language.picture import Brief
from pipeline.language.places import PLACE_OF, TIME_OF, WEATHER_OF
from pipeline.language.script import Line
from pipeline.language.setting import Setting
from pipeline.language.text import ChapterText

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_PEOPLE, _MOST_THINGS = 4, 6
_LIKE = re.compile(
    r"\b(?:like|as|than|no|never|without|not)\s+(?:an?\s+|the\s+|any\s+|all\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE
)


class Framer:
    """Chooses wide, medium or close, never the same as the scene before unless nothing else fits."""

    def __init__(self) -> None:
        self._last = ""
        self._place = ""

    def choose(self, setting: Setting, who: Sequence[str], what: Sequence[str], talk: float) -> str:
        """`talk`: share of the scene that is speech."""
        wishes = ["medium", "wide", "close"]
        if setting.place and setting.place != self._place:
            wishes = ["wide", "medium", "close"]
        elif talk > 0.5 or (not who and what):
            wishes = ["close", "medium", "wide"]
        elif len(who) > 2:
            wishes = ["wide", "medium", "close"]
        chosen = next(w for w in wishes if w != self._last)
        self._last, self._place = chosen, setting.place
        return chosen


def brief_of(
    atoms: Sequence[Line], setting: Setting, chapter: ChapterText, cast: Cast, framer: Framer
) -> tuple[Brief, tuple[str, ...]]:
    """The brief and all names present, the most important first."""
    who = present(atoms, chapter, cast)
    parses = cast.parses[chapter.number]
    what = things(atoms, chapter, parses, cast, setting)
    text = " ".join(a.text for a in atoms)
    quoted = sum(len(s.text) for a in atoms for s in a.segments if s.quoted)
    talk = quoted / max(1, len(text))
    brief = Brief(
        place=setting.place, indoors=setting.indoors, time=setting.time, weather=setting.weather,
        who=who[:_MOST_PEOPLE], what=what, action=action_of(atoms, chapter, cast, talk), mood=mood_of(text),
        framing=framer.choose(setting, who, what, talk), text=text,
    )  # fmt: skip
    return brief, who


def present(atoms: Sequence[Line], chapter: ChapterText, cast: Cast) -> tuple[str, ...]:
    """Who is there: those the narration speaks of, and speakers. Names that fall only in talk are not there."""
    weight: Counter[str] = Counter()
    order: dict[str, int] = {}
    for atom in atoms:
        for mention in cast.mentions[chapter.number].between(atom.start, atom.end):
            if mention.quoted or _absent(mention, chapter):
                continue
            weight[mention.name] += 2 if mention.subject else 1
            order.setdefault(mention.name, mention.start)
        for s in atom.segments:
            if s.quoted and s.speaker in cast.names.characters and s.confidence >= 0.5:
                weight[s.speaker] += 2
                order.setdefault(s.speaker, s.start)
    return tuple(sorted(order, key=lambda n: (-weight[n], order[n])))


def _absent(mention: Mention, chapter: ChapterText) -> bool:
    """ "the cat's dish", "thought of Dinah": owned things and thoughts do not bring their people along."""
    after = chapter.text[mention.end : mention.end + 2]
    before = chapter.text[max(0, mention.start - 22) : mention.start].lower()
    if after in {"’s", "'s"} and not mention.subject:
        return True
    return (
        bool(re.search(r"\b(?:of|about|remember(?:ed|ing)?|missed|like|for)\s+(?:the\s+)?$", before))
        and not mention.subject
    )


def things(
    atoms: Sequence[Line], chapter: ChapterText, parses: Sequence[Parse], cast: Cast, setting: Setting
) -> tuple[str, ...]:
    """Nouns that can be drawn, the best first."""
    found: dict[str, float] = {}
    people = {w.lower() for c in cast.characters for n in (c.name, *c.aliases) for w in n.split()}
    for atom in atoms:
        para, parse = chapter.paragraphs[atom.paragraph], parses[atom.paragraph]
        for token, noun in _nouns(parse, atom.start - para.start, atom.end - para.start):
            if noun in people or PLACE_OF.get(noun, ("",))[0] == setting.place:
                continue
            found[noun] = found.get(noun, 0) + _share(token, atom, para.start, para.text)
    scores = drawable(sorted(found))
    for noun in [n for n in found if any(other.startswith(n + "-") for other in found)]:
        del found[noun]  # "daisy" when there is a "daisy-chain"
    ranked = {n: found[n] * scores[n] for n in found if scores[n] > 0.1}
    return tuple(sorted(ranked, key=lambda n: (-ranked[n], n)))[:_MOST_THINGS]


def _nouns(parse: Parse, start: int, end: int) -> list[tuple[Token, str]]:
    nouns = []
    for k, t in enumerate(parse.tokens):
        if not start <= t.start < end:
            continue
        if parse.parsed:
            if t.pos == "NOUN" and not (t.dep == "compound" and parse.tokens[t.head].start - t.end <= 1):
                nouns.append((t, _compound(parse, k)))
        elif t.lemma.isalpha() and len(t.lemma) > 3:
            nouns.append((t, t.lemma.removesuffix("s")))
    return [(t, n) for t, n in nouns if n not in TIME_OF and n not in WEATHER_OF]


def _compound(parse: Parse, k: int) -> str:
    """ "rabbit-hole" as one noun, though the tokens are three."""
    t = parse.tokens[k]
    joined = re.search(r"[A-Za-z]+-$", parse.text[: t.start])
    return f"{joined.group().lower()}{t.lemma}" if joined else t.lemma


def _share(token: Token, atom: Line, base: int, text: str) -> float:
    """More for subjects and objects and for early words, less for comparisons, negations and talk."""
    at = base + token.start
    share = 1.2 if token.dep in {"nsubj", "dobj", "nsubjpass"} else 1.0
    share *= 1.0 - 0.3 * (at - atom.start) / max(1, atom.end - atom.start)
    if any(s.quoted and s.start <= at < s.end for s in atom.segments):
        share *= 0.6
    if _LIKE.search(text[: token.start]):
        share *= 0.3
    return share


def action_of(atoms: Sequence[Line], chapter: ChapterText, cast: Cast, talk: float) -> str:
    """The strongest verb that somebody present does; "talk" for dialogue, else "stand"."""
    best, best_score = "", 0.0
    for atom in atoms:
        para, parse = chapter.paragraphs[atom.paragraph], cast.parses[chapter.number][atom.paragraph]
        for k, t in enumerate(parse.tokens):
            if not atom.start <= para.start + t.start < atom.end or (parse.parsed and t.pos != "VERB"):
                continue
            if any(s.quoted and s.start <= para.start + t.start < s.end for s in atom.segments):
                continue
            action = ACTION_OF.get(t.lemma) or (not parse.parsed and ACTION_OF.get(_stem(t.lemma))) or ""
            score = (
                (0.4 if action in STILL else 1.0) * (1.0 if t.dep in {"ROOT", "conj", "ccomp", ""} else 0.7)
                if action
                else 0.0
            )
            score *= _done_by(parse, k, para.start, chapter, cast) if score else 1.0
            if score > best_score:
                best, best_score = action, score
    return best if best and (best not in STILL or talk < 0.5) else "talk" if talk >= 0.3 else best or "stand"


def _done_by(parse: Parse, k: int, base: int, chapter: ChapterText, cast: Cast) -> float:
    """1 when somebody does it, less when a thing does, or it is done to somebody."""
    if not parse.parsed:
        return 1.0
    if parse.children(k, "nsubjpass", "auxpass", "neg"):
        return 0.3
    subjects = [parse.tokens[c] for c in parse.children(k, "nsubj")]
    mentions = cast.mentions[chapter.number]
    if any(mentions.at(base + t.start, base + t.end) or t.lemma in PERSON_NOUNS | ANIMALS for t in subjects):
        return 1.2
    return 0.5 if subjects else 1.0


def _stem(word: str) -> str:
    for ending, instead in (("ied", "y"), ("ed", ""), ("ing", ""), ("s", "")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def mood_of(text: str) -> str:
    """The mood most words speak of; calm when none does."""
    votes: Counter[str] = Counter()
    for m in _WORD.finditer(text):
        word = m.group().lower()
        mood = MOOD_OF.get(word)
        if mood:
            votes[mood] += 1 if word in FAINT else 3
    if not votes:
        return "calm"
    return max(sorted(votes), key=lambda m: votes[m]) if max(votes.values()) > 1 else "calm"
