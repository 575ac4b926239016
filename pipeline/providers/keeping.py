"""Takes that were paid before a request failed: who repeats it by the same object does not pay them again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from pipeline.providers.narration import Take

MOST = 64  # takes


class Kept:
    """The newest takes by the digest of what was asked, at most `most`. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._takes: OrderedDict[str, Take] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> Take | None:
        with self._lock:
            return self._takes.get(digest)

    def put(self, digest: str, take: Take) -> Take:
        with self._lock:
            self._takes[digest] = take
            while len(self._takes) > self.most:
                self._takes.popitem(last=False)
        return take

    def state(self) -> dict[str, Take]:
        """What is held, for another process to go on with."""
        with self._lock:
            return dict(self._takes)

    def load(self, state: Mapping[str, Take]) -> None:
        for digest, take in state.items():
            self.put(digest, take)

    def forget(self, digests: Iterable[str]) -> None:
        with self._lock:
            for digest in digests:
                self._takes.pop(digest, None)
