"""Who says what: every quotation of a chapter with its speaker and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.language.cues import Cue, cue_after, cue_before
from pipeline.language.lexicon import ANIMALS, FIRST_PERSON, PERSON_NOUNS
from pipeline.language.mentions import Mentions
from pipeline.language.people import NARRATOR, Names, speaker_name
from pipeline.language.quotes import Quote
from pipeline.language.text import ChapterText, Para

_AFTER = 120  # characters in which a cue may follow
_BEFORE = 240
_QUIET = 3  # narration paragraphs that end a conversation
CERTAIN, CUED, SAME, BEAT, TURN, TOGETHER, GUESS = 1.0, 0.95, 0.85, 0.7, 0.6, 0.5, 0.35


@dataclass(frozen=True, slots=True)
class Speech:
    """Span in the chapter's text, marks included; `confidence` 0..1; `thought` when it is only thought."""

    start: int
    end: int
    paragraph: int
    speaker: str
    confidence: float
    thought: bool = False
    phrase: str = ""  # the words of the cue that names the speaker, when they are no known name

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Speech:
        return cls(**data)


def attribute(chapter: ChapterText, quotes: Sequence[Quote], mentions: Mentions, names: Names) -> list[Speech]:
    """Speeches in order. Quotations that are only mentioned words ("a paper marked 'Drink me'") are left out."""
    talk = _Talk(chapter, mentions, names)
    by_paragraph: dict[int, list[Quote]] = {}
    for quote in quotes:
        by_paragraph.setdefault(quote.paragraph, []).append(quote)
    speeches = []
    for number in sorted(by_paragraph):
        speeches += talk.paragraph(number, by_paragraph[number])
    return speeches


def cue_of(chapter: ChapterText, quotes: Sequence[Quote], k: int) -> Cue | None:
    """The cue of quotation `k`, whose spans point into its paragraph's text."""
    quote, para = quotes[k], chapter.paragraphs[quotes[k].paragraph]
    same = [q for q in quotes if q.paragraph == quote.paragraph]
    at = same.index(quote)
    before = same[at - 1].end - para.start if at else 0
    after = same[at + 1].start - para.start if at + 1 < len(same) else len(para.text)
    start, end = quote.start - para.start, quote.end - para.start
    return cue_after(para.text, end, min(after, end + _AFTER)) or cue_before(
        para.text, max(before, start - _BEFORE), start
    )


def described(phrase: str) -> bool:
    """Whether a phrase in small letters names somebody who could speak: "the old woman"."""
    return phrase.split()[-1].lower() in PERSON_NOUNS | ANIMALS


class _Talk:
    """Walks through a chapter's conversations and remembers whose turn it is."""

    def __init__(self, chapter: ChapterText, mentions: Mentions, names: Names) -> None:
        self._chapter, self._mentions, self._names = chapter, mentions, names
        self._turns: list[tuple[int, str]] = []  # (paragraph, speaker)

    def paragraph(self, number: int, quotes: list[Quote]) -> list[Speech]:
        para = self._chapter.paragraphs[number]
        if para.role == "dialogue":
            name = speaker_name(para.speaker)
            name = self._names.owner(name) or name
            self._turns.append((number, name))
            return [Speech(para.start, para.end, number, name, CERTAIN)]
        cues = [cue_of(self._chapter, quotes, k) for k in range(len(quotes))]
        spoken = [k for k, q in enumerate(quotes) if cues[k] or self._is_speech(para, q, number)]
        if not spoken:
            return []
        named = {k: self._named(para, cues[k]) for k in spoken}
        return [self._speech(number, quotes, k, spoken, named, cues[k]) for k in spoken]

    def _speech(
        self, number: int, quotes: list[Quote], k: int, spoken: list[int],
        named: dict[int, tuple[str, float]], cue: Cue | None,
    ) -> Speech:  # fmt: skip
        quote = quotes[k]
        speaker, confidence = named[k]
        if not confidence:
            near = [j for j in spoken if named[j][1]]
            if near:
                speaker = named[min(near, key=lambda j: (abs(j - k), j))][0]
                confidence = SAME
            else:
                speaker, confidence = self._by_context(number, quotes)
        if speaker or confidence >= SAME:
            self._turns.append((number, speaker))
        phrase = cue.phrase if cue and not cue.pronoun and speaker == cue.phrase else ""
        thought = any(named[j][0] == speaker for j in spoken) and bool(cue and cue.thought)
        return Speech(quote.start, quote.end, number, speaker, round(confidence, 2), thought, phrase)

    def _named(self, para: Para, cue: Cue | None) -> tuple[str, float]:
        if cue is None:
            return NARRATOR, 0.0
        mention = self._mentions.at(para.start + cue.start, para.start + cue.end)
        if cue.pronoun in FIRST_PERSON:
            return (mention.name if mention is not None else NARRATOR), CUED
        if cue.pronoun in {"they", "we"}:
            return NARRATOR, TOGETHER
        if mention is not None:
            return mention.name, CUED * (0.9 if cue.pronoun else 1)
        if cue.pronoun or not (cue.beside or cue.phrase.split()[-1][:1].isupper() or described(cue.phrase)):
            return NARRATOR, 0.0
        return self._names.owner(cue.phrase) or cue.phrase, CUED

    def _is_speech(self, para: Para, quote: Quote, number: int) -> bool:
        """Without a cue: words in marks are speech when they are a paragraph's own or end like a sentence."""
        inside = para.text[quote.start - para.start : quote.end - para.start]
        body = inside.strip("“”‘’\"'«»„「」『』 ")
        if quote.start == para.start:
            return len(body.split()) > 1 or body[-1:] in ".!?…,—–-"
        if len(body.split()) > 6:
            return True
        return body[-1:] in ",.!?…—" and body[:1].isupper() and not body.isupper()

    def _by_context(self, number: int, quotes: list[Quote]) -> tuple[str, float]:
        para = self._chapter.paragraphs[number]
        acting = [
            m.name for m in self._mentions.between(para.start, para.end) if m.subject and not m.quoted and not m.pronoun
        ]
        pronouns = [
            m.name for m in self._mentions.between(para.start, para.end) if m.subject and not m.quoted and m.pronoun
        ]
        for group, sure in ((acting, BEAT), (pronouns, BEAT - 0.1)):
            if len(set(group)) == 1:
                return group[0], sure
        if acting:
            before = [m for m in self._mentions.between(para.start, quotes[0].start) if m.name in acting and m.subject]
            if before:
                return before[-1].name, BEAT - 0.15
        return self._in_turn(number)

    def _spoken_of(self, number: int) -> tuple[str, float]:
        """A talk opens without a cue: the one the narration spoke of last."""
        para = self._chapter.paragraphs[number]
        before = [m for m in self._mentions.between(max(0, para.start - 700), para.start) if m.subject and not m.quoted]
        return (before[-1].name, GUESS) if before else (NARRATOR, 0.0)

    def _in_turn(self, number: int) -> tuple[str, float]:
        """Two people talk in turns: the one who did not speak last, while their talk goes on."""
        recent = [(p, s) for p, s in self._turns if number - p <= 4 * _QUIET and p != number]
        if not recent or number - recent[-1][0] > _QUIET:
            return self._spoken_of(number)
        last = recent[-1][1]
        others = [s for _, s in reversed(recent) if s != last]
        if others:
            return others[0], TURN
        para = self._chapter.paragraphs[number]
        around = [m.name for m in self._mentions.between(max(0, para.start - 900), para.start) if m.name != last]
        return (around[-1], GUESS) if around else (NARRATOR, 0.0)
