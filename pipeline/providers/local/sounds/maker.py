"""The local maker of sounds: a SoundRequest in, a WAV without a seam out."""

from __future__ import annotations

import hashlib
import io
import wave
from decimal import Decimal

import numpy as np

from ...base import MediaResult, ProviderRefusal, SoundRequest, Usage
from .ring import RATE, Sound
from .words import KNOWN, chosen

VERSION = 1  # raise when the same wish would sound otherwise
LICENCE = "CC0 1.0 (made by rule by LitinkAI)"
USUAL, SHORTEST, LONGEST = 20.0, 0.5, 60.0  # seconds
LEVEL = -26.0  # dB of full scale that what is heard lies at
PEAK = 0.7
BEHIND = -7.0  # dB of the second and third sound of a wish
HEARD = 20.0  # dB under the loudest tenth of a second down to which a tenth counts as heard


class LocalSounds:
    """Implements `SoundMaker`."""

    provider = "local"
    model = f"sounds-{VERSION}"

    def sound(self, request: SoundRequest) -> MediaResult:
        """48 kHz stereo, from 0.5 to 60 s. ProviderRefusal names what it knows when nothing of the wish is known."""
        kinds = chosen(request.prompt)
        if not kinds:
            raise ProviderRefusal(f"this machine makes no such sound; it knows: {', '.join(KNOWN)}")
        tenths = round(10 * min(LONGEST, max(SHORTEST, request.seconds or USUAL)))
        made = levelled(mixed(kinds, tenths / 10, request.prompt))
        seconds = Decimal(tenths) / 10
        usage = Usage("local", self.model, "seconds", seconds, seconds=float(seconds), licence=LICENCE)
        return MediaResult(riff(made), "audio/wav", float(seconds), usage)


def mixed(kinds: tuple[str, ...], seconds: float, prompt: str) -> Sound:
    """The first in front, the others behind it; the same wish always sounds the same."""
    parts = []
    for place, kind in enumerate(kinds):
        seed = hashlib.sha256(f"{VERSION} {kind} {prompt}".encode()).digest()
        part = levelled(KNOWN[kind][0](seconds, np.random.default_rng(int.from_bytes(seed[:8], "big"))))
        parts.append(part * 10 ** ((BEHIND if place else 0.0) / 20))
    return sum(parts[1:], start=parts[0])


def levelled(sound: Sound) -> Sound:
    """Of one loudness where it is heard, peaks rounded off under PEAK."""
    power = np.square(sound).mean(axis=0)[: sound.shape[1] // 4800 * 4800].reshape(-1, 4800).mean(axis=1)
    heard = power[power >= power.max() * 10 ** (-HEARD / 10)]
    scaled = sound * (10 ** (LEVEL / 20) / max(1e-9, float(np.sqrt(heard.mean()))))
    return PEAK * np.tanh(scaled / PEAK)


def riff(sound: Sound) -> bytes:
    """A WAV file of 16 bit."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.rint(sound.T * 32767).astype("<i2").tobytes())
    return file.getvalue()
