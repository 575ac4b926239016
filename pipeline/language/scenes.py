"""Cuts a script into scenes: where place, time, speaker or topic change, 6 to 20 seconds each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pipeline.language.briefs import Framer, brief_of
from pipeline.language.characters import Cast
from pipeline.language.picture import Brief
from pipeline.language.script import Line, Script, Segment, chapter_lines, cut_line, join_lines
from pipeline.language.sentences import clauses, strength
from pipeline.language.setting import Setting, settings
from pipeline.language.text import ChapterText, seconds
from pipeline.language.titles import title_of
from pipeline.language.vectors import vectors

SHORTEST, LONGEST, WANTED = 6.0, 20.0, 11.0  # seconds of a scene
_SHOT = 12.0  # a line longer than this may be parted at its strongest pause


@dataclass(frozen=True, slots=True)
class SceneDraft:
    """`number` counts from 1 over the whole script; `start`, `end` span its lines in the chapter's text; `opens`: title
    of the chapter that begins here, else ""; `title` says in a few words what the picture shows (also its alt text)."""

    number: int
    chapter: int
    start: int
    end: int
    lines: tuple[Line, ...]
    segments: tuple[Segment, ...]
    characters: tuple[str, ...]
    brief: Brief
    title: str
    seconds: float
    opens: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SceneDraft:
        brief = dict(data["brief"])
        brief["who"], brief["what"] = tuple(brief.get("who", ())), tuple(brief.get("what", ()))
        return cls(
            **{
                **data,
                "lines": tuple(Line.from_json(line) for line in data["lines"]),
                "segments": tuple(Segment(**s) for s in data["segments"]),
                "characters": tuple(data["characters"]),
                "brief": Brief(**brief),
            }
        )


def break_scenes(script: Script, chapters: Sequence[ChapterText], cast: Cast) -> list[SceneDraft]:
    """Every line of `script` lies in exactly one scene, in order; no scene crosses a chapter's border."""
    scenes: list[SceneDraft] = []
    framer = Framer()
    for chapter in chapters:
        atoms = [a for line in script.lines if line.chapter == chapter.number for a in atoms_of(line, script.wpm)]
        if not atoms:
            continue
        where = _settings(atoms, chapter, cast)
        for i, j in _partition(atoms, where, script.wpm):
            first = not scenes or scenes[-1].chapter != chapter.number
            scenes.append(_scene(len(scenes) + 1, chapter, cast, atoms[i:j], where[i:j], script.wpm, framer, first))
    return scenes


def _scene(
    number: int, chapter: ChapterText, cast: Cast, atoms: Sequence[Line], where: Sequence[Setting], wpm: float,
    framer: Framer, first: bool,
) -> SceneDraft:  # fmt: skip
    setting, atoms = _main(atoms, where), joined(atoms, chapter.text)
    brief, present = brief_of(atoms, setting, chapter, cast, framer)
    title = title_of(atoms, brief, present, chapter, cast)
    return draft(number, chapter, atoms, brief, present, title, wpm, first=first)


def draft(
    number: int, chapter: ChapterText, atoms: Sequence[Line], brief: Brief, present: tuple[str, ...], title: str,
    wpm: float, *, first: bool,
) -> SceneDraft:  # fmt: skip
    """A scene of these lines, whoever said what its picture shows. `first`: its chapter begins here."""
    return SceneDraft(
        number=number, chapter=chapter.number, start=atoms[0].start, end=max(a.end for a in atoms),
        lines=tuple(atoms), segments=tuple(s for a in atoms for s in a.segments), characters=present, brief=brief,
        title=title, seconds=round(sum(seconds(a.text, wpm) for a in atoms), 2),
        opens=chapter.title if first else "",
    )  # fmt: skip


def atoms_of(line: Line, wpm: float) -> list[Line]:
    """The line, or its parts when it is too long for a scene."""
    if seconds(line.text, wpm) <= _SHOT:
        return [line]
    at = _best_cut(line, wpm)
    if at is None:
        return [line]
    head, tail = cut_line(line, at)
    return atoms_of(head, wpm) + atoms_of(tail, wpm)


def joined(atoms: Sequence[Line], text: str) -> list[Line]:
    """Parts of one sentence that came to lie in the same scene are one line again."""
    lines = [atoms[0]]
    for atom in atoms[1:]:
        if lines[-1].part:
            lines[-1] = join_lines(lines[-1], atom, text)
        else:
            lines.append(atom)
    return lines


def _best_cut(line: Line, wpm: float) -> int | None:
    """Chapter offset of the pause that parts the line best: strong, near an even part, both sides long enough."""
    total = seconds(line.text, wpm)
    parts = max(2, round(total / WANTED))
    best, best_score = None, float("-inf")
    for at in clauses(line.text):
        before = seconds(line.text[:at], wpm)
        if before < SHORTEST * 0.6 or total - before < SHORTEST * 0.6:
            continue
        off = min(abs(before / total - k / parts) for k in range(1, parts)) * parts
        score = strength(line.text, at) - 2.0 * off - (1.5 if _inside_aside(line, at) else 0)
        if score > best_score:
            best, best_score = at, score
    return None if best is None else line.start + best


def _inside_aside(line: Line, at: int) -> bool:
    text = line.text[:at]
    return text.count("(") > text.count(")")


