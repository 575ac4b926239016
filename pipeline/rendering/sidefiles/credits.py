"""Where every part of the film comes from and what its licence asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

VERSION = 1


@dataclass(frozen=True, slots=True)
class Credit:
    """One asset. `origin`: who made it (provider, book, upload); `by`: whom the licence asks to name; `made_by_ai`."""

    kind: str  # picture, voice, music, font, text, ...
    origin: str
    model: str = ""
    licence: str = ""
    scene: int = 0  # 0: the whole film
    by: str = ""
    asset: str = ""  # sha256 of the bytes
    made_by_ai: bool = False
    note: str = ""


def credits_json(title: str, credits: Iterable[Credit]) -> str:
    """`credits.json`: the parts in order, the licences summed up, and what has no licence named."""
    rows = sorted(set(credits), key=lambda c: (c.scene, c.kind, c.origin, c.model, c.licence, c.asset, c.by, c.note))
    document = {
        "version": VERSION,
        "film": title,
        "made_with_ai": sorted({row.kind for row in rows if row.made_by_ai}),
        "licences": _licences(rows),
        "without_licence": [_named(row) for row in rows if not row.licence],
        "parts": [asdict(row) for row in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def credit_line(credits: Iterable[Credit]) -> str:
    """One line for the end card: those whom a licence asks to name."""
    return " · ".join(sorted({credit.by for credit in credits if credit.by}))


def _licences(rows: Sequence[Credit]) -> list[dict[str, object]]:
    found: dict[str, list[Credit]] = {}
    for row in rows:
        if row.licence:
            found.setdefault(row.licence, []).append(row)
    return [
        {"licence": name, "parts": len(of), "by": sorted({row.by for row in of if row.by})}
        for name, of in sorted(found.items())
    ]


def _named(row: Credit) -> str:
    place = f"scene {row.scene}" if row.scene else "the film"
    return f"{row.kind} of {place} ({row.origin})"
