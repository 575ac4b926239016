"""Where each voice really lies in the finished sound: its beginning and end looked up by correlation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from ..parts import RATE, SAMPLES_PER_FRAME
from ..sound.placement import Placement
from ..sound.types import Floats
from ..sound.voice import samples_of
from ..timeline import ScenePlace, Timeline
from .gate import Gate, skipped
from .watch import Silent

LENGTH = RATE * 3 // 4  # samples compared
REACH = RATE // 5  # searched before and after the planned place
FOUND = 0.5  # correlation from which the voice counts as heard
FAINT = 1e-4  # power under which a stretch of voice has nothing to compare
FIRST = RATE // 100  # the first voice must be within 10 ms


@dataclass(frozen=True, slots=True)
class Probe:
    """A stretch of voice and the sample of the film where it should be heard."""

    scene: int
    at: int
    voice: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """`late`: samples after its place; `likeness`: correlation 0..1."""

    scene: int
    late: int
    likeness: float


def probes(place: ScenePlace) -> list[Probe]:
    """The liveliest stretch of the first and of the last two seconds of a scene's voice."""
    voice = np.concatenate(list(samples_of(Placement(place.part.voice, 0, place.number))))[: place.samples]
    found = {}
    for first, end in ((0, 2 * RATE), (max(0, len(voice) - 2 * RATE), len(voice))):
        part = voice[first:end]
        at = first + _liveliest(part)
        stretch = voice[at : at + LENGTH]
        if len(stretch) and float(np.square(stretch).mean()) > FAINT**2:
            found[at] = Probe(place.number, place.voice_start + at, stretch)
    return list(found.values())


def _liveliest(part: Floats) -> int:
    if len(part) <= LENGTH:
        return 0
    power = np.concatenate([[0.0], np.cumsum(np.square(part, dtype=np.float64))])
    return int(np.argmax((power[LENGTH:] - power[:-LENGTH])[::240])) * 240


@dataclass(slots=True)
class Drift(Silent):
    """Keeps no more of the film than one probe needs."""

    timeline: Timeline
    found: list[Found] = field(default_factory=list)
    _waiting: Iterator[Probe] = field(init=False)
    _next: Probe | None = field(init=False)
    _start: int = 0
    _kept: list[Floats] = field(default_factory=list)
    _length: int = 0

    def __post_init__(self) -> None:
        self._waiting = (probe for place in self.timeline.scenes if place.part.words for probe in probes(place))
        self._next = next(self._waiting, None)

    def hear(self, start: int, block: Floats) -> None:
        if not self._kept:
            self._start = start
        self._kept.append(block.mean(axis=0))
        self._length += block.shape[1]
        while self._next and self._start + self._length >= self._next.at + len(self._next.voice) + REACH:
            self._settle()
        self._forget()

    def _settle(self) -> None:
        if self._next is not None:
            self._kept = [np.concatenate(self._kept)] if self._kept else [np.zeros(0, np.float32)]
            self.found.append(locate(self._next, self._kept[0], self._start))
        self._next = next(self._waiting, None)

    def _forget(self) -> None:
        needed = self._next.at - REACH if self._next else self._start + self._length
        while self._kept and self._start + len(self._kept[0]) <= needed:
            gone = len(self._kept.pop(0))
            self._start += gone
            self._length -= gone

    def gates(self) -> list[Gate]:
        while self._next:
            self._settle()
        if not self.found:
            return [skipped(name, "", "no scene has a voice") for name in ("voices", "drift")]
        return [_voices(self.found), _drift(self.found)]


def locate(probe: Probe, heard: Floats, start: int) -> Found:
    """Look for the probe in `heard`, whose first sample is `start` of the film."""
    low = probe.at - REACH - start
    window = heard[max(0, low) : max(0, low + len(probe.voice) + 2 * REACH)]
    if len(window) < len(probe.voice):
        return Found(probe.scene, 0, 0.0)
    size = 1 << (len(window) + len(probe.voice)).bit_length()
    product = np.fft.rfft(window, size) * np.conj(np.fft.rfft(probe.voice, size))
    lags = np.fft.irfft(product, size)[: len(window) - len(probe.voice) + 1]
    power = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    energy = power[len(probe.voice) :] - power[: -len(probe.voice)]
    likeness = lags / np.sqrt(np.maximum(energy, 1e-12) * float(np.square(probe.voice, dtype=np.float64).sum()))
    best = int(np.argmax(likeness))
    return Found(probe.scene, start + max(0, low) + best - probe.at, round(float(likeness[best]), 4))


def _voices(found: Sequence[Found]) -> Gate:
    lost = sorted({f.scene for f in found if f.likeness < FOUND})
    scenes = len({f.scene for f in found})
    said = "the voice of the one scene is heard" if scenes == 1 else f"the voices of all {scenes} scenes are heard"
    if lost:
        said = "the voice can't be heard in its place in scene " + ", ".join(map(str, lost[:8]))
    facts = {"lost": lost, "least_likeness": min(f.likeness for f in found)}
    return Gate("voices", "every scene's voice is heard in its place", scenes - len(lost), not lost, said, facts)


def _drift(found: Sequence[Found]) -> Gate:
    heard = [f for f in found if f.likeness >= FOUND]
    if not heard:
        return Gate("drift", "at most one frame", None, False, "no voice was found, so its place can't be told")
    worst = max(heard, key=lambda f: (abs(f.late), -f.scene))
    exact = Fraction(worst.late, SAMPLES_PER_FRAME)
    ok = abs(exact) <= 1 and abs(heard[0].late) <= FIRST
    said = f"voice at most {float(abs(exact)):.3f} frames off its place"
    said += "" if ok else f" (scene {worst.scene}; the first by {heard[0].late / 48:+.1f} ms)"
    facts = {"scene": worst.scene, "samples": worst.late, "frames": str(exact), "first_samples": heard[0].late}
    return Gate("drift", "at most one frame in any scene, the first voice within 10 ms", float(exact), ok, said, facts)
