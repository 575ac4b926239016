"""Words heard by the recogniser against the script, and when they were heard against their captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

from ..captions.breaks import ends_sentence
from ..captions.cues import Cue
from ..parts import FPS, RATE
from ..timeline import ScenePlace, Timeline
from .alignment import Token, align
from .gate import Gate, skipped
from .plain import Plain

MOST_WRONG = 0.03  # of the words, in English
FEW = 3  # errors that a short film may have whatever its length: a recogniser errs, too
MEDIAN, WORST = 0.2, 0.5  # seconds
OFFSETS = ("caption offset", "caption offset, worst")


class Heard(Protocol):
    """A word as recognised, in seconds of the film."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the script: `errors` of its `words` were not heard as written. In seconds of the film."""

    scene: int
    text: str
    heard: str
    words: int
    errors: int
    start: float = 0.0
    end: float = 0.0

    @property
    def rate(self) -> float:
        return self.errors / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Hearing:
    """`late`: (scene, word's index, seconds heard after its planned start) of every word heard right."""

    sentences: tuple[Sentence, ...]
    late: tuple[tuple[int, int, float], ...]

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)

    @property
    def errors(self) -> int:
        return sum(sentence.errors for sentence in self.sentences)


def compare(timeline: Timeline, heard: Iterable[Heard], plain: Plain) -> Hearing:
    """Scene by scene: the pause at a border parts the words safely, and errors can't spread."""
    words = sorted(heard, key=lambda word: word.start)
    sentences: list[Sentence] = []
    late: list[tuple[int, int, float]] = []
    for place in timeline.scenes:
        mine = [w for w in words if place.start <= (w.start + w.end) / 2 * FPS < place.end]
        own_sentences, own_late = _scene(place, mine, plain)
        sentences += own_sentences
        late += own_late
    return Hearing(tuple(sentences), tuple(late))


def _scene(
    place: ScenePlace, heard: Sequence[Heard], plain: Plain
) -> tuple[list[Sentence], list[tuple[int, int, float]]]:
    texts = [word.text for word in place.part.words]
    said = _tokens(texts, plain)
    got = _tokens([word.text for word in heard], plain)
    sentence_of = _sentences(texts)
    errors, last = [0] * (len(texts) + 1), 0
    sounds: list[list[str]] = [[] for _ in texts]
    late: dict[int, float] = {}
    for step in align(said, got):
        last = said[step.said].owner if step.said is not None else last
        errors[last] += not step.right
        if step.heard is not None and sounds:
            sounds[min(last, len(sounds) - 1)].append(got[step.heard].text)
        if step.right and step.said is not None and step.heard is not None and last not in late:
            planned = (place.voice_start + place.part.words[last].start) / RATE
            late[last] = heard[got[step.heard].owner].start - planned
    rows = []
    for sentence in range(max(sentence_of, default=-1) + 1):
        at = [i for i, number in enumerate(sentence_of) if number == sentence]
        count = sum(token.owner in set(at) for token in said)
        spoken = " ".join(word for i in at for word in sounds[i])
        text, wrong = " ".join(texts[i] for i in at), sum(errors[i] for i in at)
        rows.append(Sentence(place.number, text, spoken, count, wrong, *_times(place, at)))
    return rows, [(place.number, index, seconds) for index, seconds in sorted(late.items())]


def _times(place: ScenePlace, words: Sequence[int]) -> tuple[float, float]:
    """From the first of these words of the scene to the last, in seconds of the film."""
    first, last = place.part.words[words[0]], place.part.words[words[-1]]
    return (place.voice_start + first.start) / RATE, (place.voice_start + last.end) / RATE


def _tokens(texts: Sequence[str], plain: Plain) -> list[Token]:
    """Normalised words; a capital inside a sentence makes a name."""
    found = []
    for index, text in enumerate(texts):
        bare = text.lstrip("“\"'‘(«")
        name = bare[:1].isupper() and index > 0 and not ends_sentence(texts[index - 1]) and len(bare) > 1
        found += [Token(word, index, name) for word in plain(text)]
    return found


