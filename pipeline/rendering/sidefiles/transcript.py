"""`transcript.html`: the source beside what the film says, one page that needs nothing else.

Told passages are lit, left-out ones dimmed, each scene carries its time; it follows the reader's light or dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import groupby

from .clock import brief


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the source's text; `scene` is the number of the scene that tells it, 0 when it was left out."""

    text: str
    scene: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What the film says in scene `number`, from `start_frame` on."""

    number: int
    text: str
    start_frame: int = 0


@dataclass(frozen=True, slots=True)
class TranscriptChapter:
    title: str
    source: tuple[Stretch, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """`told` of `words` source words are told; None when nobody counted."""

    title: str
    chapters: tuple[TranscriptChapter, ...]
    author: str = ""
    language: str = "en"
    told: int = 0
    words: int | None = None


def transcript_html(transcript: Transcript) -> str:
    """The whole page."""
    style = files(__package__).joinpath("transcript.css").read_text("utf-8")
    body = "\n".join(_chapter(chapter, number) for number, chapter in enumerate(transcript.chapters, 1))
    return (
        f'<!doctype html>\n<html lang="{escape(transcript.language)}" dir="auto">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(transcript.title)}: transcript</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{_head(transcript)}{body}\n</main>\n</body>\n</html>\n"
    )


def _head(transcript: Transcript) -> str:
    author = f'<p class="author" dir="auto">{escape(transcript.author)}</p>\n' if transcript.author else ""
    told = ""
    if transcript.words:
        part = f"{100 * transcript.told / transcript.words:.1f} %"
        told = (
            f'<p class="told">The film tells {part} of the source: {transcript.told:,} of {transcript.words:,} words.'
        )
        told += f' <meter min="0" max="{transcript.words}" value="{transcript.told}">{part}</meter></p>\n'
    key = '<p class="key"><mark>told in the film</mark> <span class="out">left out</span></p>\n'
    return f'<header>\n<h1 dir="auto">{escape(transcript.title)}</h1>\n{author}{told}{key}</header>\n'


def _chapter(chapter: TranscriptChapter, number: int) -> str:
    rows = "\n".join(_row(*row) for row in rows_of(chapter) if row[0].strip() or row[2])
    heading = f'<h2 id="chapter-{number}" dir="auto">{escape(chapter.title)}</h2>\n' if chapter.title else ""
    return (
        f'<section aria-label="{escape(chapter.title or str(number))}">\n{heading}'
        f'<div class="columns" aria-hidden="true"><span>Source</span><span>Film</span></div>\n{rows}\n</section>'
    )


def rows_of(chapter: TranscriptChapter) -> Iterator[tuple[str, bool, Scene | None]]:
    """(source text, whether it is told, the scene shown beside it) in the source's order.

    A scene stands beside the first passage that it tells; one that tells no passage comes in its turn.
    """
    waiting = {scene.number: scene for scene in chapter.scenes}
    linked = {stretch.scene for stretch in chapter.source}
    for number, stretches in groupby(chapter.source, key=lambda stretch: stretch.scene):
        for earlier in [n for n in waiting if n < number and n not in linked]:
            yield "", True, waiting.pop(earlier)
        yield "".join(stretch.text for stretch in stretches), number != 0, waiting.pop(number, None)
    for scene in waiting.values():
        yield "", True, scene


def _row(source: str, told: bool, scene: Scene | None) -> str:
    left = "".join(f"<p>{_lines(part)}</p>" for part in source.split("\n\n") if part.strip())
    label = "" if told or not left else '<span class="quiet">Left out: </span>'
    right = _scene(scene) if scene else ""
    return (
        f'<div class="row {"lit" if told else "out"}"><div class="source" dir="auto">{label}{left}</div>'
        f'<div class="film">{right}</div></div>'
    )


def _scene(scene: Scene) -> str:
    name = (
        f'<p class="when" id="scene-{scene.number}">Scene {scene.number} · <time>{brief(scene.start_frame)}</time></p>'
    )
    said = "".join(f'<p dir="auto">{_lines(part)}</p>' for part in scene.text.split("\n\n") if part.strip())
    return name + said


def _lines(text: str) -> str:
    return "<br>".join(escape(line.strip()) for line in text.strip().split("\n"))
