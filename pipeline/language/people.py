"""Who is in a book: the character's record, and the finder of its names in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.language.picture import Look

NARRATOR = ""  # speaker of what nobody in the book says


@dataclass(frozen=True, slots=True)
class Character:
    """`count` of mentions by name, `first` mention as (chapter number, offset), `speeches` attributed to it."""

    name: str
    aliases: tuple[str, ...] = ()
    article: str = ""  # "the" when the book writes "the White Rabbit"
    count: int = 0
    first: tuple[int, int] = (0, 0)
    speeches: int = 0
    words_spoken: int = 0
    script: bool = False  # a screenplay's: its name stands in capitals there
    look: Look = field(default_factory=lambda: Look(""))

    @property
    def called(self) -> str:
        """As it stands in a sentence: "the White Rabbit", "Alice"."""
        return f"{self.article} {self.name}".strip()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Character:
        look = dict(data.get("look") or {"name": data["name"]})
        look["traits"] = tuple(look.get("traits", ()))
        facts = {k: v for k, v in data.items() if k != "look"}
        facts["aliases"], facts["first"] = tuple(facts.get("aliases", ())), tuple(facts.get("first", (0, 0)))
        return cls(**facts, look=Look(**look))


def speaker_name(cue: str) -> str:
    """A screenplay's cue as a name: "ANTON (O.S.)" -> "Anton"."""
    bare = re.sub(r"\s*\(.*?\)", "", cue).strip()
    return bare.title() if bare.isupper() else bare


class Names:
    """Finds characters' names in text, the longest first, and tells whose they are."""

    def __init__(self, characters: Iterable[Character]) -> None:
        self.characters: dict[str, Character] = {c.name: c for c in characters}
        self._owner: dict[str, str] = {}
        for c in self.characters.values():
            for alias in (c.name, *c.aliases):
                self._owner.setdefault(alias, c.name)
                if c.script:
                    self._owner.setdefault(alias.upper(), c.name)
        words = sorted(self._owner, key=lambda a: (-len(a), a))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?![\w])") if words else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
        """(start, end, name) of every mention."""
        if self._pattern is None:
            return []
        return [
            (m.start(), m.end(), self._owner[m.group()])
            for m in self._pattern.finditer(text, start, len(text) if end is None else end)
        ]

    def owner(self, phrase: str) -> str | None:
        """Whose name stands in `phrase` ("poor Alice", "the White Rabbit"), if anybody's."""
        found = self.find(phrase)
        if found:
            return found[-1][2]
        lower = phrase.lower()
        ends = [a for a in self._owner if lower.endswith(" " + a.lower()) and " " in a]
        return self._owner[max(ends, key=lambda a: (len(a), a))] if ends else None

    def sex(self, name: str) -> str:
        return self.characters[name].look.sex if name in self.characters else ""

    def kind(self, name: str) -> str:
        return self.characters[name].look.kind if name in self.characters else "person"


def characters_to_json(characters: Sequence[Character]) -> list[dict[str, Any]]:
    return [c.to_json() for c in characters]


def characters_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Character, ...]:
    return tuple(Character.from_json(d) for d in data)
