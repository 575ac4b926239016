"""Lines of ordered pages become blocks: paragraphs across pages, headings by size, verse, footnotes."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from projects.readers import headings
from projects.readers.blocks import Block, tidy
from projects.readers.book import Role
from projects.readers.pages.hyphens import Healer
from projects.readers.pages.line import Line

_END = re.compile(r"[.!?…:”’\"')\]»]\s*\Z")
_NOTE = re.compile(r"(?P<mark>\d{1,3}|[*†‡])[.):]?\s+\S")


@dataclass(slots=True)
class Style:
    """What is usual in the work: letter size, distance of lines, indent of first lines, in points."""

    body: float
    pitch: float
    indent: float = 0.0


@dataclass(slots=True)
class _Group:
    """Lines of one paragraph, heading or note."""

    lines: list[Line]
    kind: str = "text"  # text, head, note
    column: tuple[float, float] = (0.0, 0.0)  # left and right of the column it begins in
    sizes: list[float] = field(default_factory=list)


def style_of(pages: list[list[Line]]) -> Style:
    """Letter size by the most characters; line distance by the commonest step between lines of that size."""
    sizes: Counter[float] = Counter()
    for line in (x for page in pages for x in page):
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = [
        a.middle - b.middle
        for page in pages
        for a, b in pairwise(page)
        if abs(a.size - body) < 0.6 and abs(b.size - body) < 0.6 and 0 < a.middle - b.middle < 3 * body
    ]
    return Style(body, statistics.median_low(steps) if steps else 1.2 * body)


def blocks(columns: list[list[Line]], style: Style) -> list[tuple[Block, Line]]:
    """Blocks in order, each with its first line (for its place). `columns`: lines of one column each, in reading order."""
    healer = Healer(x.text for column in columns for x in column)
    style.indent = _usual_indent(columns, style)
    groups: list[_Group] = []
    for column in columns:
        if column:
            _add_column(groups, column, style)
    levels = _levels(groups, style)
    found = [(_block(g, healer, levels), g) for g in groups]
    _measure_gaps(found, style)
    return [(block, group.lines[0]) for block, group in _versed(found, style)]


def _measure_gaps(found: list[tuple[Block, _Group]], style: Style) -> None:
    """Empty lines above each block, as in a plain text; a page begun before the last one was full counts as four."""
    floor = min((x.bottom for _, g in found for x in g.lines), default=0.0)
    for (_, upper), (block, group) in pairwise(found):
        last, line = upper.lines[-1], group.lines[0]
        if last.page == line.page:
            block.gap = max(0, round((last.middle - line.middle) / style.pitch) - 1)
        elif last.bottom > floor + 4 * style.pitch:
            block.gap = 4


def _margins(column: list[Line], style: Style) -> tuple[float, float]:
    """Left and right of the text in a column: the commonest left, the outermost usual right."""
    own = [x for x in column if abs(x.size - style.body) < 0.1 * style.body] or column
    lefts = Counter(round(x.left) for x in own)
    most = lefts.most_common(1)[0][1]
    left = min(x for x, count in lefts.items() if count >= 0.3 * most)
    rights = sorted(x.right for x in own)
    return float(left), rights[int(0.9 * (len(rights) - 1))]


def _usual_indent(columns: list[list[Line]], style: Style) -> float:
    indents: Counter[int] = Counter()
    for column in columns:
        if len(column) > 5:
            left = _margins(column, style)[0]
            indents.update(round(x.left - left) for x in column if 0.5 * style.body < x.left - left < 4 * style.body)
    return float(indents.most_common(1)[0][0]) if indents else 0.0


def _add_column(groups: list[_Group], column: list[Line], style: Style) -> None:
    margins = _margins(column, style)
    notes_from = _notes_from(column, style)
    before: Line | None = None
    for number, line in enumerate(column):
        kind = "note" if number >= notes_from else "head" if _is_large(line, style) else "text"
        last = next((g for g in reversed(groups) if kind == "note" or g.kind != "note"), None)
        if last is None or _breaks(last, before, line, kind, margins, style):
            groups.append(_Group([line], kind, margins))
        else:
            last.lines.append(line)
        before = line


def _is_large(line: Line, style: Style) -> bool:
    return line.size > 1.12 * style.body and any(c.isalnum() for c in line.text)


def _notes_from(column: list[Line], style: Style) -> int:
    """Number of the first line of the footnotes at the column's foot; past its end when there are none."""
    start = len(column)
    for number in range(len(column) - 1, -1, -1):
        if column[number].size > 0.93 * style.body:
            break
        if _NOTE.match(column[number].text):
            start = number
    return start


def _breaks(
    group: _Group, before: Line | None, line: Line, kind: str, margins: tuple[float, float], style: Style
) -> bool:
    """Whether a line begins a new paragraph."""
    last = group.lines[-1]
    if kind != group.kind:
        return True
    if kind == "note":
        return bool(_NOTE.match(line.text)) or last.page != line.page
    if abs(last.size - line.size) > 0.08 * style.body or (
        last.bold != line.bold and (len(last.text) < 80 or len(line.text) < 80)
    ):
        return kind == "head" or abs(last.size - line.size) > 0.08 * style.body or _alone(group, line)
    if kind == "head":
        return last.page != line.page or last.middle - line.middle > 1.9 * line.size
    indented = line.left - margins[0] > 0.5 * style.body
    was_indented = last.left - group.column[0] > 0.5 * style.body
    if before is last and last.page == line.page:
        step = last.middle - line.middle
        if step > 1.35 * style.pitch:
            return True
        if indented and not (was_indented and len(group.lines) > 1 and abs(last.left - line.left) < 2):
            return True
    elif indented:
        return True
    short = last.right < group.column[1] - 0.12 * (group.column[1] - group.column[0])
    opens = line.text[:1].isupper() or not line.text[:1].isalpha()
    return bool(short and opens and _END.search(last.text)) or _is_heading_line(last, group) or headline(line, last)


