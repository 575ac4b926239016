"""Whether a paid answer is one: it decodes, has the asked shape, is not blank, silent or of an absurd length."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from typing import Any

import av
import jsonschema
import numpy as np
from PIL import Image

from pipeline.providers.base import (
    ImageRequest,
    ImageResult,
    MediaResult,
    SpeechRequest,
    SpeechResult,
    TextRequest,
    TextResult,
    TranscriptionResult,
)
from pipeline.routing import repair

SMALLEST = 256  # pixels of the short side
ASPECT = 0.15  # a picture's width to height may differ from the asked one by this share
BLANK = 2.0  # standard deviation of grey below which there is nothing to see
HEARD_AT = 24_000  # samples a second at which sounds are listened to
SILENT = 30.0  # of 32768: loudest second
FAST, SLOW = 0.012, 0.6  # seconds a character of speech may take, pauses aside


class Garbage(Exception):
    """The answer is no good. The message says why in our words; it quotes nothing."""


def check(capability: str, request: Any, result: Any) -> Any:
    """The result, text answers parsed. Garbage when it is none."""
    found = _CHECKS.get(capability)
    return found(request, result) if found else result


def _text(request: TextRequest, result: TextResult) -> TextResult:
    if request.schema is None:
        if not result.text.strip():
            raise Garbage("the answer is empty")
        if result.finish == "length":
            raise Garbage("the answer is cut off")
        return result
    data = result.data if result.data is not None else repair.find_json(result.text)
    if data is None:
        raise Garbage("the answer is cut off" if repair.truncated(result.text) else "the answer is not JSON")
    problem = against(data, request.schema)
    if problem:
        raise Garbage(problem)
    return TextResult(result.text, result.usage, data)


def against(data: Any, schema: Any) -> str:
    """What is wrong with `data` by a JSON schema, by place and rule; "" when it fits."""
    error = next(iter(jsonschema.Draft202012Validator(schema).iter_errors(data)), None)
    if error is None:
        return ""
    place = "/".join(str(part) for part in error.absolute_path) or "the top"
    return f"the JSON breaks the rule {error.validator} at {place}"[:200]


def _image(request: ImageRequest, result: ImageResult) -> ImageResult:
    try:
        with Image.open(io.BytesIO(result.data)) as picture:
            picture.load()
            size, grey = picture.size, np.asarray(picture.convert("L").resize((64, 64)), dtype=np.float32)
    except Exception as error:
        raise Garbage(f"the picture can't be decoded ({type(error).__name__})") from error
    if size != (result.width, result.height):
        raise Garbage("the picture is not of the size that it says")
    if min(size) < SMALLEST:
        raise Garbage(f"the picture is too small: {size[0]} × {size[1]}")
    asked = request.width / request.height
    if abs(size[0] / size[1] / asked - 1) > ASPECT:
        raise Garbage(f"the picture has another shape than asked: {size[0]} × {size[1]}")
    if float(grey.std()) < BLANK:
        raise Garbage("the picture is blank")
    return result


def _speech(request: SpeechRequest, result: SpeechResult) -> SpeechResult:
    try:
        with wave.open(io.BytesIO(result.wav)) as sound:
            shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate(), sound.getnframes())
            samples = np.frombuffer(sound.readframes(shape[3]), np.int16).astype(np.float32)
    except Exception as error:
        raise Garbage(f"the voice can't be decoded ({type(error).__name__})") from error
    if shape != (1, 2, result.rate, result.samples) or len(samples) != result.samples:
        raise Garbage("the voice is not of the length or format that it says")
    if not len(samples) or _loudest(samples, result.rate) < SILENT:
        raise Garbage("the voice is silent")
    signs = sum(len(u.spoken or u.text) for u in request.utterances)
    spoken = result.samples / result.rate - sum(u.pause for u in request.utterances)
    if not FAST * signs / request.speed <= spoken <= max(3.0, SLOW * signs / request.speed):
        raise Garbage(f"the voice takes {spoken:.1f} s for {signs} characters")
    if any(not 0 <= w.start <= w.end <= result.samples for w in result.words):
        raise Garbage("a word lies outside the voice")
    return result


def _loudest(samples: np.ndarray, rate: int) -> float:
    """Root mean square of the loudest second."""
    whole = len(samples) // rate * rate
    seconds = samples[:whole].reshape(-1, rate) if whole else samples.reshape(1, -1)
    return float(np.sqrt((seconds**2).mean(axis=1)).max())


def _film(request: Any, result: MediaResult) -> MediaResult:
    try:
        with av.open(result.source, "r") as container:
            stream = container.streams.video[0]
            frames = [frame.to_ndarray(format="gray") for frame, _ in zip(container.decode(stream), range(12))]  # noqa: B905
            told = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    except Exception as error:
        raise Garbage(f"the clip can't be decoded ({type(error).__name__})") from error
    if not frames or (told and told < 0.5):
        raise Garbage("the clip is too short")
    if max(float(frame.std()) for frame in frames) < BLANK:
        raise Garbage("the clip is blank")
    return result


def _heard(request: Any, result: TranscriptionResult) -> TranscriptionResult:
    if any(word.end < word.start or word.start < 0 for word in result.words):
        raise Garbage("the words heard have no order")
    if result.text.strip() and not result.words:
        raise Garbage("the words heard have no times")
    return result


def _sounding(request: Any, result: MediaResult) -> MediaResult:
    try:
        with av.open(result.source, "r") as container:
            to_whole = av.AudioResampler(format="s16", layout="mono", rate=HEARD_AT)
            parts = [
                part.to_ndarray().ravel() for frame in container.decode(audio=0) for part in to_whole.resample(frame)
            ]
    except Exception as error:
        raise Garbage(f"the sound can't be decoded ({type(error).__name__})") from error
    samples = np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
    if not len(samples) or _loudest(samples, HEARD_AT) < SILENT:
        raise Garbage("the sound is silent")
    return result


_CHECKS: dict[str, Callable[[Any, Any], Any]] = {
    "text": _text,
    "image": _image,
    "speech": _speech,
    "video": _film,
    "lipsync": _film,
    "transcription": _heard,
    "sound": _sounding,
    "music": _sounding,
}
