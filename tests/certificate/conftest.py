"""A small real film: two scenes with pictures of their own, made by the renderer; and ways to spoil it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.rendering.assemble import assemble
from pipeline.rendering.captions.cues import Cue, cues
from pipeline.rendering.parts import FilmLook, ScenePart, SpokenWord
from pipeline.rendering.pieces import pieces, render_piece
from pipeline.rendering.plan import plan
from pipeline.rendering.sound import Placement, mix
from pipeline.rendering.timeline import Timeline
from tests.sound.conftest import speech, write_wav

LOOK = FilmLook(320, 180, title="Alice", author="Lewis Carroll", cards=False, effort="draft", captions="files")
TEXTS = ("Alice was beginning to get very tired.", "So she was considering in her own mind.")


@dataclass(frozen=True)
class Film:
    path: Path
    timeline: Timeline
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Word:
    """As a recogniser would hear it, in seconds."""

    text: str
    start: float
    end: float


def picture(path: Path, seed: int, grey: int | None = None) -> Path:
    """Soft blots, different for every seed; or one grey."""
    blots = np.random.default_rng(seed).integers(30, 220, (5, 8, 3), np.uint8)
    if grey is not None:
        blots[:] = grey
    Image.fromarray(blots).resize((640, 360), Image.Resampling.BICUBIC).save(path)
    return path


def part(
    folder: Path, number: int, text: str, seconds: float = 2.0, looks: int | None = None, grey: int | None = None
) -> ScenePart:
    """A scene whose words share its voice evenly."""
    look = picture(folder / f"{number}.png", number if looks is None else looks, grey)
    voice = write_wav(folder / f"{number}.wav", speech(seconds, seed=number))
    samples, words = int(seconds * 48_000), text.split()
    step = samples // len(words)
    spoken = tuple(SpokenWord(word, i * step, (i + 1) * step) for i, word in enumerate(words))
    hashes = [sha256(file.read_bytes()).hexdigest() for file in (look, voice)]
    return ScenePart(number, look, hashes[0], voice, hashes[1], samples, spoken, chapter=f"Chapter {number}")


def make(folder: Path, parts: list[ScenePart], look: FilmLook = LOOK) -> Film:
    """Render, mix and join."""
    timeline = plan(parts, look)
    for piece in pieces(timeline):
        if not (folder / f"{piece.recipe}.mp4").exists():
            render_piece(piece, folder / f"{piece.recipe}.mp4")
    return _joined(timeline, folder, folder, {})


def joined(film: Film, folder: Path, **faults) -> Film:
    """The same pictures with another sound: `late` samples, `without` a scene, `lufs`, `ceiling`, or a `sound`."""
    return _joined(film.timeline, film.path.parent, folder, faults)


def _joined(timeline: Timeline, rendered: Path, folder: Path, faults: dict) -> Film:
    files = {piece.recipe: rendered / f"{piece.recipe}.mp4" for piece in pieces(timeline)}
    sound = faults.get("sound")
    if sound is None:
        sound = folder / "sound.m4a"
        places = [
            Placement(p.part.voice, p.voice_start + faults.get("late", 0) * (i > 0), p.number)
            for i, p in enumerate(timeline.scenes)
            if p.number != faults.get("without")
        ]
        levels = {"target_lufs": faults.get("lufs", -14), "ceiling_dbtp": faults.get("ceiling", -1)}
        mix(places, timeline.frames, sound, **levels)
    assemble(timeline, files, sound, folder / "film.mp4")
    return Film(folder / "film.mp4", timeline, cues(timeline))


def heard(film: Film) -> list[Word]:
    """Every word of the script at its very time."""
    return [
        Word(word.text, (p.voice_start + word.start) / 48_000, (p.voice_start + word.end) / 48_000)
        for p in film.timeline.scenes
        for word in p.part.words
    ]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("film")
    return make(folder, [part(folder, number, text) for number, text in enumerate(TEXTS, 1)])


@pytest.fixture
def hum(tmp_path: Path) -> Path:
    """A low chord under everything, for as long as the film."""
    time = np.arange(24_000 * 5) / 24_000
    return write_wav(tmp_path / "hum.wav", 0.02 * sum(np.sin(2 * np.pi * hertz * time) for hertz in (110, 165, 220)))
