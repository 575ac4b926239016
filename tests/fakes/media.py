"""Real pictures, sounds and films, small and made on the spot; what ffmpeg makes is kept in `var/fakes`."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tempfile
import wave
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pipeline.rendering.runner import ffmpeg_path

KEPT = Path(__file__).resolve().parents[2] / "var" / "fakes"
TYPES = {
    "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "wav": "audio/wav", "mp3": "audio/mpeg",
    "opus": "audio/ogg", "flac": "audio/flac", "aac": "audio/aac", "pcm": "audio/pcm", "mp4": "video/mp4",
}  # fmt: skip
_said: dict[str, str] = {}
_lock = Lock()


@lru_cache(maxsize=64)
def picture(width: int, height: int, seed: str = "", form: str = "png") -> bytes:
    """A picture of soft bands whose colours come from the seed."""
    dice = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))
    small = Image.fromarray(dice.integers(30, 226, (5, 8, 3), dtype=np.uint8))
    out = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(out, form.upper(), compress_level=1)
    return out.getvalue()


def figure(width: int, height: int) -> bytes:
    """A bare torso, drawn like a doll: enough for a detector of such."""
    sheet = Image.new("RGB", (640, 640), (90, 110, 130))
    skin, pen = (224, 172, 140), ImageDraw.Draw(sheet)
    pen.ellipse((250, 10, 390, 190), skin)
    pen.rectangle((290, 170, 350, 240), skin)
    pen.polygon([(140, 240), (500, 240), (470, 430), (440, 640), (200, 640), (170, 430)], skin)
    pen.ellipse((90, 230, 200, 640), skin)
    pen.ellipse((440, 230, 550, 640), skin)
    for x in (245, 395):
        for radius in range(60, 0, -1):
            edge = radius / 60
            shade = tuple(min(255, int(part * (1 + 0.12 * (1 - edge)) - 18 * edge)) for part in skin)
            pen.ellipse((x - 1.15 * radius, 390 - 1.1 * radius, x + 1.15 * radius, 390 + 1.1 * radius), shade)
        pen.arc((x - 72, 330, x + 72, 462), 20, 160, (150, 100, 80), 5)
        pen.ellipse((x - 22, 375, x + 22, 419), (170, 95, 85))
        pen.ellipse((x - 8, 390, x + 8, 408), (140, 70, 65))
    pen.ellipse((312, 540, 328, 560), (160, 110, 90))
    out = io.BytesIO()
    backdrop = Image.new("RGB", (width, height), (90, 110, 130))
    side = min(width, height)
    backdrop.paste(sheet.filter(ImageFilter.GaussianBlur(1.5)).resize((side, side)), ((width - side) // 2, 0))
    backdrop.save(out, "PNG", compress_level=1)
    return out.getvalue()


def samples(seconds: float, rate: int = 24_000) -> np.ndarray:
    """16 bit mono: a hum in syllables, quiet at both ends, never silent for long."""
    time = np.arange(max(1, round(seconds * rate))) / rate
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 4 * time)
    hum = sum(np.sin(2 * np.pi * tone * time) / part for part, tone in enumerate((140.0, 280.0, 560.0, 1120.0), 1))
    return np.round(hum * syllables * 7000).astype("<i2")


def wav(seconds: float, rate: int = 24_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples(seconds, rate).tobytes())
    return out.getvalue()


def sound(seconds: float, form: str = "mp3", rate: int = 24_000) -> bytes:
    """Speech-like sound as wav, pcm, mp3, opus, flac or aac."""
    if form == "wav":
        return wav(seconds, rate)
    if form == "pcm":
        return samples(seconds, rate).tobytes()
    seconds = round(seconds, 2)
    options = {"opus": ["-c:a", "libopus", "-f", "ogg"], "aac": ["-c:a", "aac", "-f", "adts"]}.get(form, ["-f", form])
    return _made(f"{seconds}-{rate}.{form}", ["-i", "pipe:0", *options], wav(seconds, rate))


def film(width: int, height: int, seconds: float, *, picture: bytes = b"", sounding: bool = False) -> bytes:
    """An H.264 MP4 of just this size and length, of `picture` when one is given."""
    width, height, seconds = width // 2 * 2, height // 2 * 2, round(seconds, 2)
    look = f"scale={width}:{height},format=yuv420p"
    if picture:
        source = ["-framerate", "12", "-i", "pipe:0"]
        look = f"loop=loop=-1:size=1,{look}"  # a picture from a pipe can't be looped by its reader
    else:
        source = ["-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=12"]
    heard = ["-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000", "-c:a", "aac"] if sounding else ["-an"]
    name = f"{width}x{height}-{seconds}-{hashlib.sha256(picture).hexdigest()[:12]}-{sounding}.mp4"
    encode = ["-vf", look, "-t", f"{seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-movflags", "+faststart"]  # fmt: skip
    return _made(name, [*source, *heard, *encode, "-f", "mp4"], picture)


def _made(name: str, options: list[str], given: bytes) -> bytes:
    """What ffmpeg makes of `given`, from the folder when it is there already."""
    path = KEPT / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        os.close(handle)
        command = [ffmpeg_path(), "-nostdin", "-v", "error", "-y", *options, part]
        subprocess.run(command, input=given, check=True, capture_output=True)
        os.replace(part, path)
    return path.read_bytes()


def remember(data: bytes, text: str) -> bytes:
    """The sound `data` says `text`: a fake recogniser will hear it."""
    with _lock:
        _said[hashlib.sha256(data).hexdigest()] = text
    return data


def recall(data: bytes) -> str:
    """What a sound says, "" when no fake made it."""
    return _said.get(hashlib.sha256(data).hexdigest(), "")


def speaking_time(text: str, speed: float = 1.0) -> float:
    """Seconds that a voice would take."""
    return max(0.4, len(text) / 15.0 / speed)
