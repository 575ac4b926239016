"""How much of the source the film tells."""

from __future__ import annotations

from dataclasses import dataclass

from .gate import Gate, skipped


@dataclass(frozen=True, slots=True)
class Coverage:
    """Words of the source told, of all; `goal` 0..1 for modes that promise one; names of what was left out."""

    told: int
    words: int
    goal: float | None = None
    left_out: tuple[str, ...] = ()


def coverage_gate(coverage: Coverage | None) -> Gate:
    if coverage is None or not coverage.words:
        return skipped("coverage", "told, no goal", "nobody counted the words of the source")
    share = coverage.told / coverage.words
    goal = "told, no goal" if coverage.goal is None else f"at least {coverage.goal:.0%} of the source"
    said = f"{share:.1%} of the source's {coverage.words} words are told"
    if coverage.left_out:
        said += "; left out: " + ", ".join(coverage.left_out[:5]) + (", …" if len(coverage.left_out) > 5 else "")
    facts = {"told": coverage.told, "words": coverage.words, "left_out": list(coverage.left_out)}
    return Gate("coverage", goal, round(share, 4), coverage.goal is None or share >= coverage.goal, said, facts)
