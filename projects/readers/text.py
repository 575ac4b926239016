"""Plain text, Project Gutenberg's included: lines become paragraphs, verse, headings, notes and captions."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from projects.readers import encoding, gutenberg, headings
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, tidy
from projects.readers.book import Book, Role
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED = "txt", (".txt", ".text", ".asc", ".log", ""), "plain text"
_PAGE = re.compile(r"[\[{](?:Pg|Page|p\.)\s*\d+[\]}]|\{\d{1,4}\}|\[Pg [ivxlc]+\]")
_ITALIC = re.compile(r"(?<!\w)_(?=[^\s_])([^_]*?[^\s_])_(?!\w)", re.S)
_PICTURE = re.compile(r"\s*\[Illustration(?P<text>[^\]]*)\]\s*", re.I | re.S)
_NOTE = re.compile(r"\s*\[(?:Footnote\s+)?(?P<id>\d+|[A-Z*†]):?\]?:?\s+(?P<text>.+?)\]?\s*\Z", re.S)
_BY = re.compile(r"(?:written |a .{3,20} )?by:?\s+(.+)", re.I)
_NOTED = re.compile(r"\s*\[Footnote\b", re.I)
_MARK = re.compile(r"\[(\d+|[A-Z*†])\]")


def claims(sample: Sample) -> bool:
    return True


def read(path: Path, name: str = "") -> Book:
    """The Book of a plain text; raises BadInput of the catalogue."""
    text, warnings = encoding.decode(path.read_bytes())
    lines = text.expandtabs(4).split("\n")
    about = gutenberg.facts(lines)
    draft = Draft("txt", blocks_of(lines), name=name or path.name, warnings=warnings)
    title, author = (about["title"], about.get("author", "")) if "title" in about else _title_page(draft.blocks)
    draft.title = title
    draft.authors = tuple(a for a in re.split(r"\s+and\s+|;\s*", author) if a)
    draft.language = about.get("language", "")
    return bind(draft)


def _title_page(blocks: list[Block]) -> tuple[str, str]:
    """Title and author as the first lines of a text give them, or ""."""
    first = blocks[0] if blocks else Block()
    known = headings.recognise(first.text)
    if (
        not first.text
        or len(first.lines) > 3
        or len(first.text) > 100
        or first.text[-1] in ".,;"
        or (known and known.family != "caps")
    ):
        return "", ""
    author = _BY.fullmatch(blocks[1].text) if len(blocks) > 1 and len(blocks[1].text) < 80 else None
    inside = re.fullmatch(r"(.{2,70}?),? by ([A-Z][^,.]{2,50})", first.text)
    return (inside[1], inside[2]) if inside else (first.text, author[1] if author else "")


def blocks_of(lines: list[str]) -> list[Block]:
    """A block for each run of lines without an empty one between."""
    width = _width(lines)
    if _unbroken(lines):
        stanzas = [(0 if n == 0 else 1, [line]) for n, line in enumerate(lines) if line.strip()]
    else:
        stanzas = _stanzas(lines)
    blocks: list[Block] = []
    for gap, stanza in stanzas:
        blocks += _blocks(stanza, gap, width)
    _link_notes(blocks)
    return blocks


def _width(lines: list[str]) -> int:
    """How long full lines are: the wrap width of the file, 1000 when it does not wrap."""
    lengths = [len(line) for line in lines if len(line) > 40]
    if not lengths:
        return 72
    common = statistics.quantiles(lengths, n=10)[8] if len(lengths) > 1 else lengths[0]
    return int(common) if common < 200 else 1000


def _unbroken(lines: list[str]) -> bool:
    """Whether each line is a paragraph of its own (no wrapping, hardly an empty line)."""
    full = [line for line in lines if line.strip()]
    long = sum(len(line) > 120 for line in full)
    return bool(full) and (len(lines) - len(full)) < 0.1 * len(full) and long > 0.2 * len(full)


def _stanzas(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Lines between empty ones, each with how many empty lines stand before it."""
    found: list[tuple[int, list[str]]] = []
    gap, current = 0, []  # type: int, list[str]
    for line in [*lines, ""]:
        alone = line.startswith("***") and " PROJECT GUTENBERG " in line  # a mark that may touch the text
        if alone and current:
            found.append((gap, current))
            gap, current = 1, []
        if line.strip() and not alone:
            current.append(line.rstrip())
            continue
        if current or alone:
            found.append((gap, current or [line]))
            gap, current = 0, []
        gap += 1
    return found


