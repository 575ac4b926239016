"""Is a recording good enough to clone a voice from? Measured, as far as it can be, before anybody is paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.providers import sound
from pipeline.providers.base import ProviderFault, ProviderRefusal

RATE = 16_000
FRAME = 320  # samples: 20 ms
WINDOW = 640  # samples in which a pitch is looked for: 40 ms
LOWEST, HIGHEST = 60, 400  # Hz of voices
VOICED = 0.6  # of the sound repeats itself after one period
LISTENED = 120.0  # seconds in which a second speaker is looked for
STEP = 2.0  # seconds for which one pitch stands
FLOOR = -90.0  # dB

SHORTEST, LONGEST, SPEECH = 15.0, 300.0, 10.0  # seconds of recording, and of speech in it
QUIETEST, LOUDEST = -38.0, -8.0  # dB below full scale of the speech
CLIPPED = 0.002  # of all samples
CLEAR = 15.0  # dB of speech above what is between it
APART, SPREAD, SHARE = 6.0, 3.0, 0.2  # semitones between two speakers, times their own spread; least share of one

TROUBLES = {
    "unreadable": "The recording can't be read. Give a sound file such as WAV, MP3 or M4A.",
    "too_short": f"The recording is too short: {SHORTEST:g} seconds or more are needed, {SPEECH:g} of them speech.",
    "too_long": f"The recording is too long: at most {LONGEST / 60:g} minutes.",
    "too_quiet": "The recording is too quiet. Speak closer to the microphone.",
    "too_loud": "The recording is overdriven. Turn the microphone down.",
    "noisy": "There is too much noise around the voice. Record in a quiet room.",
    "several_speakers": "More than one person seems to speak. The sample must be of one voice alone.",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured: seconds, dB below full scale, the share of clipped samples. `speakers` is 1, or 2 for several."""

    seconds: float
    speech: float
    level: float
    noise: float
    clipped: float
    speakers: int


def checked(data: bytes) -> bytes:
    """The sample as a plain WAV of one channel, free of what its file told besides. Raises ProviderRefusal."""
    try:
        found = troubles(measure(data))
    except ProviderFault:
        found = ("unreadable",)
    if found:
        raise ProviderRefusal(" ".join(TROUBLES[one] for one in found))
    return sound.riff(sound.decode(data))


def measure(data: bytes) -> Sample:
    """Raises ProviderFault when it can't be decoded."""
    samples = sound.decode(data, RATE).astype(np.float32) / np.float32(32768)
    levels = _levels(samples)
    loud = levels > max(float(np.percentile(levels, 95)) - 25, -60.0)
    return Sample(
        seconds=round(len(samples) / RATE, 2),
        speech=round(float(loud.sum()) * FRAME / RATE, 2),
        level=round(_mean(levels[loud]), 1),
        noise=round(_mean(levels[levels <= np.percentile(levels, 10)]), 1),
        clipped=round(float((np.abs(samples) >= 0.999).mean()), 5),
        speakers=_speakers(samples[: round(LISTENED * RATE)]),
    )


def troubles(sample: Sample) -> tuple[str, ...]:
    """Keys of TROUBLES, none when the sample will do."""
    found = {
        "too_short": sample.seconds < SHORTEST or sample.speech < SPEECH,
        "too_long": sample.seconds > LONGEST,
        "too_quiet": sample.level < QUIETEST,
        "too_loud": sample.level > LOUDEST or sample.clipped > CLIPPED,
        "noisy": sample.level - sample.noise < CLEAR,
        "several_speakers": sample.speakers > 1,
    }
    return tuple(key for key, bad in found.items() if bad)


def _levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """dB of each frame."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(float)
    if not len(frames):
        return np.array([FLOOR])
    return np.maximum(FLOOR, 10 * np.log10(np.maximum((frames**2).mean(axis=1), 1e-12)))


def _mean(levels: NDArray[np.float64]) -> float:
    """Mean of powers, in dB."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else FLOOR


def _speakers(samples: NDArray[np.float32]) -> int:
    """2 when the pitch keeps to two registers that no single voice reads in. Two alike voices can't be told by it."""
    pitches = _registers(samples)
    if len(pitches) < 6:
        return 1
    ordered = np.sort(pitches)
    cuts = range(max(1, round(SHARE * len(ordered))), len(ordered) - max(1, round(SHARE * len(ordered))) + 1)
    at = min(cuts, key=lambda cut: ordered[:cut].var() * cut + ordered[cut:].var() * (len(ordered) - cut))
    low, high = ordered[:at], ordered[at:]
    apart = float(high.mean() - low.mean())
    spread = float(np.sqrt((low.var() + high.var()) / 2))
    return 2 if apart > APART and apart > SPREAD * spread else 1


def _registers(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The median pitch of every stretch of STEP seconds that has one, in semitones."""
    hop = WINDOW // 2
    if len(samples) < WINDOW:
        return np.zeros(0)
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::hop]
    a_step = round(STEP * RATE / hop)
    found = []
    for start in range(0, len(frames), a_step):
        heard = [pitch for frame in frames[start : start + a_step : 2] if (pitch := _pitch(frame))]
        if len(heard) >= 5:
            found.append(float(np.median(heard)))
    return np.array(found)


def _pitch(frame: NDArray[np.float32]) -> float:
    """Semitones above 1 Hz by autocorrelation, 0 where nothing is voiced."""
    centred = frame - frame.mean()
    power = float(centred @ centred)
    if power < 1e-3 * len(frame) * 0.01:
        return 0.0
    spectrum = np.abs(np.fft.rfft(centred, 2 * WINDOW)) ** 2
    same = np.fft.irfft(spectrum)[:WINDOW]
    lags = np.arange(RATE // HIGHEST, RATE // LOWEST + 1)
    strength = same[lags] * WINDOW / (WINDOW - lags) / same[0]
    best = int(np.argmax(strength > 0.9 * strength.max()))  # the shortest of the periods that fit nearly alike
    while best + 1 < len(lags) and strength[best + 1] > strength[best]:
        best += 1
    return 12 * float(np.log2(RATE / lags[best])) if strength[best] > VOICED else 0.0