def _sentences(texts: Sequence[str]) -> list[int]:
    """The number of each word's sentence."""
    numbers, at = [], 0
    for text in texts:
        numbers.append(at)
        at += ends_sentence(text)
    return numbers


def words_gate(hearing: Hearing | None, language: str, goal: float | None = None, why: str = "") -> Gate:
    """Word error rate overall and the worst sentences. Only English has a goal unless one is given."""
    if goal is None and language.lower().startswith("en"):
        goal = MOST_WRONG
    name, said_goal = "words heard", f"at most {goal:.0%} wrong" if goal is not None else "told, no goal"
    if hearing is None or not hearing.words:
        return skipped(name, said_goal, why or "nobody listened")
    rate = hearing.errors / hearing.words
    ok = goal is None or rate <= goal or hearing.errors <= FEW
    worst = worst_sentences(hearing)
    said = f"{rate:.1%} of {hearing.words} words heard otherwise than written"
    if not ok and worst:
        said += f"; worst in scene {worst[0].scene}: “{worst[0].text}”"
    facts: dict[str, Any] = {
        "words": hearing.words, "errors": hearing.errors,
        "worst": [
            {"scene": s.scene, "text": s.text, "heard": s.heard, "rate": round(s.rate, 3),
             "from_s": round(s.start, 3), "to_s": round(s.end, 3)}
            for s in worst
        ],
    }  # fmt: skip
    return Gate(name, said_goal, round(rate, 4), ok, said, facts)


def worst_sentences(hearing: Hearing, count: int = 5) -> list[Sentence]:
    """Sentences with errors, the worst first: those to voice again."""
    bad = [sentence for sentence in hearing.sentences if sentence.errors]
    return sorted(bad, key=lambda s: (-s.rate, -s.errors, s.scene))[:count]


def offset_gates(hearing: Hearing | None, cues: Sequence[Cue], timeline: Timeline, why: str = "") -> list[Gate]:
    """Captions against hearing: median of all words, and the caption that is furthest off (median of its words).

    `each` of the second: [second of the film, milliseconds] of every caption with three words heard right.
    """
    goals = (f"median within {MEDIAN * 1000:.0f} ms", f"no caption off by more than {WORST * 1000:.0f} ms")
    if hearing is None or not hearing.late or not cues:
        return [skipped(n, g, why or "nobody listened") for n, g in zip(OFFSETS, goals, strict=True)]
    middle = median(seconds for _, _, seconds in hearing.late)
    per_cue = _per_cue(hearing, cues, timeline)
    where, worst = max(per_cue, key=lambda row: (abs(row[1]), -row[0]), default=(0, middle))
    said = f"captions {abs(middle) * 1000:.0f} ms {'ahead of' if middle > 0 else 'behind'} the voice (median)"
    first = Gate(OFFSETS[0], goals[0], round(middle, 4), abs(middle) <= MEDIAN, said, {"words": len(hearing.late)})
    told = f"the worst by {worst * 1000:+.0f} ms"
    ok = abs(worst) <= WORST
    told += "" if ok else f" at {cues[where].start / FPS:.1f} s"
    each = [[round(cues[i].start / FPS, 3), round(late * 1000)] for i, late in per_cue]
    facts = {"caption": where + 1, "each": each}
    return [first, Gate(OFFSETS[1], goals[1], round(worst, 4), ok, told, facts)]


def _per_cue(hearing: Hearing, cues: Sequence[Cue], timeline: Timeline) -> list[tuple[int, float]]:
    """(cue's index, median lateness) of captions with at least three words heard right."""
    starts = {p.number: (p.voice_start, p.part.words) for p in timeline.scenes}
    late: dict[int, list[float]] = {}
    order = {number: [i for i, cue in enumerate(cues) if cue.scene == number] for number in starts}
    for scene, index, seconds in hearing.late:
        voice_start, words = starts[scene]
        frame = (voice_start + words[index].start) * FPS // RATE
        mine = [i for i in order[scene] if cues[i].start <= frame < cues[i].end]
        if mine:
            late.setdefault(mine[0], []).append(seconds)
    return [(i, median(seconds)) for i, seconds in sorted(late.items()) if len(seconds) >= 3]
