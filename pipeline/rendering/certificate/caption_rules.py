"""Whether captions can be read: length of lines, time on screen, speed, gaps; and whether they say every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..captions.breaks import cells
from ..captions.cues import Cue, Rules, reading_speed, rules_for
from ..timeline import Timeline
from .gate import Gate, count, skipped

GOAL = "lines of at most {cells} × {lines}, {per_second} characters a second, a second at least, {gap} frames apart"
BREACHES = {
    "wide": "lines too long", "many": "too many lines", "fast": "too fast to read", "short": "shown too briefly",
    "close": "too close to the next", "outside": "outside the film", "empty": "empty",
}  # fmt: skip


def captions(cues: Sequence[Cue], timeline: Timeline, rules: Rules | None = None) -> list[Gate]:
    """Gates `captions` and `caption words`; skipped when the film has none."""
    if not cues:
        return [skipped(name, "", "the film has no captions") for name in ("captions", "caption words")]
    rules = rules or rules_for(timeline.look.width, timeline.look.height)
    return [_rules(cues, timeline.frames, rules), _words(cues, timeline)]


def _rules(cues: Sequence[Cue], frames: int, rules: Rules) -> Gate:
    found = Counter(kind for cue in cues for kind in breaches(cue, frames, rules))
    found["close"] += sum(
        0 <= after.start - before.end < rules.gap or after.start < before.end for before, after in pairwise(cues)
    )
    bad = {kind: found[kind] for kind in BREACHES if found[kind]}
    said = "; ".join(f"{count(number, 'caption')} {BREACHES[kind]}" for kind, number in bad.items())
    goal = GOAL.format(cells=rules.cells, lines=rules.lines, per_second=rules.per_second, gap=rules.gap)
    facts = {
        "captions": len(cues), "breaches": bad, "fastest": round(max(map(reading_speed, cues)), 2),
        "shortest_frames": min(cue.end - cue.start for cue in cues),
        "hurried": sorted({cue.scene for cue in cues if {"fast", "short"} & set(breaches(cue, frames, rules))}),
    }  # fmt: skip
    said = said or f"{count(len(cues), 'caption')} within the rules"
    return Gate("captions", goal, sum(bad.values()), not bad, said, facts)


def breaches(cue: Cue, frames: int, rules: Rules) -> list[str]:
    """What is wrong with one caption by itself."""
    wrong = {
        "wide": any(cells(line) > rules.cells for line in cue.lines),
        "many": len(cue.lines) > rules.lines,
        "fast": reading_speed(cue) > rules.per_second + 1e-9,
        "short": cue.end - cue.start < rules.shortest,
        "outside": cue.start < 0 or cue.end > frames,
        "empty": not "".join(cue.lines).strip(),
    }
    return [kind for kind, is_so in wrong.items() if is_so]


def _words(cues: Sequence[Cue], timeline: Timeline) -> Gate:
    """Captions against the script, letter by letter, spaces apart."""
    shown: dict[int, str] = {}
    for cue in cues:
        shown[cue.scene] = shown.get(cue.scene, "") + _bare("".join(cue.lines))
    wrong = [
        p.number for p in timeline.scenes if shown.get(p.number, "") != _bare("".join(w.text for w in p.part.words))
    ]
    said = "captions say every word of the script"
    if wrong:
        said = "captions and script differ in scene " + ", ".join(map(str, wrong[:8]))
    return Gate("caption words", "every word of the script, in order", len(wrong), not wrong, said, {"scenes": wrong})


def _bare(text: str) -> str:
    return "".join(text.split())
