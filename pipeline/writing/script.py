"""The narration plan by a model: the book's bible, then its lines chosen or told in short; rules where no model could."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import Temporary
from pipeline.language.people import characters_from_json, characters_to_json
from pipeline.language.script import Line, Script, script_of
from pipeline.language.text import seconds, spoken_words
from pipeline.writing import abridge, bible, summary
from pipeline.writing.author import Author

Local = Callable[..., dict[str, Any]]  # (task, **material) -> what this machine's rules make of it
Chapters = list[dict[str, Any]]
AGAIN = 60.0  # seconds until a summary is asked for again


def write(
    author: Author, local: Local, *, told: Chapters, book: Chapters, mode: str, minutes: float | None, people: Any
) -> dict[str, Any]:
    """{"script", "characters", "bible"} of the chapters `told`; `book` is what is read to know its people.

    Temporary when a summary was asked for and no model could write it: rules write none.
    """
    paragraphs = [p["text"] for chapter in book for p in chapter["paragraphs"]]
    known = bible.read(author, paragraphs)
    cast = bible.cast(characters_from_json(people), known or {"people": []}, "\n".join(paragraphs))
    data = local("abridge", chapters=told, mode="verbatim", characters=characters_to_json(cast))
    every = Script.from_json(data["script"])
    if mode == "summary" and minutes:
        script = _summary(author, every, minutes * 60, known)
    elif mode == "abridged" and minutes:
        script = _abridged(author, local, every, minutes, known, told, data["characters"])
    else:
        script = every
    speakers = _speakers(every.lines)
    cast = [
        replace(one, speeches=max(one.speeches, speakers[one.name])) for one in characters_from_json(data["characters"])
    ]
    return {"script": script.to_json(), "characters": characters_to_json(cast), "bible": known or {}}


def _abridged(
    author: Author, local: Local, every: Script, minutes: float, known: bible.Bible | None, told: Chapters, cast: Any
) -> Script:
    """Chunks that no model could abridge are told as the rules would."""
    chosen = abridge.choose(author, every.lines, minutes * 60, every.wpm, known)
    if any(isinstance(one, list) for one in chosen):
        ruled = local("abridge", chapters=told, mode="abridged", minutes=minutes, characters=cast)
        places = {(line["chapter"], line["start"]) for line in ruled["script"]["lines"]}
        wanted = [place for one in chosen if isinstance(one, list) for place in one]
        kept = {p for p in wanted if (every.lines[p].chapter, every.lines[p].start) in places}
        kept |= {one for one in chosen if isinstance(one, int)}
    else:
        kept = {one for one in chosen if isinstance(one, int)}
    return script_of("abridged", every.language, every.wpm, every.lines, [every.lines[place] for place in sorted(kept)])


def _summary(author: Author, every: Script, limit: float, known: bible.Bible | None) -> Script:
    lines = summary.tell(author, every.lines, limit, every.wpm, known)
    if lines is None:
        why = author.why or "none may be asked now"
        raise Temporary(
            f"No language model could write the summary: {why}. Go on later, or choose another model or the abridged "
            "mode, which tells the book in its author's own sentences.",
            retry_after=AGAIN,
        )
    spans = [(line.chapter, line.start, line.end) for line in lines]
    covered = [one for one in every.lines if any(c == one.chapter and s <= one.start < e for c, s, e in spans)]
    base = script_of("summary", every.language, every.wpm, every.lines, covered)
    return replace(
        base,
        lines=tuple(lines),
        seconds=round(sum(seconds(line.text, every.wpm) for line in lines), 2),
        words=round(sum(spoken_words(line.text) for line in lines)),
    )


def _speakers(lines: Sequence[Line]) -> Counter[str]:
    """How often each name speaks."""
    return Counter(s.speaker for line in lines for s in line.segments if s.quoted and s.speaker)
