"""Scenes by a model: which lines belong to one picture, and what it shows. No passage can be one that is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.language.picture import Brief
from pipeline.language.script import Line
from pipeline.language.text import seconds
from pipeline.writing import bible as bibles
from pipeline.writing import checks, lines, schemas
from pipeline.writing.author import Author

ANSWER = 5.0  # an answer's length by the passages'
LONGEST = 26.0  # seconds of a scene; one line may take longer by itself
WHO, WHAT = 4, 6
A_SCENE, TYPICAL = 150, 8  # tokens of the answer; seconds of a short scene

Numbered = tuple[int, Line]
Group = tuple[list[Line], Brief, str, tuple[str, ...]]  # lines, what is seen, title, who is there


def parts(author: Author, atoms: Sequence[Line], wpm: float) -> list[list[Numbered]]:
    """Chunks of the narration: never over a chapter's border."""
    found: list[list[Numbered]] = []
    for chapter in dict.fromkeys(line.chapter for line in atoms):
        own = [(number, line) for number, line in enumerate(atoms, 1) if line.chapter == chapter]
        found += lines.chunks(own, lambda one: _shown(one, wpm), author.room(ANSWER), _bound)
    return found


def groups(
    author: Author, chunks: Sequence[list[Numbered]], wpm: float, bible: bibles.Bible | None, names: Collection[str]
) -> list[list[Group] | None]:
    """Each chunk's scenes; None for one that no model could part."""
    return author.side_by_side(lambda part: _parted(author, part, wpm, bible, names), chunks)


def _parted(
    author: Author, part: Sequence[Numbered], wpm: float, bible: bibles.Bible | None, names: Collection[str]
) -> list[Group] | None:
    lines_of = dict(part)
    took = {number: seconds(line.text, wpm) for number, line in part}
    data = author.ask(
        "scenes",
        schemas.SCENES,
        lambda given: _check(given["scenes"], lines_of, took),
        limit=300 + A_SCENE * max(2, round(sum(took.values()) / TYPICAL)),
        first=part[0][0],
        last=part[-1][0],
        longest=round(LONGEST),
        language=author.language,
        known=bibles.brief(_of(bible, names)),
        book="\n".join(_shown(one, wpm) for one in part),
    )
    if data is None:
        return None
    return [_group(one, lines_of, names) for one in data["scenes"]]


def _of(bible: bibles.Bible | None, names: Collection[str]) -> bibles.Bible:
    """The bible with the names by which the people are known to the pictures."""
    bible = bible or {"people": [], "places": [], "tone": ""}
    return {**bible, "people": bible["people"], "names": list(names)}


def _check(scenes: Sequence[Mapping[str, Any]], lines_of: Mapping[int, Line], took: Mapping[int, float]) -> str:
    """ "" when every line lies in exactly one scene, in order, and each scene is what it says it is."""
    expected = min(lines_of)
    for place, one in enumerate(scenes, 1):
        first, last = one["first"], one["last"]
        if first not in lines_of or last not in lines_of:
            return f"scene {place} tells lines that there are not"
        if first != expected or last < first:
            return f"scene {place} begins at line {first}, where line {expected} comes next"
        if not checks.quoted(one["begins"], lines_of[first].text):
            return f"scene {place} tells a passage that line {first} does not begin with"
        length = sum(took[number] for number in range(first, last + 1))
        if length > LONGEST and last > first:
            return f"scene {place} takes {round(length)} seconds: part it"
        expected = last + 1
    return "" if expected == max(lines_of) + 1 else f"the scenes end before line {max(lines_of)}"


def _group(one: Mapping[str, Any], lines_of: Mapping[int, Line], names: Collection[str]) -> Group:
    told = [lines_of[number] for number in range(one["first"], one["last"] + 1)]
    known = {name.casefold(): name for name in names}
    who = tuple(dict.fromkeys(known[w.casefold()] for w in one["who"] if w.casefold() in known))
    brief = Brief(
        place=_word(one["place"]),
        indoors=one["indoors"],
        time=one["time"],
        weather=one["weather"],
        who=who[:WHO],
        what=tuple(dict.fromkeys(filter(None, map(_word, one["what"]))))[:WHAT],
        action=_word(one["action"]),
        mood=one["mood"],
        framing=one["framing"],
        text=" ".join(line.text for line in told),
    )
    return told, brief, lines.plain(one["title"])[:200], who


def _word(text: str) -> str:
    return lines.plain(text).lower()[:40]


def _bound(before: Numbered, after: Numbered) -> bool:
    return before[1].paragraph != after[1].paragraph


def _shown(one: Numbered, wpm: float) -> str:
    number, line = one
    return lines.row(number, line, f"{seconds(line.text, wpm):.1f} s")
