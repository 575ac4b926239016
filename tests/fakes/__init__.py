"""Servers with the vendors' shapes on this machine: strict in what they take, faithful in what they give, faulty on demand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.server import Fake

FAKES = {
    "openrouter": "tests.fakes.openrouter:FakeOpenRouter",
    "openai": "tests.fakes.openai:FakeOpenAI",
    "gemini": "tests.fakes.gemini:FakeGemini",
    "modelslab": "tests.fakes.modelslab:FakeModelsLab",
    "elevenlabs": "tests.fakes.elevenlabs:FakeElevenLabs",
    "deepgram": "tests.fakes.deepgram:FakeDeepgram",
}


def fake(vendor: str, port: int = 0) -> Fake:
    """The fake of a vendor, not yet started; `port` 0 takes a free one."""
    module, _, name = FAKES[vendor].partition(":")
    return getattr(import_module(module), name)(port)
