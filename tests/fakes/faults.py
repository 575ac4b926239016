"""Faults on demand: the next ones by name, or many by a seeded plan that does not depend on the order of requests."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

# Every fake does these to any request of its API:
STATUSES = ("401", "402", "404", "429", "500", "502", "503", "504")
GENERIC = (*STATUSES, "timeout_before", "timeout_after", "cut", "wrong_json", "error_in_200")
# to its downloads:
MEDIA = ("expired_url", "truncated_media", "wrong_media")
# and, where it has such a thing, to its jobs and texts:
JOBS = ("endless", "failed_job", "duplicate_webhook")
TEXTS = ("prose", "truncated_json", "wrong_language", "too_long", "refused")


@dataclass(frozen=True)
class Fault:
    """`retry_after` seconds are told with a 429 or 503; `seconds` is how long a time-out holds the line."""

    kind: str
    retry_after: float | None = None
    seconds: float = 30.0
    where: str = ""  # a pattern of the paths that it is for
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Plan:
    seed: int
    rate: float
    kinds: tuple[str, ...]
    most: int | None
    seconds: float


class Faults:
    """`done` lists (kind, path) of what was done."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._next: list[Fault] = []
            self._plan: _Plan | None = None
            self._seen: Counter[str] = Counter()
            self._hit: Counter[str] = Counter()
            self.done: list[tuple[str, str]] = []

    def next(
        self,
        kind: str,
        *,
        retry_after: float | None = None,
        times: int = 1,
        where: str = "",
        seconds: float = 30.0,
        **more: Any,
    ) -> None:
        """The next request of which it can be done gets it, `times` times."""
        with self._lock:
            self._next += [Fault(kind, retry_after, seconds, where, more)] * times

    def plan(
        self,
        seed: int,
        *,
        rate: float = 0.3,
        kinds: Collection[str] = GENERIC,
        most: int | None = None,
        seconds: float = 30.0,
    ) -> None:
        """A share `rate` of requests fails: which, and how, follows from the seed and the request alone.

        `most`: so many faults at most for the same request, so that who repeats gets through.
        """
        with self._lock:
            self._plan = _Plan(seed, rate, tuple(sorted(kinds)), most, seconds)

    def take(self, path: str, digest: str, kinds: Collection[str]) -> Fault | None:
        """The fault to do now, when there is one of these kinds."""
        with self._lock:
            fault = self._queued(path, kinds) or self._planned(digest, kinds)
            if fault:
                self.done.append((fault.kind, path))
            return fault

    def _queued(self, path: str, kinds: Collection[str]) -> Fault | None:
        for at, fault in enumerate(self._next):
            if fault.kind in kinds and re.search(fault.where, path):
                return self._next.pop(at)
        return None

    def _planned(self, digest: str, kinds: Collection[str]) -> Fault | None:
        plan = self._plan
        if plan is None or not (mine := [kind for kind in plan.kinds if kind in kinds]):
            return None
        place = f"{digest}:{','.join(mine)}"
        self._seen[place] += 1
        dice = random.Random(hashlib.sha256(f"{plan.seed}:{place}:{self._seen[place]}".encode()).digest())
        if dice.random() >= plan.rate or (plan.most is not None and self._hit[digest] >= plan.most):
            return None
        self._hit[digest] += 1
        return Fault(dice.choice(mine), dice.choice((None, 0.05)), plan.seconds)
