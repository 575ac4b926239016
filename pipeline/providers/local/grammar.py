"""The grammar model in a process of its own: 600 MB stay out of the workers, and all of them share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.language import grammar
from pipeline.providers.local import host


def hosted(texts: Sequence[str], language: str = "en") -> list[dict[str, Any]]:
    """What `grammar.analyse` says, asked of the host. An `Analyser`. Raises HostFault."""
    return host.ask("grammar", {"texts": list(texts), "language": language}, timeout=1800)[0]["parses"]


class Engine:
    """A request: {"texts", "language"}."""

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        return {"parses": grammar.analyse(request["texts"], request["language"])}, b""