def _alone(group: _Group, line: Line) -> bool:
    return len(group.lines) == 1 or line.text[:1].isupper()


def _is_heading_line(last: Line, group: _Group) -> bool:
    """A numbered heading of its own line ends there, whatever its size."""
    head = headings.recognise(last.text) if len(group.lines) == 1 and len(last.text) < 60 else None
    return head is not None and head.family in ("chapter", "part", "volume", "act", "letter", "canto")


def headline(line: Line, last: Line) -> bool:
    head = headings.recognise(line.text) if len(line.text) < 60 and last.text[-1:] in '.!?”’"' else None
    return head is not None and head.family in ("chapter", "part", "volume", "act", "letter", "canto")


def _levels(groups: list[_Group], style: Style) -> dict[float, int]:
    """Heading level by letter size: the largest is 1."""
    sizes = sorted({_size(g) for g in groups if g.kind == "head"}, reverse=True)
    merged: list[float] = []
    levels: dict[float, int] = {}
    for size in sizes:
        if not merged or merged[-1] - size > 0.04 * style.body:
            merged.append(size)
        levels[size] = min(len(merged), 6)
    return levels


def _size(group: _Group) -> float:
    return round(group.lines[0].size * 4) / 4


def _block(group: _Group, healer: Healer, levels: dict[float, int]) -> Block:
    raised: list[str] = []
    texts = []
    for line in group.lines:
        texts.append(re.sub("\x04(\\d+)\x05", lambda m: f"\x04{len(raised) + int(m.group(1))}\x05", line.text))  # noqa: B023
        raised += line.raised
    text = tidy_keeping(healer.join(texts))
    page = f"#page-{group.lines[0].page}"
    block = Block(text, anchors=(page,), hint=frozenset(), lines=tuple(x.text for x in group.lines))
    block.marks = tuple((f"{page}-{mark}", mark, False) for mark in raised)
    block.text = re.sub("\x04(\\d+)\x05", lambda m: f"\x02{m.group(1)}\x03", text)
    if group.kind == "note":
        match = _NOTE.match(text)
        block.role = Role.FOOTNOTE
        block.note = f"{page}-{match['mark']}" if match else f"{page}-note"
        block.anchors += (block.note,)
        block.text = re.sub(r"^(?:\d{1,3}|[*†‡])[.):]?\s+", "", block.text)
    elif group.kind == "head" and len(text) <= 200 and len(group.lines) <= 5:
        block.role, block.level = Role.HEADING, levels[_size(group)]
        block.text = _title(group, healer) or block.text
    elif all(x.bold for x in group.lines) and len(text) <= 100 and len(group.lines) <= 2:
        block.role, block.level = Role.HEADING, min(max(levels.values(), default=0) + 1, 6)
    return block


def _title(group: _Group, healer: Healer) -> str:
    """A heading's lines: its number joined with its name."""
    first, rest = group.lines[0].text, [x.text for x in group.lines[1:]]
    head = headings.recognise(first) if rest else None
    return headings.join(first, healer.join(rest)) if head and head.bare and not group.lines[0].raised else ""


def tidy_keeping(text: str) -> str:
    """As `tidy`, but the note tokens stay."""
    return (
        tidy(text.replace("\x04", "\ue004").replace("\x05", "\ue005"))
        .replace("\ue004", "\x04")
        .replace("\ue005", "\x05")
    )


def _versed(found: list[tuple[Block, _Group]], style: Style) -> list[tuple[Block, _Group]]:
    """Runs of single short lines, set in deeper than paragraphs are, become verse."""
    out: list[tuple[Block, _Group]] = []
    for block, group in found:
        if _is_verse_line(block, group, style) and out and _continues_verse(out[-1], group, style):
            before = out[-1][0]
            before.role = Role.VERSE
            before.text += "\n" + block.text
            out[-1][1].lines += group.lines
        else:
            out.append((block, group))
    return out


def _is_verse_line(block: Block, group: _Group, style: Style) -> bool:
    line = group.lines[0]
    deep = line.left - group.column[0] > max(style.indent, 0.5 * style.body) + 0.4 * style.body
    short = line.right < group.column[1] - 0.1 * (group.column[1] - group.column[0])
    return group.kind == "text" and len(group.lines) == 1 and deep and short and not block.marks and not block.level


def _continues_verse(before: tuple[Block, _Group], group: _Group, style: Style) -> bool:
    block, upper = before
    if block.role is not Role.VERSE and not _is_verse_line(block, upper, style):
        return False
    step = upper.lines[-1].middle - group.lines[0].middle
    return upper.lines[-1].page != group.lines[0].page or step < 1.35 * style.pitch
