"""What the film checks are made of: pictures and voices by rule, a real voice where there is one, three scripts."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.rendering.parts import RATE, ScenePart, SpokenWord

ROOT = Path(__file__).resolve().parent.parent
TALE = ROOT / "projects" / "samples" / "the-fog.md"
TEXTS = {
    "ar": "جلست أليس بجانب أختها على ضفة النهر، وقد تعبت من الجلوس بلا عمل. مر أرنب أبيض وهو يركض، فقامت وتبعته.",
    "hi": "ऐलिस नदी के किनारे अपनी बहन के पास बैठी थी, और वह थक गई थी। तभी एक सफ़ेद खरगोश दौड़ता हुआ निकला।",
}
VOICED_RATE = 24_000
A_LETTER = RATE // 14  # samples: a quick reader's pace


def words_of(language: str) -> list[str]:
    """The bundled tale in English; two sentences, said again and again, in the others."""
    if language in TEXTS:
        return TEXTS[language].split()
    lines = [line.strip() for line in TALE.read_text("utf-8").split("\n---\n", 1)[-1].splitlines()]
    prose = " ".join(line for line in lines if line and not line.startswith(("#", "!", "-", ">", "---", "|")))
    return prose.replace("*", "").replace("_", "").split()


def picture(path: Path, number: int, size: tuple[int, int] = (1280, 1280)) -> Path:
    """Soft blots with grain, another for every number."""
    if not path.exists():
        random = np.random.default_rng(number)
        blots = Image.fromarray(random.integers(30, 225, (7, 7, 3), np.uint8)).resize(size, Image.Resampling.BICUBIC)
        grain = random.integers(-6, 7, (size[1], size[0], 1))
        Image.fromarray(np.clip(np.asarray(blots, np.int16) + grain, 0, 255).astype(np.uint8)).save(
            path, "JPEG", quality=90
        )
    return path


def murmur(path: Path, words: Sequence[SpokenWord], samples: int, seed: int) -> Path:
    """A voice that says nothing, word by word: noise through two moving resonances, silent between words."""
    count = samples * VOICED_RATE // RATE
    noise = np.random.default_rng(seed).standard_normal(count).astype(np.float32)
    voice = np.convolve(noise, np.hanning(11).astype(np.float32) / 3, "same")
    loud = np.zeros(count, np.float32)
    for word in words:
        start, end = word.start * VOICED_RATE // RATE, word.end * VOICED_RATE // RATE
        loud[start:end] = np.sqrt(np.abs(np.sin(np.linspace(0, np.pi, end - start, dtype=np.float32))))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(VOICED_RATE)
        out.writeframes((np.clip(0.12 * voice * loud, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def murmured(folder: Path, language: str, seconds: float, scene_seconds: float) -> list[ScenePart]:
    """Scenes of about `scene_seconds` until `seconds` are filled."""
    source, parts = cycle(words_of(language)), []
    left = round(seconds * RATE)
    while left > RATE:
        words = _timed(source, min(left, round(scene_seconds * RATE)))
        number, samples = len(parts) + 1, words[-1].end + RATE // 10
        voice = murmur(folder / f"{language}-{number}.wav", words, samples, number)
        parts.append(_part(folder, number, voice, samples, words))
        left -= samples + 24 * 1600
    return parts


def _timed(source: Iterator[str], room: int) -> tuple[SpokenWord, ...]:
    found, at = [], RATE // 20
    while at < room:
        word = next(source)
        length = A_LETTER * (len(word) + 1)
        found.append(SpokenWord(word, at, at + length))
        at += length + (RATE // 4 if word[-1] in ".!?।" else RATE // 8 if word[-1] in ",،;:" else RATE // 100)
    return tuple(found)


def spoken(folder: Path, seconds: float, voice: str = "af_heart") -> list[ScenePart]:
    """The bundled tale by the local voice, a few sentences a scene, for at least `seconds`."""
    from pipeline.language.spoken import spoken as said
    from pipeline.providers.base import SpeechRequest, Utterance
    from pipeline.providers.local.speech.speaker import LocalSpeaker

    parts: list[ScenePart] = []
    for text in _paragraphs(words_of("en")):
        if sum(part.samples for part in parts) >= seconds * RATE:
            break
        result = LocalSpeaker().speak(SpeechRequest((Utterance(text, said(text), voice),)))
        path = folder / f"spoken-{len(parts) + 1}.wav"
        path.write_bytes(result.wav)
        times = RATE // result.rate
        words = tuple(SpokenWord(word.text, word.start * times, word.end * times) for word in result.words)
        parts.append(_part(folder, len(parts) + 1, path, result.samples * times, words))
    return parts


def _paragraphs(words: Sequence[str]) -> Iterator[str]:
    """Whole sentences, about thirty words at a time."""
    held: list[str] = []
    for word in words:
        held.append(word)
        if len(held) >= 30 and word.rstrip("”\"'")[-1:] in ".!?":
            yield " ".join(held)
            held = []


def _part(folder: Path, number: int, voice: Path, samples: int, words: tuple[SpokenWord, ...]) -> ScenePart:
    look = picture(folder / f"picture-{number}.jpg", number)
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (look, voice)]
    chapter = f"Chapter {number // 12 + 1}" if number % 12 == 1 else ""
    return ScenePart(number, look, hashes[0], voice, hashes[1], samples, words, chapter=chapter)
