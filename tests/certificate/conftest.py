"""A small real film: two scenes with pictures of their own, made by the renderer, measured by the tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


def picture(path: Path, seed: int) -> Path:
    """Soft blots, different for every seed."""
    blots = np.random.default_rng(seed).integers(30, 220, (5, 8, 3), np.uint8)
    Image.fromarray(blots).resize((640, 360), Image.Resampling.BICUBIC).save(path)
    return path


def part(folder: Path, number: int, text: str, seconds: float = 2.0, looks: int | None = None) -> ScenePart:
    """A scene whose words share its voice evenly."""
    look = picture(folder / f"{number}.png", number if looks is None else looks)
    voice = write_wav(folder / f"{number}.wav", speech(seconds, seed=number))
    samples, words = int(seconds * 48_000), text.split()
    step = samples // len(words)
    spoken = tuple(SpokenWord(word, i * step, (i + 1) * step) for i, word in enumerate(words))
    hashes = [sha256(file.read_bytes()).hexdigest() for file in (look, voice)]
    return ScenePart(number, look, hashes[0], voice, hashes[1], samples, spoken, chapter=f"Chapter {number}")


def make(folder: Path, parts: list[ScenePart], look: FilmLook = LOOK, late: int = 0) -> Film:
    """Render, mix and join; `late` moves the second voice by so many samples, as a mistake would."""
    timeline = plan(parts, look)
    files = {piece.recipe: folder / f"{piece.recipe}.mp4" for piece in pieces(timeline)}
    for piece in pieces(timeline):
        if not files[piece.recipe].exists():
            render_piece(piece, files[piece.recipe])
    places = [Placement(p.part.voice, p.voice_start + late * (i == 1), p.number) for i, p in enumerate(timeline.scenes)]
    mix(places, timeline.frames, folder / "sound.m4a")
    assemble(timeline, files, folder / "sound.m4a", folder / "film.mp4")
    return Film(folder / "film.mp4", timeline, cues(timeline))


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("film")
    return make(folder, [part(folder, number, text) for number, text in enumerate(TEXTS, 1)])


@pytest.fixture
def retitled() -> FilmLook:
    return replace(LOOK, title="Another")
