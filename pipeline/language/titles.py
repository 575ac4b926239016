"""A scene in a few words, in the present tense: "Alice takes down a jar", for titles and alt text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.characters import Cast
from pipeline.language.grammar import Parse
from pipeline.language.lexicon import ANIMALS, PERSON_NOUNS, word_set
from pipeline.language.moods import ACTION_OF, STILL
from pipeline.language.nouns import drawable
from pipeline.language.picture import Brief
from pipeline.language.script import Line
from pipeline.language.text import ChapterText

_LONGEST = 9  # words after the verb
_PERSONAL = word_set(
    "i me my we us our you your he him his she her it its they them their this that these those who which what"
)
PLACED = dict.fromkeys(
    ("river bank", "hill", "mountain", "road", "bridge", "roof", "island", "ship", "beach", "farm", "stairs", "train"),
    "on the",
)
PLACED |= dict.fromkeys(
    ("sea", "river", "lake", "harbour", "station", "inn", "house", "castle", "school", "camp"), "at the"
)
PLACED |= {"space": "in", "palace grounds": "in the", "ruins": "among the"}
_NEED_OBJECT = frozenset(
    {"open", "close", "hold", "give", "fetch", "throw", "push", "cut", "carry", "light", "build", "point"}
)
_NOT_REAL = word_set("not never n't would could might should may must shall will can if ’d")
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def title_of(atoms: Sequence[Line], brief: Brief, present: Sequence[str], chapter: ChapterText, cast: Cast) -> str:
    """The clearest clause of the scene with one of its people as subject; else its people and place."""
    best, best_score = "", 0.0
    for atom in atoms:
        para, parse = chapter.paragraphs[atom.paragraph], cast.parses[chapter.number][atom.paragraph]
        if not parse.parsed:
            continue
        for k, token in enumerate(parse.tokens):
            at = para.start + token.start
            if token.dep != "nsubj" or not atom.start <= at < atom.end:
                continue
            if any(s.quoted and s.start <= at < s.end for s in atom.segments):
                continue
            clause, score = _clause(parse, k, para.start, chapter, cast)
            if clause and score > best_score:
                best, best_score = clause, score
    if best and brief.place and brief.action not in STILL and len(best.split()) <= 3:
        return f"{best} {_where(brief.place)}"
    return best or _plain(brief, present, cast)


def _where(place: str) -> str:
    return f"{PLACED.get(place, 'in the')} {place}"


def _clause(parse: Parse, k: int, base: int, chapter: ChapterText, cast: Cast) -> tuple[str, float]:
    """Subject `k` with its verb and what follows, and how well that would do as a title."""
    verb = parse.tokens[parse.tokens[k].head]
    action = ACTION_OF.get(verb.lemma)
    if action is None or action == "think" or verb.pos != "VERB" or _only_thought(parse, parse.tokens[k].head):
        return "", 0.0
    who, plural, sure = _subject(parse, k, base, chapter, cast)
    if not who:
        return "", 0.0
    rest = _rest(parse, parse.tokens[k].head)
    if not rest and action in _NEED_OBJECT:
        return "", 0.0
    if action == "talk" and not rest.startswith("to "):
        return "", 0.0
    does = verb.lemma if plural else _present("talk" if action == "talk" else verb.lemma)
    score = sure + (0.5 if action in STILL else 1.0) + (0.6 if rest else 0.0)
    score += (0.2 if verb.dep in {"ROOT", "conj"} else 0.0) - (0.5 if action == "talk" else 0.0)
    score -= 0.5 if any(parse.tokens[c].lemma == "have" for c in parse.children(parse.tokens[k].head, "aux")) else 0.0
    return f"{who[0].upper()}{who[1:]} {does}{' ' + rest if rest else ''}", score


def _only_thought(parse: Parse, verb: int) -> bool:
    """Denied, or only possible: "could not reach", "would grow"."""
    said = {parse.tokens[c].lemma for c in parse.children(verb, "neg", "aux", "advmod", "mark")}
    return bool(said & _NOT_REAL)


def _subject(parse: Parse, k: int, base: int, chapter: ChapterText, cast: Cast) -> tuple[str, bool, float]:
    """(as it stands in a title, plural, 0.5 for a character and 0 for a thing); "" when it is nobody we can name."""
    token = parse.tokens[k]
    near = cast.mentions[chapter.number].between(base + token.start - 25, base + token.end)
    meant = [m for m in near if m.end >= base + token.end]
    if meant and not meant[-1].quoted:
        return cast.names.characters[meant[-1].name].called, False, 0.5
    if token.pos != "NOUN" or meant:
        return "", False, 0.0
    if token.lemma not in PERSON_NOUNS | ANIMALS and drawable([token.lemma])[token.lemma] < 0.1:
        return "", False, 0.0
    phrase = _phrase(parse, k)
    return phrase, parse.word(k).lower() != token.lemma, 0.0


def _present(lemma: str) -> str:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _rest(parse: Parse, verb: int) -> str:
    """Particle, object and first place of the verb, as far as they hold no pronoun and no clause."""
    parts: list[tuple[int, str]] = []
    for child in parse.children(verb, "prt", "dobj", "prep", "acomp"):
        if child < verb:
            continue
        phrase = _phrase(parse, child)
        if phrase and sum(len(p.split()) for _, p in parts) + len(phrase.split()) <= _LONGEST:
            parts.append((child, phrase))
        if parse.tokens[child].dep == "prep" and phrase:
            break
    return " ".join(p for _, p in sorted(parts))


def _phrase(parse: Parse, k: int) -> str:
    """The words under token `k` without relative clauses; "" when it needs a pronoun or is too long."""
    low, high = parse.subtree(k)
    low = max(low, k) if parse.tokens[k].dep in {"prt", "prep"} else low
    clause = [
        c
        for i in range(low, high + 1)
        for c in parse.children(i, "relcl", "acl", "advcl", "conj", "cc", "appos", "punct", "ccomp", "pcomp")
        if low <= c <= high
    ]
    if clause:
        high = min(min(parse.subtree(c)[0] for c in clause) - 1, high)
    words = parse.text[parse.tokens[low].start : parse.tokens[high].end] if high >= low else ""
    plain = re.findall(r"[\w’'-]+", words)
    if not plain or len(plain) > _LONGEST or any(w.lower() in _PERSONAL - {"his", "her", "its"} for w in plain):
        return ""
    if parse.tokens[k].dep == "prep" and len(plain) < 2:
        return ""
    words = re.sub(r"\b[A-Z]{2,}\b", lambda m: m.group().lower(), words)
    return re.sub(r"\s+", " ", words).strip(" ,;:-—–()‘’“”\"'")


def _plain(brief: Brief, present: Sequence[str], cast: Cast) -> str:
    """ "Alice and the Hatter talk in the garden"; without people the things, else the passage's own first words."""
    who = [cast.names.characters[n].called for n in present[:2]]
    subject = " and ".join(who) or " and ".join(brief.what[:2])
    if not subject:
        return f"View of the {brief.place}" if brief.place else " ".join(brief.text.split()[:8]).strip(",;:—- ")
    doing = (" talk" if len(who) == 2 else " talks") if brief.action == "talk" and who else ""
    place = f" {_where(brief.place)}" if brief.place and brief.place not in subject else ""
    return f"{subject[0].upper()}{subject[1:]}{doing}{place}"
