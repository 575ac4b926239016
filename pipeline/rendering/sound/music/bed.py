"""One film's music: its recipe, and the file that it becomes, made once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np

from ...parts import RATE, SAMPLES_PER_FRAME
from ..loudness import Meter
from ..placement import check
from ..types import Floats
from . import soundfont
from .compose import compose
from .play import play
from .rider import ridden

VERSION = 1  # raise when the same recipe would sound otherwise
FULL = 0.7  # peak that the kept file reaches


@dataclass(frozen=True, slots=True)
class Music:
    """What to play: a mood for `frames` of film, or moods that change at frames; `models` holds the instruments,
    `folder` keeps what was played."""

    mood: str
    frames: int
    models: Path
    folder: Path
    seed: int = 0
    changes: tuple[tuple[int, str], ...] = field(default=())  # (frame, mood), after the first

    @property
    def recipe(self) -> str:
        """sha256 of everything that the music depends on."""
        facts = [VERSION, soundfont.SHA256, self.mood, self.frames, self.seed, [list(c) for c in self.changes]]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    @property
    def moods(self) -> list[tuple[int, str]]:
        """(first sample, mood)."""
        return [(0, self.mood), *((frame * SAMPLES_PER_FRAME, mood) for frame, mood in self.changes)]


@dataclass(frozen=True, slots=True)
class Bed:
    """Music as played: a FLAC file and its loudness."""

    path: Path
    lufs: float
    licence: str = soundfont.LICENCE


def bed_for(music: Music, stopping: Callable[[], bool] | None = None) -> Bed:
    """The music's file, played now unless it is there. MusicMissing without instruments, KeyError for no such mood."""
    return keep(music.folder, music.recipe, lambda: _played(music), soundfont.LICENCE, stopping)


def _played(music: Music) -> Iterator[Floats]:
    samples = music.frames * SAMPLES_PER_FRAME
    return play(compose(music.moods, samples, music.seed), samples, soundfont.installed(music.models))


def keep(
    folder: Path, recipe: str, play: Callable[[], Iterator[Floats]], licence: str, stopping: Callable[[], bool] | None
) -> Bed:
    """The bed kept under its recipe; where there is none, `play` gives its blocks, led to one loudness."""
    path, facts = folder / f"{recipe}.flac", folder / f"{recipe}.json"
    if not (path.is_file() and facts.is_file()):
        blocks = play()
        folder.mkdir(parents=True, exist_ok=True)
        lufs = _keep(blocks, path, stopping)
        _write(facts, json.dumps({"lufs": round(lufs, 3), "licence": licence}) + "\n")
    return Bed(path, float(json.loads(facts.read_text("utf-8"))["lufs"]), licence)


def _keep(blocks: Iterator[Floats], path: Path, stopping: Callable[[], bool] | None) -> float:
    """Play into a FLAC file; its loudness."""
    part, meter = path.with_name(path.name + ".part"), Meter(RATE, peaks=False)
    try:
        with av.open(str(part), "w", format="flac", options={"fflags": "+bitexact"}) as container:
            stream = container.add_stream("flac", rate=RATE, layout="stereo")
            stream.codec_context.format = "s16"
            at = 0
            for block in ridden(blocks):
                check(stopping)
                soft = FULL * np.tanh(block / FULL)
                meter.feed(soft)
                container.mux(stream.encode(_frame(soft, at)))
                at += block.shape[1]
            container.mux(stream.encode(None))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return meter.cells().lufs()


def _frame(block: Floats, at: int) -> av.AudioFrame:
    whole = np.rint(block.T.reshape(1, -1) * 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(whole, format="s16", layout="stereo")
    frame.sample_rate, frame.pts = RATE, at
    return frame


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, "utf-8")
    os.replace(part, path)
