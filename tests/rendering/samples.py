"""Small material for the renderer: drawn pictures, words with times, a tone for a voice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import av
import numpy as np
from PIL import Image

from pipeline.rendering.parts import FilmLook, ScenePart, SpokenWord

SENTENCE = "Alice was beginning to get very tired of sitting by her sister on the bank."
SMALL = FilmLook(width=192, height=108, title="Alice", author="Lewis Carroll", cards=False)


def words(text: str, rate: int = 3200) -> tuple[SpokenWord, ...]:
    """Each word lasts `rate` samples a letter, with a pause after punctuation."""
    at, out = 0, []
    for word in text.split():
        length = rate * (len(word) + 1)
        out.append(SpokenWord(word, at, at + length))
        at += length + (9600 if word[-1] in ".,:;!?" else 0)
    return tuple(out)


def part(number: int, text: str = SENTENCE, picture: Path = Path("none.png"), **more) -> ScenePart:
    said = words(text)
    samples = more.pop("samples", said[-1].end if said else 0)
    key = picture.read_bytes() if picture.exists() else str(number).encode()
    mark = more.pop("picture_hash", hashlib.sha256(key).hexdigest())
    voice = hashlib.sha256(text.encode()).hexdigest()
    return ScenePart(number, picture, mark, Path("v.wav"), voice, samples, said, **more)


def picture(folder: Path, number: int, size: tuple[int, int] = (320, 180)) -> Path:
    """A picture with edges, colour and grain, another for each number."""
    y, x = np.mgrid[: size[1], : size[0]]
    base = np.stack([(x * (number + 1)) % 256, (y * 2 + number * 40) % 256, (x + y) % 256], -1)
    base[(x // 16 + y // 16 + number) % 5 == 0] = (240, 230, 210)
    file = folder / f"p{number}.png"
    Image.fromarray(base.astype(np.uint8)).save(file)
    return file


def sound(samples: int, voices: list[tuple[int, int]], out: Path) -> Path:
    """One AAC track of `samples`: a tone from each start for each length."""
    pcm = np.zeros(samples, np.float32)
    for start, length in voices:
        pcm[start : start + length] = 0.3 * np.sin(np.arange(length) * 0.06)
    with av.open(str(out), "w") as container:
        stream = container.add_stream("aac", rate=48000, layout="stereo")
        for i in range(0, samples, 1024):
            block = np.repeat(pcm[None, i : i + 1024], 2, 0)
            frame = av.AudioFrame.from_ndarray(block, "fltp", "stereo")
            frame.sample_rate, frame.pts = 48000, i
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out
