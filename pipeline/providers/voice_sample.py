"""Is a recording good enough to clone a voice from? Measured, as far as it can be, before anybody is paid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.providers import sound
from pipeline.providers.base import ProviderFault, ProviderRefusal

Samples = NDArray[np.float32]
Marks = NDArray[np.float64]

RATE = 16_000
FRAME = 320  # samples: 20 ms
WINDOW = 512  # samples of one spectrum
BANDS, CEPSTRUM = 24, 13
STRETCH, LEAST_STRETCHES = 3.0, 10  # seconds for which one timbre stands; how many are needed to tell voices apart
LISTENED = 120.0  # seconds in which a second speaker is looked for
RANGE = 25.0  # dB below its loudest parts that still count as speech
FLOOR = -90.0  # dB

SHORTEST, LONGEST, SPEECH = 15.0, 300.0, 10.0  # seconds of recording, and of speech in it
QUIETEST, LOUDEST = -38.0, -8.0  # dB below full scale of the speech
CLIPPED = 0.002  # of all samples
CLEAR = 15.0  # dB of speech above what is between it
APART, SHARE = 1.8, 0.2  # deviations between two speakers; least share of one

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
    loud = levels > max(float(np.percentile(levels, 95)) - RANGE, -60.0)
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


def _levels(samples: Samples) -> NDArray[np.float64]:
    """dB of each frame."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(float)
    if not len(frames):
        return np.array([FLOOR])
    return np.maximum(FLOOR, 10 * np.log10(np.maximum((frames**2).mean(axis=1), 1e-12)))


def _mean(levels: NDArray[np.float64]) -> float:
    """Mean of powers, in dB."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else FLOOR


def _speakers(samples: Samples) -> int:
    """2 when stretches of the recording fall into two kinds of timbre, farther apart than one voice reaches.

    Measured on twelve voices reading 40 s alone (at most 1.5) and on all pairs of them: 58 of 66 are beyond APART, so
    two voices that are much alike pass, and so does a recording of less than half a minute: it has too few stretches.
    """
    marks = _timbres(samples)
    if len(marks) < LEAST_STRETCHES:
        return 1
    kinds = _two_kinds(marks)
    if not SHARE <= kinds.mean() <= 1 - SHARE:
        return 1
    ones, others = marks[kinds], marks[~kinds]
    apart = np.linalg.norm(ones.mean(0) - others.mean(0))
    within = ((ones - ones.mean(0)) ** 2).sum() + ((others - others.mean(0)) ** 2).sum()
    return 2 if apart > APART * np.sqrt(within / (len(marks) - 2)) else 1


def _timbres(samples: Samples) -> Marks:
    """One row a stretch of STRETCH seconds that has speech: its mean cepstrum, in deviations of the whole."""
    if len(samples) < WINDOW:
        return np.zeros((0, CEPSTRUM))
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[:: WINDOW // 2]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW), axis=1)) ** 2
    levels = 10 * np.log10(power.sum(axis=1) + 1e-9)
    loud = levels > np.percentile(levels, 95) - RANGE
    cepstra = np.log(power @ _mel_bank().T + 1e-6) @ _cosines().T
    a_stretch = round(STRETCH * RATE / (WINDOW // 2))
    rows = [
        cepstra[start : start + a_stretch][heard].mean(axis=0)
        for start in range(0, len(cepstra), a_stretch)
        if (heard := loud[start : start + a_stretch]).sum() > 0.3 * a_stretch
    ]
    return np.array(rows).reshape(-1, CEPSTRUM) / np.maximum(cepstra[loud].std(axis=0), 1e-6)


def _two_kinds(marks: Marks) -> NDArray[np.bool_]:
    """Which of two groups each row is in: two means, begun on either side of the longest axis."""
    centred = marks - marks.mean(axis=0)
    kinds = centred @ np.linalg.svd(centred, full_matrices=False)[2][0] > 0
    for _ in range(10):
        if kinds.all() or not kinds.any():
            break
        one, other = marks[kinds].mean(axis=0), marks[~kinds].mean(axis=0)
        nearer = ((marks - one) ** 2).sum(axis=1) < ((marks - other) ** 2).sum(axis=1)
        if (nearer == kinds).all():
            break
        kinds = nearer
    return kinds


@cache
def _mel_bank() -> Marks:
    """Triangles over the spectrum, evenly spaced as the ear hears, from 100 to 6,000 Hz."""
    low, high = (2595 * np.log10(1 + edge / 700) for edge in (100, 6000))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(WINDOW, 1 / RATE)
    rows = zip(edges, edges[1:], edges[2:], strict=False)
    return np.array([np.clip(np.minimum((bins - a) / (b - a), (c - bins) / (c - b)), 0, None) for a, b, c in rows])


@cache
def _cosines() -> Marks:
    return np.cos(np.pi / BANDS * np.outer(np.arange(1, CEPSTRUM + 1), np.arange(BANDS) + 0.5))
