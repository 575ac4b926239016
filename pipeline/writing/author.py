"""Who is asked: a route's models with their room, and how many chunks at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from pipeline.errors import Later
from pipeline.providers.base import TextRequest
from pipeline.routing.estimate import tokens
from pipeline.writing import prompts

ROOM = 32_000  # tokens: longer prompts are read less well
SPARE = 0.85  # of the room: estimates are rough, and a repair is longer than the request
FIXED = 900  # tokens of the instructions themselves
KNOWN = 700  # tokens of what is told of the book beside the passages
T = TypeVar("T")


@dataclass
class Author:
    """`capability`: the router's, for text. `parallel`: calls at a time. `language`: of the book, BCP 47.

    `why` is told when a model could not do it.
    """

    capability: Any
    language: str
    parallel: int = 2
    why: str = ""
    model: str = ""  # that answered last
    heard: Callable[[int], None] | None = None  # told how many words have been written, while they are
    words: int = 0

    def room(self, answer: float) -> int:
        """Tokens of book a call may hold when its answer is `answer` times as long."""
        whole = min(self.capability.context or 8192, ROOM) * SPARE
        return max(200, int((whole - FIXED - KNOWN) / (1 + answer)))

    def ask(
        self, task: str, schema: Mapping[str, Any], check: Callable[[Any], str], *, limit: int, **facts: object
    ) -> Any | None:
        """The answer's data; None when no model could. `check` says what is wrong with data, or ""; `limit`: its tokens."""
        request = TextRequest(
            task, prompts.of(task, **facts), prompts.system(), schema, self.language, max_tokens=limit
        )
        result = self.capability.ask(request, check=lambda given: check(given.data), on_text=self._hear)
        if result is None:
            self.why = self.capability.said or self.why
            return None
        self.model = f"{result.usage.provider}:{result.usage.model}"
        return result.data

    def _hear(self, piece: str) -> None:
        """Chunks are written side by side: their words are counted together, and roughly."""
        self.words += len(piece.split())
        if self.heard:
            self.heard(self.words)

    def side_by_side(self, work: Callable[[T], Any], chunks: Sequence[T]) -> list[Any]:
        """Each chunk's answer, in order. What came is kept by the router when one has to wait or fails."""
        if len(chunks) < 2:
            return [work(chunk) for chunk in chunks]
        with ThreadPoolExecutor(min(self.parallel, len(chunks)), thread_name_prefix="chunk") as pool:
            futures = [pool.submit(_apart, work, chunk) for chunk in chunks]
        failures = [failure for future in futures if (failure := future.exception())]
        if failures:
            raise min(failures, key=lambda failure: isinstance(failure, Later))
        return [future.result() for future in futures]


def _apart(work: Callable[[T], Any], chunk: T) -> Any:
    try:
        return work(chunk)
    finally:
        connection.close()


def shortened(text: str, most: int = KNOWN) -> str:
    """JSON of what is known, cut where it would take too much room."""
    return text if tokens(text) <= most else text[: int(most * 3.4)] + " …"
