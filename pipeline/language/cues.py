"""The words beside a quotation that tell who speaks: "said the Hatter", "she went on", "Alice replied:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.lexicon import LIGHT_TITLES, SPEECH_VERBS, SPEECH_VERBS_ELSEWHERE, THOUGHT_VERBS, word_set

_WORDS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|M)\.|[^\W\d_]\w*(?:['’-]\w+)*|[^\w\s]")
_VERBS = SPEECH_VERBS | SPEECH_VERBS_ELSEWHERE
_PRONOUNS = word_set("he she it they i we you il elle ils elles er sie ella él egli lei он она")
_DETERMINERS = word_set(
    "the a an his her my their our its one another this that every le la les l' un une der die das ein "
    "eine el los las il lo"
)
_ADJECTIVES = word_set(
    "very poor old little dear young good first second third other last great fat thin tall short big small whole"
)
_JOINERS = word_set("of de von van du la le della di")
_STOPS = word_set(
    "and but or as in on at to with from by for when while who which that after before into over if then "
    "so again aloud out "
    "up down back angrily softly quietly is was were had has did very rather quite a an the his her their my once "
    "only just  "
    "also always still all not more")  # fmt: skip
_AUXILIARIES = word_set("had was then only could would at last once now also again did just to both has soon")
_NOT_NAMES = word_set(
    "Then So But And When What Why How Yes No Oh Well Here There This That If In On At For As After "
    "Before Now Again Once Presently Suddenly Perhaps Not Let"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """`start`, `end` of the speaker's name or pronoun in the text given; `pronoun` in lower case if it is one."""

    start: int
    end: int
    phrase: str
    pronoun: str = ""
    thought: bool = False
    beside: bool = False  # stands right after the quotation, verb and all: even an unknown noun is a speaker


class _Word:
    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, m: re.Match[str]) -> None:
        self.start, self.end, self.text = m.start(), m.end(), m.group()
        self.lower = self.text.lower()


def cue_after(text: str, at: int, limit: int) -> Cue | None:
    """The cue that follows a quotation ending at `at`: inverted ("said she") or straight ("the Hatter went on")."""
    words = _words(text, at, limit)
    i = 0
    while i < len(words) and words[i].text in ",—–-)]":
        i += 1
    if i >= len(words):
        return None
    # "said Alice", "went on the Hatter" is rare; "cried out Tom", "thought poor Alice"
    if words[i].lower in _VERBS:
        k = i + 1
        while k < len(words) and (
            words[k].lower in {"out", "back", "aloud", "again", "then"} or words[k].lower.endswith("ly")
        ):
            k += 1
        found = _noun_phrase(words, k)
        if found:
            return _cue(text, found, words[i].lower, True)
    found = _noun_phrase(words, i)
    if not found:
        return None
    verb = _verb_after(words, found[2])
    return _cue(text, found, verb) if verb else None


def cue_before(text: str, start: int, at: int) -> Cue | None:
    """The cue that leads to a quotation beginning at `at`; `start`: where the narration before it begins."""
    words = _words(text, start, at)
    if _only_mentioned(text, at, words):
        return None
    for v in range(len(words) - 1, max(-1, len(words) - 16), -1):
        if words[v].text in ".!?;" and v < len(words) - 1:
            return None
        if words[v].lower not in _VERBS:
            continue
        inverted = _noun_phrase(words, v + 1)
        if inverted and inverted[2] >= len(words) - 2 and not _noun_phrase_before(words, v):
            return _cue(text, inverted, words[v].lower)
        found = _noun_phrase_before(words, v) or _sentence_subject(words, v)
        if found:
            return _cue(text, found, words[v].lower)
    return None


def _only_mentioned(text: str, at: int, words: list[_Word]) -> bool:
    """Words in marks that run on with the sentence ('a paper headed "ingenious paradox"') are nobody's speech."""
    inside = text[at:].lstrip("“”‘’\"'«»„「『")
    led = not words or words[-1].lower in _VERBS or not words[-1].text[-1].isalnum()
    return inside[:1].islower() and not led


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(m) for m in _WORDS.finditer(text, start, end)]


def _cue(text: str, found: tuple[int, int, int], verb: str, beside: bool = False) -> Cue:
    phrase = text[found[0] : found[1]]
    lower = phrase.lower()
    return Cue(found[0], found[1], phrase, lower if lower in _PRONOUNS else "", verb in THOUGHT_VERBS, beside)


def _noun_phrase(words: list[_Word], i: int) -> tuple[int, int, int] | None:
    """(start, end, index after) of the noun phrase that begins at word `i`."""
    if i >= len(words):
        return None
    if words[i].lower in _PRONOUNS:
        return words[i].start, words[i].end, i + 1
    first, k = i, i
    while k < len(words) and (
        words[k].lower in _DETERMINERS or (words[k].lower in _ADJECTIVES and words[k].text.islower())
    ):
        k += 1
    if k < len(words) and words[k].text[0].isupper() and words[k].text not in _NOT_NAMES:
        end = _capitals(words, k)
        return words[first].start, words[end - 1].end, end
    if k == first or words[first].lower not in _DETERMINERS:
        return None
    end = k
    while end < len(words) and end - first < 5 and words[end].text[0].isalpha() and not _stops(words[end].lower):
        end += 1
    return (words[first].start, words[end - 1].end, end) if end > k else None


def _capitals(words: list[_Word], k: int) -> int:
    end = k + 1
    while end < len(words):
        if words[end].text[0].isupper() or (
            words[end].text.isalpha() and words[end - 1].lower.rstrip(".") in LIGHT_TITLES
        ):
            end += 1
        elif words[end].lower in _JOINERS and end + 1 < len(words) and words[end + 1].text[0].isupper():
            end += 2
        else:
            break
    return end


def _stops(lower: str) -> bool:
    return lower in _STOPS or lower in _VERBS or lower in _PRONOUNS or lower.endswith(("ly", "ing"))


def _verb_after(words: list[_Word], i: int) -> str:
    """The speech verb that follows a subject, with at most an adverb or auxiliary between."""
    for k in range(i, min(i + 3, len(words))):
        if words[k].lower in _VERBS:
            return words[k].lower
        if not (words[k].lower.endswith("ly") or words[k].lower in _AUXILIARIES):
            return ""
    return ""


def _noun_phrase_before(words: list[_Word], v: int) -> tuple[int, int, int] | None:
    """The noun phrase that ends just before the verb at `v`."""
    k = v
    while k > 0 and (words[k - 1].lower.endswith("ly") or words[k - 1].lower in _AUXILIARIES):
        k -= 1
    for i in range(max(0, k - 5), k):
        found = _noun_phrase(words, i)
        if found and found[2] == k:
            return found
    return None


def _sentence_subject(words: list[_Word], v: int) -> tuple[int, int, int] | None:
    """The first noun phrase of the sentence whose verb stands at `v` ("Alice looked up and said")."""
    begin = v
    while begin > 0 and words[begin - 1].text not in ".!?;":
        begin -= 1
    for i in range(begin, v):
        found = _noun_phrase(words, i)
        if found and words[i].lower not in {"a", "an"} and found[2] < v:
            if i > begin and words[i - 1].lower in {"at", "to", "in", "on", "of", "with", "from", "by", "into", "for"}:
                continue
            return found
    return None
