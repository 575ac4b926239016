"""What differs, word by word: a scene against the book, a version against another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

TOKEN = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words: `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One scene that differs. `kind`: changed, new, gone, moved."""

    key: int
    number: int
    kind: str
    parts: tuple[Part, ...]


def words(before: str, after: str) -> tuple[Part, ...]:
    """The two texts as one, with what went and what came."""
    a, b = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, [t.strip() for t in a], [t.strip() for t in b], autojunk=False)
    parts: list[Part] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part("same", "".join(b[j1:j2])))
            continue
        if i2 > i1:
            parts.append(Part("gone", "".join(a[i1:i2])))
        if j2 > j1:
            parts.append(Part("new", "".join(b[j1:j2])))
    return tuple(parts)


def told(state: dict[str, Any]) -> str:
    return " ".join(s["text"].strip() for s in state["segments"])


def versions(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[Row]:
    """Scenes (states in order) that differ in words, speakers or place."""
    old = {s["key"]: (place, s) for place, s in enumerate(before, 1)}
    new = {s["key"]: (place, s) for place, s in enumerate(after, 1)}
    stays = [s["key"] for s in before if s["key"] in new]
    moved = _moved(stays, [s["key"] for s in after if s["key"] in old])
    rows = [_row(place, s, old.get(key), key in moved) for key, (place, s) in new.items()]
    gone = [Row(k, n, "gone", (Part("gone", told(s)),)) for k, (n, s) in old.items() if k not in new]
    return sorted([r for r in rows if r] + gone, key=lambda r: (r.number, r.kind != "gone"))


def _row(place: int, now: dict[str, Any], was: tuple[int, dict[str, Any]] | None, moved: bool) -> Row | None:
    if was is None:
        return Row(now["key"], place, "new", (Part("new", told(now)),))
    if _said(was[1]) != _said(now):
        return Row(now["key"], place, "changed", words(_script(was[1]), _script(now)))
    return Row(now["key"], place, "moved", (Part("same", told(now)),)) if moved else None


def _said(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [(s.get("speaker", ""), s["text"].strip()) for s in state["segments"]]


def _script(state: dict[str, Any]) -> str:
    """Words with who says them, as a play has it."""
    return " ".join(f"{speaker}: {text}" if speaker else text for speaker, text in _said(state))


def _moved(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """Keys outside the longest run of keys that kept their order."""
    matcher = SequenceMatcher(None, list(before), list(after), autojunk=False)
    kept = {key for block in matcher.get_matching_blocks() for key in before[block.a : block.a + block.size]}
    return set(after) - kept


def with_book(states: Iterable[dict[str, Any]], texts: dict[int, str]) -> list[Row]:
    """Scenes whose words are not the book's own at their place. `texts`: {chapter key: its text}."""
    rows = []
    for place, s in enumerate(states, 1):
        text = texts.get(s["chapter_id"] or 0, "")
        book = " ".join(text[g.get("start", 0) : g.get("end", 0)].strip() for g in s["segments"])
        if " ".join(book.split()) != " ".join(told(s).split()):
            rows.append(Row(s["key"], place, "changed", words(book, told(s))))
    return rows
