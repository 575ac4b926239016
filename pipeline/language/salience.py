"""How much each unit matters to its chapter, in seconds' worth of average text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.language.characters import Cast
from pipeline.language.grammar import Parse
from pipeline.language.moods import ACTION_OF, STILL
from pipeline.language.units import Unit
from pipeline.language.vectors import vectors

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_DIGRESSION = re.compile(
    r"\b(?:for, you see|you see|to be sure|such as|that is to say|in fact|by the way|I may|I suppose)\b", re.IGNORECASE
)


def worth(units: Sequence[Unit], cast: Cast) -> list[float]:
    """Salience (mean about 1) times seconds."""
    rows = vectors([u.text for u in units])
    centre = rows.mean(0)
    near = rows @ (centre / max(1e-9, float(np.linalg.norm(centre))))
    around = _neighbourhood(rows)
    deeds = np.array([_deeds(u, cast) for u in units])
    people = np.array([_people(u, cast) for u in units])
    score = 1.0 + 0.30 * _z(near) + 0.15 * _z(around) + 0.35 * _z(deeds) + 0.25 * _z(people)
    score += np.array([_form(u) for u in units])
    score += _introductions(units, cast, score)
    score = np.clip(score, 0.05, 2.6)
    score[0] += 1.0
    score[-1] += 0.8
    return [float(s) * u.seconds for s, u in zip(score, units, strict=True)]


def _z(x: np.ndarray) -> np.ndarray:
    spread = float(x.std())
    return np.clip((x - x.mean()) / spread, -2, 2) if spread > 1e-9 else np.zeros_like(x)


def _neighbourhood(rows: np.ndarray) -> np.ndarray:
    """Likeness to the five units on each side: what the passage turns about."""
    n = len(rows)
    found = np.zeros(n)
    for i in range(n):
        a, b = max(0, i - 5), min(n, i + 6)
        others = [k for k in range(a, b) if k != i]
        found[i] = float((rows[others] @ rows[i]).mean()) if others else 0.0
    return found


def _deeds(unit: Unit, cast: Cast) -> float:
    """Things done by somebody, a second: events carry a story."""
    total = 0.0
    for line in unit.lines:
        parse, base = cast.parses[line.chapter][line.paragraph], cast.starts[line.chapter][line.paragraph]
        for k, t in enumerate(parse.tokens):
            if not line.start <= base + t.start < line.end or any(
                s.quoted and s.start <= base + t.start < s.end for s in line.segments
            ):
                continue
            action = ACTION_OF.get(t.lemma)
            if action and (t.pos == "VERB" or not parse.parsed) and not _hypothetical(parse, k):
                total += 0.35 if action in STILL else 1.0
    return total / max(4.0, unit.seconds)


def _hypothetical(parse: Parse, k: int) -> bool:
    return parse.parsed and any(
        parse.tokens[c].lemma in {"would", "could", "might", "should", "if", "not", "never"}
        for c in parse.children(k, "aux", "mark", "neg")
    )


def _people(unit: Unit, cast: Cast) -> float:
    """How many of the book's people it names or lets speak."""
    names = {
        m.name for line in unit.lines for m in cast.mentions[line.chapter].between(line.start, line.end) if not m.quoted
    }
    names |= {s.speaker for line in unit.lines for s in line.segments if s.quoted and s.speaker}
    return min(3, len(names)) + 0.5 * any(s.quoted for line in unit.lines for s in line.segments)


def _form(unit: Unit) -> float:
    """Digressions and asides matter less; very short units, too."""
    text = unit.text
    aside = sum(len(m.group()) for m in _ASIDE.finditer(text)) / max(1, len(text))
    score = -0.6 * aside - (0.35 if _DIGRESSION.search(text) else 0.0)
    return score - (0.3 if unit.seconds < 1.5 else 0.0) - min(0.6, max(0.0, unit.seconds - 25) * 0.03)


def _introductions(units: Sequence[Unit], cast: Cast, score: np.ndarray) -> np.ndarray:
    """A unit that brings in a thing ("a tiny golden key") gains from later ones that speak of it ("the key")."""
    gain = np.zeros(len(units))
    for unit, own in zip(units, score, strict=True):
        for k in unit.assumes:
            gain[k] += 0.08 * max(0.0, float(own))
    return np.minimum(gain, 0.6) + _entrances(units, cast)


def _entrances(units: Sequence[Unit], cast: Cast) -> np.ndarray:
    """The unit in which somebody who matters here is first named."""
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for k, unit in enumerate(units):
        for name in {
            m.name
            for line in unit.lines
            for m in cast.mentions[line.chapter].between(line.start, line.end)
            if not m.quoted
        }:
            first.setdefault(name, k)
            count[name] = count.get(name, 0) + 1
    gain = np.zeros(len(units))
    for name, k in first.items():
        gain[k] += min(1.2, 0.25 * (count[name] - 1))
    return gain
