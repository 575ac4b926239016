"""The running bible: who is in the book and how they look, where it plays, in what tone. Read chunk after chunk."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.language.people import Character, Names
from pipeline.language.picture import Look
from pipeline.writing import lines, schemas
from pipeline.writing.author import Author, shortened

ANSWER, MOST = 0.5, 1600  # an answer's length by the passages', and its tokens at most
TRAITS, PLACES = 6, 12
Bible = dict[str, Any]  # {"people": [...], "places": [...], "tone": str} as in schemas.BIBLE


def read(author: Author, paragraphs: Sequence[str]) -> Bible | None:
    """In reading order, each chunk with what is known from those before; None when no model could read any of it."""
    bible: Bible = {"people": [], "places": [], "tone": ""}
    rows = [lines.plain(text) for text in paragraphs if text.strip()]
    done = 0
    for chunk in lines.chunks(rows, str, author.room(ANSWER), lambda before, after: True):
        book = "\n".join(chunk)
        check = partial(_check, book=book, bible=bible)
        found = author.ask("bible", schemas.BIBLE, check, limit=MOST, book=book, known=brief(bible))
        if found is None:
            break
        _merge(bible, found, book)
        done += 1
    return bible if done else None


def brief(bible: Bible | None) -> str:
    """As other prompts are told of it."""
    return shortened(json.dumps(bible or {}, ensure_ascii=False, separators=(",", ":")))


def _check(data: Mapping[str, Any], book: str, bible: Bible) -> str:
    people = data["people"]
    unknown = [one for one in people if not _stands(one, book) and _same(one, bible["people"]) is None]
    if len(unknown) * 2 > max(1, len(people)):
        return f"{len(unknown)} of the {len(people)} people are not in the passages"
    return ""


def _stands(one: Mapping[str, Any], book: str) -> bool:
    return any(name and _mentions(name, book) for name in (one["name"], *one["also"]))


def _mentions(name: str, book: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", book, re.IGNORECASE))


def _merge(bible: Bible, found: Mapping[str, Any], book: str) -> None:
    for one in found["people"]:
        old = _same(one, bible["people"])
        if old is not None:
            old["also"] = list(dict.fromkeys([*old["also"], *one["also"]]))
            old["traits"] = list(dict.fromkeys([*old["traits"], *one["traits"]]))[:TRAITS]
            old |= {name: one[name] for name in ("noun", "sex", "age") if one[name] and not old[name]}
        elif _stands(one, book):
            bible["people"].append({**one, "traits": one["traits"][:TRAITS]})
    names = {place["name"].casefold() for place in bible["places"]}
    bible["places"] += [one for one in found["places"] if one["name"].casefold() not in names]
    bible["places"] = bible["places"][:PLACES]
    bible["tone"] = bible["tone"] or found["tone"][:120]


def _same(one: Mapping[str, Any], people: Sequence[Bible]) -> Bible | None:
    called = {name.casefold() for name in (one["name"], *one["also"]) if name}
    return next((p for p in people if called & {name.casefold() for name in (p["name"], *p["also"])}), None)


def cast(known: Sequence[Character], bible: Bible, book: str) -> list[Character]:
    """The people that rules found, looking as the bible says; and those that only the bible has, when the book does."""
    names = Names(known)
    by_name = {one.name: one for one in known}
    for person in bible["people"]:
        called = next((n for n in (person["name"], *person["also"]) if n in by_name or names.owner(n)), None)
        owner = called if called in by_name else names.owner(called) if called else None
        if owner:
            by_name[owner] = replace(by_name[owner], look=_look(by_name[owner].look, person))
            continue
        count = _mentions(person["name"], book)
        if count >= 2:
            at = re.search(re.escape(person["name"]), book, re.IGNORECASE)
            name = book[at.start() : at.end()] if at else person["name"]
            by_name.setdefault(name, Character(name, count=count, look=_look(Look(name), person)))
    return list(by_name.values())


def _look(old: Look, person: Mapping[str, Any]) -> Look:
    return Look(
        name=old.name,
        kind=person["kind"] or old.kind,
        noun=person["noun"].lower().strip() or old.noun,
        sex=person["sex"] or old.sex,
        age=person["age"] or old.age,
        traits=tuple(trait.lower().strip()[:60] for trait in person["traits"][:TRAITS]) or old.traits,
    )
