"""What the fault campaign does: which fault strikes which vendor's capability, one run of it, and what is left behind."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, cycle, islice
from typing import Any

from tests.fakes import faults as faulty
from tests.fakes.server import Fake

CENT = Decimal("0.01")
TALE = """The Fox and the Lamp

CHAPTER I. The Lamp

Once a fox found a lamp in the dark forest. "What a fine light," said the fox. The rain fell on the leaves.

"It is mine," said the owl from the old tree. The fox gave the lamp back and went home to bed.
"""
# (vendor, capability): a pattern of the path of the call that costs
PAID = {
    ("openrouter", "text"): "chat/completions$", ("openai", "text"): "chat/completions$",
    ("openrouter", "image"): "/images$", ("openai", "image"): "/images/", ("gemini", "image"): ":generateContent$",
    ("modelslab", "image"): "/v7/images/", ("openai", "speech"): "/audio/speech$",
    ("modelslab", "speech"): "/text-to-speech$", ("elevenlabs", "speech"): "/text-to-speech/",
    ("openai", "transcription"): "/audio/transcriptions$", ("deepgram", "transcription"): "/listen$",
    ("openai", "moderation"): "/moderations$", ("modelslab", "sound"): "/sound-generation$",
    ("elevenlabs", "sound"): "/sound-generation$", ("modelslab", "music"): "/music-gen$", ("elevenlabs", "music"): "/music$",
    ("openrouter", "video"): "/videos", ("modelslab", "video"): "/v7/video-fusion/", ("modelslab", "lipsync"): "/v7/video-fusion/",
}  # fmt: skip
FETCHED = {"modelslab": faulty.MEDIA, "openrouter-video": faulty.MEDIA}
INLINE = ("truncated_media", "wrong_media")
SLOW = ("video", "lipsync")


@dataclass(frozen=True)
class Plan:
    """One run: `fault` strikes the first `times` calls of `vendor`'s `capability`. `film`: a whole one, many faults."""

    number: int
    vendor: str
    capability: str
    fault: str
    times: int
    retry_after: float | None
    film: bool = False

    def __str__(self) -> str:
        return f"{self.number} {self.vendor} {self.capability} {self.fault}"


@dataclass
class Outcome:
    """`struck`: faults that were done. By vendor: what the fakes billed, what our rows say, how many rows don't know."""

    plan: Plan
    status: str
    error: str
    struck: int = 0
    billed: dict[str, Decimal] = field(default_factory=dict)
    known: dict[str, Decimal] = field(default_factory=dict)
    unsure: Counter[str] = field(default_factory=Counter)
    garbage: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)  # requests that were billed more than once

    @property
    def clear(self) -> bool:
        """Finished, or failed with a reason that a person can read."""
        lost = "support has the details" in self.error or "Traceback" in self.error
        return self.status == "succeeded" or (self.status == "failed" and bool(self.error) and not lost)

    def off(self, vendor: str) -> Decimal:
        return self.billed.get(vendor, Decimal(0)) - self.known.get(vendor, Decimal(0))

    @property
    def wrong(self) -> list[str]:
        """Vendors whose bill is another than our ledger, where no row says that it does not know."""
        return [v for v in {*self.billed, *self.known} if abs(self.off(v)) >= CENT / 2 and not self.unsure[v]]

    @property
    def paid_twice(self) -> list[str]:
        """Vendors of requests that were billed again though nothing was ambiguous, nor any answer bad."""
        return [v for v in self.twice if self.twice[v] > self.unsure[v] + self.garbage[v]]


def kinds(vendor: str, capability: str) -> tuple[str, ...]:
    """The faults that a vendor can do to a capability."""
    found = [*faulty.GENERIC]
    if capability == "text":
        found += faulty.TEXTS
    elif capability not in ("moderation", "transcription"):
        fetched = vendor == "modelslab" or (vendor, capability) == ("openrouter", "video")
        inline = capability in ("image", "speech") and vendor in ("openrouter", "openai", "gemini", "elevenlabs")
        found += faulty.MEDIA if fetched else INLINE if inline else ()
    if capability in SLOW:
        found += ["endless", "failed_job"]
    if (vendor, capability) == ("gemini", "image"):
        found += ["refused", "no_image"]
    return tuple(found)


def plans(seed: int, runs: int, films: int) -> Iterator[Plan]:
    """Every fault of every capability at least once, in a seeded order; then again with other numbers."""
    dice = random.Random(seed)
    pairs = [(vendor, capability, kind) for vendor, capability in PAID for kind in kinds(vendor, capability)]
    again = chain.from_iterable(dice.sample(pairs, len(pairs)) for _ in cycle([0]))
    for number, (vendor, capability, kind) in enumerate(islice(again, runs), 1):
        yield Plan(number, vendor, capability, kind, dice.choice((1, 1, 2, 4)), dice.choice((None, 0.05, 1.5, 30.0)))
    for number in range(runs + 1, runs + films + 1):
        yield Plan(number, "all", "film", "many", 1, None, film=True)


class Meter:
    """Which request each row of a fake's bill is for."""

    def __init__(self, fakes: Mapping[str, Fake]) -> None:
        self.fakes, self.here, self.of = fakes, threading.local(), dict[int, str]()
        for one in fakes.values():
            self._watch(one)

    def _watch(self, one: Fake) -> None:
        answer, add = one.answer, one.bill.add

        def answered(request: Any) -> Any:
            self.here.digest = request.digest
            return answer(request)

        def added(*facts: Any) -> Any:
            row = add(*facts)
            self.of[id(row)] = self.here.digest
            return row

        one.answer, one.bill.add = answered, added  # type: ignore[method-assign]

    def read(self) -> tuple[dict[str, Decimal], Counter[str]]:
        """What each vendor billed since the last look, and how many requests it billed again; all is forgotten then."""
        billed, twice = {}, Counter[str]()
        for vendor, one in self.fakes.items():
            rows = [row for row in one.bill.rows if row.cost]
            billed[vendor] = sum((row.cost for row in rows), Decimal(0))
            seen = Counter(self.of.get(id(row), "") for row in rows)
            twice[vendor] = sum(count - 1 for count in seen.values())
            one.bill.rows.clear()
            one.requests.clear()
            one.faults.clear()
            one.jobs.clear()
        self.of.clear()
        return billed, +twice
