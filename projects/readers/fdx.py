"""Final Draft (FDX): an XML of typed paragraphs."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from projects.readers import guard, screenplay
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, speakable, tidy
from projects.readers.book import Book, Role
from projects.readers.messages import bad
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED = "fdx", (".fdx",), "a Final Draft screenplay"


def claims(sample: Sample) -> bool:
    return "<FinalDraft" in sample.text[:4000]


def read(path: Path, name: str = "") -> Book:
    """The Book of a Final Draft script; raises BadInput of the catalogue."""
    root = guard.xml(path.read_bytes(), "FDX")
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        raise bad("not_a_screenplay")
    draft = Draft("fdx", screenplay.cut(_blocks(content)), name=name or path.name)
    draft.title, draft.authors = _title_page(root)
    return bind(draft)


def _text(paragraph: etree._Element) -> str:
    """The runs' text; what sits in a dual dialogue or a script note is not this paragraph's own."""
    return tidy("".join("".join(run.itertext()) for run in paragraph.iterchildren("Text")))


def _paragraphs(parent: etree._Element) -> list[etree._Element]:
    """In order, those of dual dialogues included."""
    found = []
    for paragraph in parent.iterchildren("Paragraph"):
        found.append(paragraph)
        for dual in paragraph.iterchildren("DualDialogue"):
            found += _paragraphs(dual)
    return found


def _blocks(content: etree._Element) -> list[Block]:
    blocks: list[Block] = []
    name = ""
    for paragraph in _paragraphs(content):
        text, kind = _text(paragraph), paragraph.get("Type") or "Action"
        if not speakable(text):
            continue
        if kind == "Character":
            name = screenplay.speaker(text)
        blocks.append(_block(kind, text, name))
    return blocks


def _block(kind: str, text: str, name: str) -> Block:
    if kind == "Scene Heading":
        return screenplay.scene(text)
    if kind in ("New Act", "End of Act", "Act", "Sequence"):
        return screenplay.part(text, 2 if kind == "Sequence" else 1) if kind != "End of Act" else screenplay.cue(text)
    if kind in ("Character", "Parenthetical"):
        return screenplay.cue(text, name)
    if kind == "Dialogue":
        return screenplay.speech(text, name)
    if kind in ("Transition", "Shot"):
        return screenplay.cue(text)
    return Block(text, Role.VERSE if kind in ("Singing", "Lyrics") else Role.NARRATION)


def _title_page(root: etree._Element) -> tuple[str, tuple[str, ...]]:
    """The first line is the title; the line after "written by" names the authors."""
    page = root.find("TitlePage/Content")
    lines = [t for t in (_text(p) for p in _paragraphs(page)) if t] if page is not None else []
    title = lines[0] if lines else ""
    for number, line in enumerate(lines[1:], 1):
        low = line.lower()
        if low in ("by", "written by", "screenplay by", "teleplay by", "script by") and number + 1 < len(lines):
            return title, tuple(a.strip() for a in lines[number + 1].replace(" and ", "&").split("&") if a.strip())
        if low.startswith(("written by ", "by ", "screenplay by ")):
            return title, (line.split(" by ", 1)[-1] if " by " in low else line[3:],)
    return title, ()
