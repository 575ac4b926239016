"""A scene in a few words, in the present tense: "Alice takes down a jar", for titles and alt text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.characters import Cast
from pipeline.language.grammar import Parse
from pipeline.language.moods import ACTION_OF, STILL
from pipeline.language.picture import Brief
from pipeline.language.script import Line
from pipeline.language.text import ChapterText

_LONGEST = 9  # words after the verb
_PERSONAL = frozenset(
    "i me my we us our you your he him his she her it its they them their this that these those who which what".split()
)
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
    return best or _plain(brief, present, cast)


def _clause(parse: Parse, k: int, base: int, chapter: ChapterText, cast: Cast) -> tuple[str, float]:
    token = parse.tokens[k]
    verb = parse.tokens[token.head]
    mention = cast.mentions[chapter.number].at(base + token.start, base + token.end)
    if mention is None:
        wider = [
            m
            for m in cast.mentions[chapter.number].between(base + token.start - 25, base + token.end)
            if m.end >= base + token.end
        ]
        mention = wider[-1] if wider else None
    action = ACTION_OF.get(verb.lemma)
    if mention is None or mention.quoted or action is None or verb.pos != "VERB":
        return "", 0.0
    if parse.children(token.head, "neg", "aux") and any(
        parse.tokens[c].lemma
        in {"not", "never", "n't", "would", "could", "might", "should", "may", "must", "shall", "will", "can"}
        for c in parse.children(token.head, "neg", "aux", "advmod")
    ):
        return "", 0.0
    rest = _rest(parse, token.head)
    who = cast.names.characters[mention.name].called
    clause = f"{who[0].upper()}{who[1:]} {_present(verb.lemma)}{' ' + rest if rest else ''}"
    score = (0.5 if action in STILL else 1.0) + (0.6 if rest else 0.0) + (0.2 if verb.dep in {"ROOT", "conj"} else 0.0)
    if action in {"talk", "think"}:
        return ("", 0.0) if not rest else (clause, score - 0.5)
    return clause, score


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
    return re.sub(r"\s+", " ", words).strip(" ,;:-—–()‘’“”\"'")


def _plain(brief: Brief, present: Sequence[str], cast: Cast) -> str:
    who = [cast.names.characters[n].called for n in present[:2]]
    subject = " and ".join(who) or (brief.what[0] if brief.what else brief.place)
    if not subject:
        return " ".join(brief.text.split()[:8])
    doing = " talk" if brief.action == "talk" and len(who) == 2 else " talks" if brief.action == "talk" and who else ""
    place = f" in the {brief.place}" if brief.place and brief.place not in subject else ""
    return f"{subject[0].upper()}{subject[1:]}{doing}{place}"
