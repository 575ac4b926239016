"""How a character looks, from what the text says of it: pronouns, titles, "with pink eyes", "her blue dress"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.language import lexicon as lx
from pipeline.language.grammar import Parse
from pipeline.language.mentions import Mentions
from pipeline.language.people import Character
from pipeline.language.picture import Look
from pipeline.language.text import ChapterText

_WORD = re.compile(r"[\w’'-]+")
# "her" and "him" are left out: as objects they are mostly somebody else.
_SEXED = re.compile(r"\b(he|his|she|hers|himself|herself|itself|its|it)\b", re.IGNORECASE)
_PART = "|".join(sorted(lx.HAIR_AND_DRESS))
_TRAIT = re.compile(
    r"\b(?P<how>his|her|its|’s|'s|with|in|wore|wearing|had|has|carrying|holding)\s+"
    r"(?:a\s+pair\s+of\s+|pair\s+of\s+|a\s+|an\s+|the\s+)?"
    rf"(?P<adj>(?:[\w-]+,?\s+(?:and\s+)?){{0,3}}?)(?P<part>{_PART})\b",
    re.IGNORECASE,
)
_COPULA = (
    r"\s+(?:was|is|were)\s+(?:only\s+|just\s+)?(?:the|an?|her|his)\s+"
    r"((?:(?!of|in|to|with|who|that|and|at|for|from|by|on)[\w-]+\s+){0,3}[\w-]+)"
)
_CALLED = r"((?:[\w’'-]+\s+){1,3})(?:(?:who\s+|which\s+)?(?:was|is)\s+)?(?:called|named|by\s+the\s+name\s+of|whose\s+name\s+was)\s+"
_COLOURED = re.compile(
    rf"\b(?:was|is)\s+(?:all\s+|quite\s+|as\s+)?(?P<colour>{'|'.join(sorted(lx.COLOURS))})(?=\s*[,.;]|\s+(?:and|with|all|as)\b)"
)
_CHILD = re.compile(
    r"\b(?:this|the|that|poor|little|curious|dear|young|an?)\s+(?:\w+\s+)?(child|girl|boy|little girl|little boy)\b",
    re.I,
)
_BEASTLY = frozenset({"wings", "tail", "whiskers", "fur"})
_OF_THE_OTHER_SEX = {"male": lx.FEMALE_NOUNS, "female": lx.MALE_NOUNS}
_MOST = 6  # traits kept
_SAID_OUTRIGHT = 3  # times that "the goat was called Admiral" counts


def look_of(
    c: Character,
    chapters: Sequence[ChapterText],
    parses: dict[int, tuple[Parse, ...]],
    mentions: dict[int, Mentions] | None,
) -> Look:
    """`mentions` None: names only, for the first reading."""
    words = _described_as(c, chapters)
    noun = _noun(c, words)
    kind = "animal" if noun in lx.ANIMALS else "thing" if noun in lx.THING_PERSONS else "person"
    sex = _sex(c, words, chapters)
    age = _age(c, words) or ("child" if mentions and _young(c, chapters, mentions) else "")
    traits = _traits(c, chapters, mentions) if mentions else ()
    if kind == "person" and (noun not in lx.PERSON_NOUNS or noun in _OF_THE_OTHER_SEX.get(sex, ())):
        noun = _person_noun(sex, age)
    return Look(c.name, kind, noun, sex, age, traits)


def _described_as(c: Character, chapters: Sequence[ChapterText]) -> Counter[str]:
    """Nouns and adjectives said of the character: in its name, before it, after "X was a", in apposition, as "a goat called X"."""
    found: Counter[str] = Counter()
    for name in (c.name, *c.aliases):
        found.update({w.lower().rstrip("."): 3 for w in name.split()})
        pattern = re.compile(
            rf"((?:(?<![\w’'-])[a-z-]+\s+){{0,2}})\b{re.escape(name)}\b(?:{_COPULA}|,\s+(?:an?|the)\s+((?:[\w-]+\s+){{0,2}}[\w-]+))?"
        )
        called = re.compile(rf"{_CALLED}{re.escape(name)}\b")
        for chapter in chapters:
            for m in pattern.finditer(chapter.text):
                found.update(w.lower() for g in (m.group(1), m.group(2), m.group(3)) if g for w in _WORD.findall(g))
            for m in called.finditer(chapter.text):
                found.update({w.lower(): _SAID_OUTRIGHT for w in _WORD.findall(m.group(1))})
    return found


def _noun(c: Character, words: Counter[str]) -> str:
    head = c.name.split()[-1].lower()
    if c.name.split()[0].lower().rstrip(".") in lx.TITLES and len(c.name.split()) > 1 and not c.article:
        return ""  # Mrs. Fox is no fox
    known = lx.ANIMALS | lx.PERSON_NOUNS
    if c.article and (head in known or head in lx.THING_PERSONS):
        return head
    for part in reversed(c.name.lower().split()):
        if part in lx.ANIMALS and c.article:
            return part
    told = [
        (n, w) for w, n in words.items() if w in known and w not in lx.LIGHT_TITLES and w not in c.name.lower().split()
    ]
    if not told:
        return head if head in known else ""
    return max(told, key=lambda x: (x[0], x[1]))[1]


def _sex(c: Character, words: Counter[str], chapters: Sequence[ChapterText]) -> str:
    name = {w.lower().rstrip(".") for n in (c.name, *c.aliases) for w in n.split()}
    if name & lx.FEMALE_NOUNS:
        return "female"
    if name & lx.MALE_NOUNS:
        return "male"
    votes: Counter[str] = Counter()
    for pronoun in _pronouns_after(c, chapters):
        votes[lx.PRONOUNS[pronoun]] += 1
    ranked = [
        s for s in ("female", "male") if votes[s] > max(1, 0.6 * (votes["female"] + votes["male"]), 0.5 * votes["it"])
    ]
    if ranked:
        return ranked[0]
    if votes["it"] > 2:
        return ""
    return "female" if words.keys() & {"girl", "woman", "lady"} else "male" if words.keys() & {"boy", "man"} else ""


def _pronouns_after(c: Character, chapters: Sequence[ChapterText]) -> Iterator[str]:
    """The first pronoun after each mention, in the same paragraph and before another name."""
    pattern = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in sorted((c.name, *c.aliases), key=len, reverse=True)))
    for chapter in chapters:
        for m in pattern.finditer(chapter.text):
            rest = re.split(r"\n\n|(?<=[a-z,;] )(?=[A-Z][a-z])", chapter.text[m.end() : m.end() + 120])[0]
            found = _SEXED.search(rest)
            if found:
                yield found.group().lower()


def _age(c: Character, words: Counter[str]) -> str:
    name = set(c.name.lower().split())
    if name & lx.OLD_NOUNS or words["old"] + words["aged"] >= max(2, 0.1 * c.count) or "old" in name:
        return "old"
    young = sum(words[w] for w in lx.CHILD_WORDS | lx.CHILD_NOUNS)
    if name & lx.CHILD_NOUNS or young >= max(2, 0.015 * c.count):
        return "child"
    return "adult" if name & lx.PERSON_NOUNS or name & lx.TITLES else ""


def _young(c: Character, chapters: Sequence[ChapterText], mentions: dict[int, Mentions]) -> bool:
    """Whether "this curious child", "the little girl" stands again and again where nobody else could be meant."""
    hits = 0
    for chapter in chapters:
        for m in _CHILD.finditer(chapter.text):
            near = {
                x.name
                for x in mentions[chapter.number].between(m.start() - 250, m.end() + 250)
                if x.end <= m.start() or x.start >= m.end()
            }
            hits += near == {c.name} or (
                c.look.sex != "" and c.name in near and len(near) == 2 and "girl boy".find(m.group(1)) < 0
            )
    return hits >= max(2, 0.01 * c.count)


def _person_noun(sex: str, age: str) -> str:
    if age == "child":
        return {"female": "girl", "male": "boy"}.get(sex, "child")
    return {"female": "woman", "male": "man"}.get(sex, "person")


def _traits(c: Character, chapters: Sequence[ChapterText], mentions: dict[int, Mentions]) -> tuple[str, ...]:
    found: Counter[str] = Counter()
    order: list[str] = []
    for chapter in chapters:
        text, of = chapter.text, mentions[chapter.number]
        for m in _TRAIT.finditer(text):
            if _possessor(m, text, of) != c.name:
                continue
            trait = _trait(m)
            if trait and not (c.look.kind == "person" and trait.split()[-1] in _BEASTLY) and trait not in order:
                order.append(trait)
            found[trait] += 1
    for word in (*_WORD.findall(" ".join((c.name, *c.aliases)).lower()), *_coloured(c, chapters, mentions)):
        if word in lx.COLOURS and c.look.kind != "person":
            order.insert(0, f"{word} fur" if word != "golden" else "golden")
    return tuple(_without_doubles(order))[:_MOST]


def _coloured(c: Character, chapters: Sequence[ChapterText], mentions: dict[int, Mentions]) -> Iterator[str]:
    """The colours that an animal is said to be: "He was white"."""
    for chapter in chapters:
        for m in _COLOURED.finditer(chapter.text):
            who = mentions[chapter.number].at(m.start() - 12, m.start())
            if who and who.name == c.name and not chapter.text[who.end : m.start()].strip():
                yield m.group("colour")


def _possessor(m: re.Match[str], text: str, of: Mentions) -> str:
    """Whose hair or dress it is: the pronoun's owner, or the subject just before "with", "wore"."""
    how = m.group("how").lower()
    if how in {"his", "her", "its"}:
        owner = of.at(m.start("how"), m.end("how"))
        return owner.name if owner else ""
    if how in {"’s", "'s"}:
        owner = of.at(m.start("how") - 40, m.end("how"))
        return owner.name if owner and owner.end >= m.start("how") else ""
    apposed = [x for x in of.between(m.start() - 60, m.start()) if not x.quoted]
    if apposed and re.fullmatch(r",\s+an?\s[\w\s-]+", text[apposed[-1].end : m.start()]):
        return apposed[-1].name
    reach = 30 if how in {"with", "in"} else 45
    near = [x for x in of.between(m.start() - reach, m.start()) if not x.quoted]
    if near and near[-1].pronoun and not near[-1].subject:
        return ""
    if not near or any(ch in text[near[-1].end : m.start()] for ch in ".!?;:“”‘\n"):
        return ""
    return near[-1].name if how not in {"with", "in"} or near[-1].end >= m.start() - 22 else ""


def _trait(m: re.Match[str]) -> str:
    adjectives = [w for w in _WORD.findall(m.group("adj").lower()) if w in lx.LOOK_WORDS or w in lx.BALD]
    part = m.group("part").lower()
    if part in {"nose", "ears", "eyes", "tail", "cap", "coat", "hair", "fur", "crown"} and not adjectives:
        return part if part in {"crown"} else ""
    return " ".join([*adjectives, {"glasses": "spectacles", "moustache": "moustache"}.get(part, part)])


def _without_doubles(traits: Sequence[str]) -> list[str]:
    """ "gloves" goes when "white gloves" is there."""
    kept: list[str] = []
    for trait in traits:
        head = trait.split()[-1]
        if any(k.split()[-1] == head and len(k) >= len(trait) for k in kept):
            continue
        kept = [k for k in kept if k.split()[-1] != head] + [trait]
    return kept