def _blocks(stanza: list[str], gap: int, width: int) -> list[Block]:
    from projects.readers.textlines import split_headings

    blocks = []
    for number, part in enumerate(split_headings(stanza, width)):
        text = _PAGE.sub("", "\n".join(part))
        picture = _PICTURE.search(text) if "[Ill" in text or "[ill" in text else None
        if picture:
            blocks += _illustrated(text, gap if number == 0 else 0, width)
        elif text.strip():
            blocks.append(_block(text.split("\n"), gap if number == 0 else 0, width))
    return blocks


def _illustrated(text: str, gap: int, width: int) -> list[Block]:
    """What stands before, in and after "[Illustration: ...]"."""
    blocks, last = [], 0
    for match in _PICTURE.finditer(text):
        if text[last : match.start()].strip():
            blocks.append(_block(text[last : match.start()].split("\n"), gap, width))
        caption = tidy(match["text"].lstrip(": "))
        if caption:
            blocks.append(Block(_plain(caption), Role.CAPTION, gap=gap))
        last = match.end()
    if text[last:].strip():
        blocks.append(_block(text[last:].split("\n"), gap, width))
    return blocks


def _plain(text: str) -> str:
    """Without the underscores that stand for italics."""
    return _ITALIC.sub(r"\1", text) if "_" in text else text


def _block(lines: list[str], gap: int, width: int) -> Block:
    lines = [line for line in lines if line.strip()]
    joined = _plain("\n".join(lines))
    if _NOTED.match(joined):
        return Block(tidy(joined), Role.FOOTNOTE, gap=gap)
    if _is_verse(lines, width):
        return Block("\n".join(tidy(line) for line in joined.split("\n")), Role.VERSE, lines=tuple(lines), gap=gap)
    return Block(tidy(joined), Role.NARRATION, lines=tuple(tidy(_plain(line)) for line in lines), gap=gap)


def _is_verse(lines: list[str], width: int) -> bool:
    """Several lines, all well short of the wrap width, that are set in or begin with capitals."""
    if len(lines) < 2 or width >= 1000:
        return False
    lengths = [len(line.rstrip()) for line in lines]
    inset = all(line.startswith("  ") for line in lines)
    capital = sum(line.lstrip(" “‘\"'(—-_")[:1].isupper() for line in lines)
    short = max(lengths) < 0.85 * width
    return short and (
        (inset and len({len(x) for x in lines}) > 1)
        or (len(lines) > 2 and capital >= 0.75 * len(lines) and max(lengths[:-1]) < 0.75 * width)
    )


def _link_notes(blocks: list[Block]) -> None:
    """ "[1]" in a text and the block "[1] ..." or "[Footnote 1: ...]" further on belong together."""
    for index, block in enumerate(blocks):
        match = _NOTE.match(block.text) if block.text.startswith("[") else None
        if match and (block.role is Role.FOOTNOTE or _mentioned(blocks, index, match["id"])):
            block.role, block.text = Role.FOOTNOTE, match["text"].strip()
            block.note = f"#note-{index}"
            block.anchors = (block.note,)
            _mark(blocks, index, match["id"], block.note)


def _mentioned(blocks: list[Block], index: int, id: str) -> bool:
    mark = f"[{id}]"
    return any(mark in b.text and not b.text.startswith(mark) for b in blocks[max(0, index - 400) : index])


def _mark(blocks: list[Block], index: int, id: str, note: str) -> None:
    """Puts a token in place of the nearest earlier mark."""
    mark = f"[{id}]"
    for block in reversed(blocks[max(0, index - 400) : index]):
        if mark in block.text and block.role is not Role.FOOTNOTE:
            block.text = block.text.replace(mark, f"\x02{len(block.marks)}\x03", 1)
            block.marks += ((note, mark, True),)
            return
