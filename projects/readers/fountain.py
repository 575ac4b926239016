"""Fountain screenplays (fountain.io/syntax 1.1): title page, sections, scenes, cues, speeches, action."""

from __future__ import annotations

import re
from pathlib import Path

from projects.readers import encoding, screenplay
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, tidy
from projects.readers.book import Book, Role
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED, TEXTUAL = "fountain", (".fountain", ".spmd"), "a Fountain screenplay", True
_SCENE = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]\s*\S", re.I)
_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{0,30}):[ \t]*(?P<value>.*)")
_TO = re.compile(r"[A-Z0-9 ]+ TO:\Z")
_BONEYARD = re.compile(r"/\*.*?\*/", re.S)
_NOTE = re.compile(r"\[\[.*?\]\]", re.S)
_NUMBER = re.compile(r"\s*#[^#\n]+#\s*\Z")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1")


def claims(sample: Sample) -> bool:
    """A title page, or several scene headings between empty lines."""
    text = sample.text.replace("\r\n", "\n")
    scenes = re.findall(r"(?m)^\s*\n\.?(?:INT|EXT|INT\.?/EXT|I/E)\. .+\n\s*$", text)
    return len(scenes) >= 2 or bool(re.match(r"Title:.*\n(?:.*\n)*?(?:Credit|Draft date):", text))


def read(path: Path, name: str = "") -> Book:
    """The Book of a Fountain script; raises BadInput of the catalogue."""
    text, warnings = encoding.decode(path.read_bytes())
    about, text = _title_page(_NOTE.sub("", _BONEYARD.sub("", text)))
    draft = Draft("fountain", screenplay.cut(_blocks(text.split("\n"))), name=name or path.name, warnings=warnings)
    draft.title = tidy(_plain(about.get("title", "")))
    author = about.get("author", about.get("authors", ""))
    draft.authors = tuple(a for a in (tidy(_plain(a)) for a in re.split(r"\s+and\s+|\s*&\s*|,|\n", author)) if a)
    draft.language = about.get("language", "")
    return bind(draft)


def _title_page(text: str) -> tuple[dict[str, str], str]:
    """Fields above the first empty line; continued lines are indented."""
    head, gap, rest = text.lstrip("\ufeff\n").partition("\n\n")
    lines = head.split("\n")
    if not gap or not _FIELD.fullmatch(lines[0]) or _TO.match(lines[0].strip()):
        return {}, text
    found: dict[str, str] = {}
    key = ""
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match and not line[0].isspace():
            key = match["key"].strip().lower()
            found[key] = match["value"]
        elif key:
            found[key] += "\n" + line.strip()
    return {k: v.strip() for k, v in found.items()}, rest


def _plain(text: str) -> str:
    """Without marks of emphasis; escaped stars stay."""
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return text.replace("\\*", "*").replace("\\_", "_")


def _blocks(lines: list[str]) -> list[Block]:
    """Blocks of the script's body, element by element."""
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        blank_above = number == 0 or not lines[number - 1].strip()
        blank_below = number + 1 >= len(lines) or not lines[number + 1].strip()
        if not line or line.startswith("=") or set(line) <= {"="}:
            number += 1  # an empty line, a synopsis or a page break
        elif blank_above and not blank_below and _is_cue(line):
            number = _speech(lines, number, blocks)
        else:
            number = _single(lines, number, blocks, blank_above, blank_below)
    return blocks


def _is_cue(line: str) -> bool:
    if line.startswith("@"):
        return True
    name = re.sub(r"\([^)]*\)", "", line).strip(" ^")
    cased = any(c.isalpha() for c in name) and name == name.upper() and name != name.lower()
    return cased and not _SCENE.match(line) and not _TO.match(line) and line[0] not in ">.!#~"


def _speech(lines: list[str], number: int, blocks: list[Block]) -> int:
    """A cue and what is said, down to the next empty line."""
    line = lines[number].strip().lstrip("@").rstrip(" ^")
    name = screenplay.speaker(line)
    blocks.append(screenplay.cue(line, name))
    number += 1
    said: list[str] = []
    while number < len(lines) and (lines[number].strip() or lines[number] == "  "):
        text = lines[number].strip()
        if re.fullmatch(r"\(.*\)", text):
            _say(said, name, blocks)
            blocks.append(screenplay.cue(_plain(text), name))
        elif text:
            said.append(_plain(text.lstrip("~")))
        number += 1
    _say(said, name, blocks)
    return number


def _say(said: list[str], name: str, blocks: list[Block]) -> None:
    if said:
        blocks.append(screenplay.speech("\n".join(said), name))
        said.clear()


def _single(lines: list[str], number: int, blocks: list[Block], blank_above: bool, blank_below: bool) -> int:
    """A section, scene heading, transition, lyric or paragraph of action; the number of the next line."""
    line = lines[number].strip()
    forced = line.startswith(".") and not line.startswith("..")
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        blocks.append(screenplay.part(_plain(line.lstrip("# ")), min(level, 6)))
        return number + 1
    if blank_above and (forced or _SCENE.match(line)):
        blocks.append(screenplay.scene(_NUMBER.sub("", line.lstrip("."))))
        return number + 1
    if (line.startswith(">") and not line.endswith("<")) or (blank_above and blank_below and _TO.match(line)):
        blocks.append(screenplay.cue(_plain(line.lstrip("> "))))
        return number + 1
    end = number
    while end < len(lines) and lines[end].strip() and (end == number or not lines[end].startswith(("#", ">"))):
        end += 1
    parts = [_plain(re.sub(r"^[!~>]\s*|\s*<$", "", part.strip())) for part in lines[number:end]]
    lyric = line.startswith("~")
    blocks.append(
        Block("\n".join(map(tidy, parts)) if lyric else tidy(" ".join(parts)), Role.VERSE if lyric else Role.NARRATION)
    )
    return end
