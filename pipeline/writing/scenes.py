"""The scenes of a script by a model, each chunk on its own; by rules where no model could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.language.briefs import mood_of
from pipeline.language.people import Names, characters_from_json
from pipeline.language.picture import Brief
from pipeline.language.scenes import WANTED, SceneDraft, atoms_of, draft, joined
from pipeline.language.script import Line, Script
from pipeline.language.text import ChapterText, chapters_from_json, seconds
from pipeline.writing import breakdown
from pipeline.writing.author import Author
from pipeline.writing.breakdown import Group
from pipeline.writing.script import Chapters, Local

FRAMING = ("wide", "medium", "close")


def part(author: Author, local: Local, *, plan: dict[str, Any], told: Chapters) -> list[dict[str, Any]]:
    """The drafts, as JSON, numbered from 1."""
    script, cast = Script.from_json(plan["script"]), characters_from_json(plan["characters"])
    atoms = (
        list(script.lines)
        if script.mode == "summary"
        else [a for one in script.lines for a in atoms_of(one, script.wpm)]
    )
    chunks = breakdown.parts(author, atoms, script.wpm)
    names = Names(cast)
    answers = breakdown.groups(author, chunks, script.wpm, plan.get("bible"), list(names.characters))
    chapters = {c.number: c for c in chapters_from_json(told)}
    drafts: list[SceneDraft] = []
    for chunk, groups in zip(chunks, answers, strict=True):
        lines = [line for _, line in chunk]
        if groups is None and script.mode != "summary":
            drafts += _by_rules(local, script, lines, plan, told, drafts)
            continue
        for group in groups if groups is not None else _plainly(lines, names, script.wpm):
            drafts.append(_draft(group, chapters[group[0][0].chapter], script, drafts))
    return [one.to_json() for one in drafts]


def _draft(group: Group, chapter: ChapterText, script: Script, before: Sequence[SceneDraft]) -> SceneDraft:
    lines, brief, title, who = group
    told = list(lines) if script.mode == "summary" else joined(lines, chapter.text)
    return draft(len(before) + 1, chapter, told, brief, who, title, script.wpm, first=_opens(chapter.number, before))


def _opens(chapter: int, before: Sequence[SceneDraft]) -> bool:
    return not before or before[-1].chapter != chapter


def _by_rules(
    local: Local, script: Script, lines: Sequence[Line], plan: dict[str, Any], told: Chapters,
    before: Sequence[SceneDraft],
) -> list[SceneDraft]:  # fmt: skip
    """The chunk's scenes as the rules part it."""
    own = replace(script, lines=tuple(lines)).to_json()
    data = local("scenes", chapters=told, script=own, characters=plan["characters"])
    found = [SceneDraft.from_json(one) for one in data["scenes"]]
    first = _opens(found[0].chapter, before) if found else False
    return [
        replace(one, number=len(before) + place, opens=one.opens if place > 1 or first else "")
        for place, one in enumerate(found, 1)
    ]


def _plainly(lines: Sequence[Line], names: Names, wpm: float) -> list[Group]:
    """A summary's sentences, as many as make a scene, with who is named in them."""
    stretches: list[list[Line]] = []
    for line in lines:
        last = stretches[-1] if stretches else None
        if last and sum(seconds(one.text, wpm) for one in [*last, line]) <= WANTED * 1.4:
            last.append(line)
        else:
            stretches.append([line])
    return [_group(stretch, place, names) for place, stretch in enumerate(stretches)]


def _group(lines: list[Line], place: int, names: Names) -> Group:
    text = " ".join(line.text for line in lines)
    who = tuple(dict.fromkeys(name for _, _, name in names.find(text)))
    brief = Brief(who=who[:4], mood=mood_of(text), framing=FRAMING[place % 3], text=text)
    return lines, brief, lines[0].text[:120], who