def _settings(atoms: Sequence[Line], chapter: ChapterText, cast: Cast) -> list[Setting]:
    """The setting of each atom. What was left out is read, too: people move on while nobody tells of it."""
    cuts = {a.start for a in atoms}
    stretches = []
    for line in chapter_lines(chapter, cast.speeches[chapter.number]):
        for part in _parts(line, atoms) or [line]:
            para = chapter.paragraphs[line.paragraph]
            parse = cast.parses[chapter.number][line.paragraph]
            text = _narration(part) if line.role != "verse" else ""  # a song does not say where it is sung
            stretches.append((part.start, (text, part.start - para.start, parse)))
    found = settings([s for _, s in stretches], Setting())
    at = {start: setting for (start, _), setting in zip(stretches, found, strict=True) if start in cuts}
    return [at[a.start] for a in atoms]


def _parts(line: Line, atoms: Sequence[Line]) -> list[Line]:
    """The atoms that `line` was parted into."""
    low = bisect_left(atoms, line.start, key=lambda a: a.start)
    high = bisect_left(atoms, line.end, key=lambda a: a.start)
    return list(atoms[low:high])


def _narration(atom: Line) -> str:
    """The atom's text with quoted speech blanked out, so that offsets hold."""
    text = atom.text
    for s in atom.segments:
        if s.quoted:
            a, b = s.start - atom.start, s.end - atom.start
            text = text[:a] + " " * (b - a) + text[b:]
    return text


def _main(atoms: Sequence[Line], where: Sequence[Setting]) -> Setting:
    """The setting in which most of the scene's words are told."""
    weights: dict[Setting, float] = {}
    for atom, setting in zip(atoms, where, strict=True):
        weights[setting] = weights.get(setting, 0) + len(atom.text)
    return max(weights, key=lambda s: weights[s])


def _partition(atoms: Sequence[Line], where: Sequence[Setting], wpm: float) -> list[tuple[int, int]]:
    """Least-cost cuts by dynamic programming over (length of scenes) and (worth of borders)."""
    length = [seconds(a.text, wpm) for a in atoms]
    total = np.concatenate([[0.0], np.cumsum(length)])
    border = _borders(atoms, where)
    n = len(atoms)
    cost, back = [0.0] + [float("inf")] * n, [0] * (n + 1)
    for j in range(1, n + 1):
        for i in range(j - 1, -1, -1):
            span = float(total[j] - total[i])
            if span > LONGEST and j - i > 1:
                break
            here = cost[i] + _length_cost(span) - (border[j] if j < n else 0.0)
            if here < cost[j]:
                cost[j], back[j] = here, i
    cuts, j = [], n
    while j > 0:
        cuts.append((back[j], j))
        j = back[j]
    return cuts[::-1]


def _length_cost(span: float) -> float:
    cost = ((span - WANTED) / 6.0) ** 2 * 0.5 + 0.35  # the constant keeps scenes from being cut without a reason
    return cost + 1.0 + (SHORTEST - span) * 1.5 if span < SHORTEST else cost


def _borders(atoms: Sequence[Line], where: Sequence[Setting]) -> list[float]:
    """How good a cut before each atom is."""
    topic = _topic_shifts(atoms)
    worth = [0.0] * (len(atoms) + 1)
    for k in range(1, len(atoms)):
        a, b = atoms[k - 1], atoms[k]
        score = 0.6 * topic[k]
        score += 0.5 if a.paragraph != b.paragraph else 0.0
        score += 0.9 if where[k].place != where[k - 1].place else 0.0
        score += 0.7 if where[k].time != where[k - 1].time else 0.0
        score += 0.3 if _voice(a, last=True) != _voice(b, last=False) else 0.0
        score += 0.4 if b.gap else 0.0
        score -= 0.3 if a.role == b.role == "verse" and a.paragraph == b.paragraph else 0.0
        score -= 1.1 - 0.2 * strength(a.text + " " + b.text, len(a.text) + 1) if a.part else 0.0
        score -= 0.6 if _same_speech(a, b) else 0.0
        score -= 0.35 if re.match(r"(?:said|thought|cried|asked|replied)\b", b.text) else 0.0
        worth[k] = score
    return worth


def _same_speech(a: Line, b: Line) -> bool:
    """Whether the cut would part one quotation (its mark is opened in `a` and closed in `b`)."""
    if a.paragraph != b.paragraph or not (a.segments and b.segments):
        return False
    last, first = a.segments[-1], b.segments[0]
    return (
        last.quoted and first.quoted and last.end == a.end and not last.text.endswith(("”", "’", '"', "'", "»", "」"))
    )


def _voice(line: Line, *, last: bool) -> str:
    return line.segments[-1 if last else 0].speaker if line.segments else ""


def _topic_shifts(atoms: Sequence[Line]) -> list[float]:
    """0..1 before each atom: how little the two atoms before and after have in common."""
    rows = vectors([a.text for a in atoms])
    shifts = [0.0] * len(atoms)
    for k in range(1, len(atoms)):
        before, after = rows[max(0, k - 2) : k].mean(0), rows[k : k + 2].mean(0)
        norm = float(np.linalg.norm(before) * np.linalg.norm(after)) or 1.0
        shifts[k] = 1 - float(before @ after) / norm
    low, high = min(shifts[1:], default=0.0), max(shifts[1:], default=1.0)
    return [max(0.0, (s - low) / (high - low)) if high > low else 0.0 for s in shifts]
