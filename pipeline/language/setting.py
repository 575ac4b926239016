"""Where and when a passage plays: place, time of day and weather, carried forward until they change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.grammar import Parse
from pipeline.language.lexicon import ANIMALS, PERSON_NOUNS, word_set
from pipeline.language.places import INTO, MOVES, PLACE_OF, TIME_OF, WEAK, WEATHER_OF

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PREPOSITIONS = INTO | {
    "round",
    "around",
    "of",
    "from",
    "off",
    "like",
    "than",
    "for",
    "about",
    "as",
    "towards",
    "toward",
    "between",
    "against",
    "past",
    "until",
    "before",
    "after",
}
_GOOD = INTO | {"round", "around"}
_POSTURES = word_set("sit stand lie live stay be find sleep kneel wait work play hide rest fall")
_ONLY_SEEN = word_set(
    "look see peep gaze glance stare peer watch lead long wish think speak talk tell dream hear wonder want remember "
    "imagine mean know read call point show open hope like put belong consider describe explain suppose sound seem"
)
_NOT_TIMES = re.compile(r"(?:good|every|each|all|one|some|other|day after|to-?|by)\s+$", re.IGNORECASE)


_WISHES = word_set("think thought dream idea decide hope afraid fear chance possibility way mean plan talk tell")


@dataclass(frozen=True, slots=True)
class Setting:
    place: str = ""
    indoors: bool = False
    time: str = "day"
    weather: str = "clear"
    lighthouse: bool = False  # one was named: it is the tower from then on


def follow(now: Setting, text: str, base: int, parse: Parse) -> Setting:
    """The setting after `text`, a stretch of narration that begins at `base` in the parsed paragraph."""
    place, indoors, best = now.place, now.indoors, 0.0
    time, weather, lighthouse = now.time, now.weather, now.lighthouse
    for m in _WORD.finditer(text):
        word = m.group().lower()
        found = place_of(word)
        lighthouse = lighthouse or word == "lighthouse"
        if found:
            score = _weight(word, text, m.start(), base + m.end(), parse)
            if score >= max(best, 0.6 if now.place else 0.3):
                (place, indoors), best = found, score
        when = TIME_OF.get(word)
        if when and not _NOT_TIMES.search(text[: m.start()]):
            time = when
        weather = WEATHER_OF.get(word, weather)
    if lighthouse and place == "tower":
        place = "lighthouse"
    return Setting(place, indoors, time, weather, lighthouse)


def place_of(word: str) -> tuple[str, bool] | None:
    """(place, indoors) for a noun, its plural, or a compound that ends in one."""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in PLACE_OF:
            return PLACE_OF[form]
    tail = word.rsplit("-", 1)[-1]
    return PLACE_OF.get(tail) if tail != word else None


def _weight(word: str, text: str, at: int, end: int, parse: Parse) -> float:
    """How surely the word says where we are: 2 for moving there, 1 for being there, 0.3 for a mention, 0 for none."""
    before = [w.lower() for w in _WORD.findall(re.split(r"[.;:!?()“”‘]", text[:at])[-1])][-6:]
    if parse.parsed and _stands(end, parse):
        return 0.9
    preposition = next((w for w in reversed(before) if w in _PREPOSITIONS), "")
    if preposition == "of" and "in front" in " ".join(before):
        preposition, before = "by", [*before[: before.index("of")], "by", *before[before.index("of") + 1 :]]
    between = before[before.index(preposition) + 1 :] if preposition else before
    if any(w in {"like", "as", "than", "no", "never", "if"} for w in before[-4:]) or (
        preposition and preposition not in _GOOD
    ):
        return 0.0
    weak = word in WEAK or word.removesuffix("s") in WEAK
    if not preposition or len(between) > 4:
        return 0.0 if weak else 0.3
    verb = _verb(end, parse) if parse.parsed else next((w for w in reversed(before) if w in MOVES | _POSTURES), "")
    if verb in _ONLY_SEEN or "out of" in " ".join(before[-4:]):
        return 0.0
    if parse.parsed and (verb in MOVES or verb in _POSTURES) and _of_a_thing(end, parse):
        return 0.0 if weak else 0.3
    if verb in MOVES:
        return 2.0
    if verb in _POSTURES:
        return 1.5
    return 0.0 if weak and "the" not in between else 0.6 if weak else 1.0


def _verb(end: int, parse: Parse) -> str:
    """Lemma of the verb that governs the noun ending at `end`; "look" when it is only thought or told of."""
    k = next((i for i, t in enumerate(parse.tokens) if t.end == end), None)
    if k is None or parse.tokens[k].pos in {"ADJ", "VERB", "AUX"}:
        return "look"
    for _ in range(8):
        token = parse.tokens[k]
        if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in {"aux", "auxpass"}):
            return "look" if _unreal(k, parse) else token.lemma
        if token.head == k:
            return ""
        k = token.head
    return ""


def _of_a_thing(end: int, parse: Parse) -> bool:
    """Whether it is a lifeless thing that moves there: "the sun hopped across the sky"."""
    k = next((i for i, t in enumerate(parse.tokens) if t.end == end), None)
    for _ in range(8):
        if k is None or parse.tokens[k].head == k:
            return False
        k = parse.tokens[k].head
        if parse.tokens[k].pos == "VERB":
            subjects = [parse.tokens[c] for c in parse.children(k, "nsubj")]
            return any(t.pos == "NOUN" and t.lemma not in PERSON_NOUNS | ANIMALS for t in subjects)
    return False


def _stands(end: int, parse: Parse) -> bool:
    """ "Before her was a long passage", "here stood an old inn"."""
    k = next((i for i, t in enumerate(parse.tokens) if t.end == end), None)
    if k is None or parse.tokens[k].dep not in {"nsubj", "attr"} or parse.tokens[k].head > k:
        return False
    verb = parse.tokens[parse.tokens[k].head]
    indefinite = any(parse.tokens[c].lemma in {"a", "an", "another"} for c in parse.children(k, "det"))
    return verb.lemma in {"be", "stand", "lie", "open"} and indefinite and not _unreal(parse.tokens[k].head, parse)


def _unreal(k: int, parse: Parse) -> bool:
    """Whether the verb tells what might be, once was, or is only thought of; or what "you" do."""
    for c in parse.children(k, "aux", "mark", "nsubj", "neg"):
        lemma = parse.tokens[c].lemma
        if lemma in {"would", "could", "might", "should", "may", "can", "will", "if", "you", "one", "not", "never"}:
            return True
        if lemma == "have" and parse.word(c).lower() in {"had", "’d", "'d"}:
            return True
    token = parse.tokens[k]
    if token.dep == "pcomp":
        governor = parse.tokens[parse.tokens[token.head].head].lemma
        return parse.tokens[token.head].lemma in {"for", "without", "before", "from"} or governor in _WISHES
    return token.dep in {"xcomp", "advcl", "conj"} and parse.tokens[token.head].lemma in _ONLY_SEEN - {
        "see",
        "hear",
    } | {"try", "decide"}


_AHEAD = 14  # stretches at a beginning that may borrow the first place named after them


def settings(stretches: Sequence[tuple[str, int, Parse]], start: Setting) -> list[Setting]:
    """The setting of each stretch (text, offset in its paragraph, parse); the first ones look a little ahead."""
    found, now = [], start
    for text, base, parse in stretches:
        now = follow(now, text, base, parse)
        found.append(now)
    first = next((k for k, s in enumerate(found[: _AHEAD + 1]) if s.place), None)
    if first is None:
        return found
    place, indoors = found[first].place, found[first].indoors
    return [replace(s, place=place, indoors=indoors) if k < first else s for k, s in enumerate(found)]
