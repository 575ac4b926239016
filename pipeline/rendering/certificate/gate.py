"""What the certificate is made of: one measurement with its goal, and all of them together."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Gate:
    """`value` as measured, `goal` in words; `ok` None: not measured, and `message` says why. `facts`: more figures."""

    name: str
    goal: str
    value: float | int | str | None
    ok: bool | None
    message: str
    facts: dict[str, Any] = field(default_factory=dict)


def count(number: int, thing: str) -> str:
    """ "1 scene", "2 scenes"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def skipped(name: str, goal: str, why: str) -> Gate:
    """A gate that nobody could measure."""
    return Gate(name, goal, None, None, why)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The measured quality of one film file."""

    title: str
    film_hash: str
    gates: tuple[Gate, ...]

    @property
    def failed(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if gate.ok is False)

    @property
    def ok(self) -> bool:
        return not self.failed

    def gate(self, name: str) -> Gate:
        """The gate of that name; KeyError when it was not asked for."""
        for gate in self.gates:
            if gate.name == name:
                return gate
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        rows = [
            {"name": g.name, "goal": g.goal, "value": g.value, "ok": g.ok, "message": g.message, "facts": g.facts}
            for g in self.gates
        ]
        return {"version": VERSION, "title": self.title, "film": self.film_hash, "ok": self.ok, "gates": rows}

    def to_json(self) -> str:
        """`certificate.json`."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def lines(self) -> list[str]:
        """Five lines for a terminal: picture, sound, time, words, source."""
        from .summary import lines

        return lines(self)
