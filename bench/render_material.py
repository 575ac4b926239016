"""What the renderer's bench films: grainy pictures from a seed, words at an even pace, silence."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageFilter

from pipeline.rendering.parts import RATE, FilmLook, ScenePart, SpokenWord
from pipeline.rendering.plan import plan

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench" / "render"
STORY = (
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or "
    "twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it."
)
TEXT = STORY.split()
CORES = os.cpu_count() or 1


def picture(number: int, size: tuple[int, int] = (2560, 1440)) -> Path:
    """A grainy illustration: hills, shapes and paper grain from a seed."""
    file = WORK / f"picture{number}-{size[0]}.png"
    if file.exists():
        return file
    dice = np.random.Generator(np.random.PCG64(number))
    small = Image.fromarray(dice.integers(40, 220, (9, 16, 3)).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    shapes = Image.fromarray((dice.random((90, 160)) > 0.9).astype(np.uint8) * 255).resize(
        size, Image.Resampling.NEAREST
    )
    ink = shapes.filter(ImageFilter.GaussianBlur(size[0] / 900))
    small.paste((40, 32, 26), (0, 0), ink)
    grain = dice.normal(0, 5, (size[1], size[0], 1))
    Image.fromarray(np.clip(np.asarray(small) + grain, 0, 255).astype(np.uint8)).save(file)
    return file


def scene(number: int, seconds: float, shift: int = 0) -> ScenePart:
    """A scene whose voice takes about `seconds`; words come at an even pace."""
    count = int(seconds * 2.6)
    step = int(seconds * RATE) // count
    words = tuple(SpokenWord(TEXT[(i + shift) % len(TEXT)], i * step, (i + 1) * step - 800) for i in range(count))
    file = picture(number % 6)
    mark = hashlib.sha256(file.read_bytes() + str(number).encode()).hexdigest()
    return ScenePart(number, file, mark, file, str(shift), count * step, words)


def film(args: argparse.Namespace, scenes: int, seconds: float, short: int):
    look = FilmLook(width=short * 16 // 9 // 2 * 2, height=short, title="Bench", watermark="LitinkAI", cards=False)
    return plan([scene(i + 1, seconds) for i in range(scenes)], look)


def silence(samples: int) -> Path:
    out = WORK / f"silence{samples}.m4a"
    if not out.exists():
        with av.open(str(out), "w") as container:
            stream = container.add_stream("aac", rate=RATE, layout="stereo")
            for at in range(0, samples, 1024):
                frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
                frame.sample_rate, frame.pts = RATE, at
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return out
