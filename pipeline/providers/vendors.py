"""Who can do what: one line a vendor and capability. Modules are imported when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

CAPABILITIES = (
    "text image speech video lipsync transcription moderation sound music cloning".split()  # noqa: SIM905
)
_HERE = "pipeline.providers"


@dataclass(frozen=True)
class Vendor:
    """`capabilities`: capability to "module:Class"; `env_key` and `env_url` name the settings; `default_url` is its own."""

    key: str
    name: str
    capabilities: Mapping[str, str]
    env_key: str = ""
    env_url: str = ""
    default_url: str = ""
    note: str = ""


VENDORS: dict[str, Vendor] = {
    one.key: one
    for one in (
        Vendor(
            "openrouter",
            "OpenRouter",
            {
                "text": f"{_HERE}.openrouter.text:OpenRouterWriter",
                "image": f"{_HERE}.openrouter.images:OpenRouterIllustrator",
                "video": f"{_HERE}.openrouter.videos:OpenRouterAnimator",
            },
            "OPENROUTER_API_KEY",
            "OPENROUTER_BASE_URL",
            "https://openrouter.ai/api/v1",
            "Language, picture and video models of many vendors with one key.",
        ),
        Vendor(
            "modelslab",
            "ModelsLab",
            {
                "image": f"{_HERE}.modelslab:ModelsLabIllustrator",
                "speech": f"{_HERE}.modelslab:ModelsLabSpeaker",
                "video": f"{_HERE}.modelslab:ModelsLabAnimator",
                "lipsync": f"{_HERE}.modelslab:ModelsLabLipsyncer",
                "sound": f"{_HERE}.modelslab:ModelsLabSounds",
                "music": f"{_HERE}.modelslab:ModelsLabMusic",
            },
            "MODELSLAB_API_KEY",
            "MODELSLAB_BASE_URL",
            "https://modelslab.com/api",
            "Pictures, video, lip-sync, voice and music.",
        ),
        Vendor(
            "elevenlabs",
            "ElevenLabs",
            {
                "speech": f"{_HERE}.elevenlabs:ElevenLabsSpeaker",
                "sound": f"{_HERE}.elevenlabs:ElevenLabsSounds",
                "music": f"{_HERE}.elevenlabs:ElevenLabsMusic",
                "cloning": f"{_HERE}.elevenlabs:ElevenLabsCloner",
            },
            "ELEVENLABS_API_KEY",
            "ELEVENLABS_BASE_URL",
            "https://api.elevenlabs.io",
            "Voices with word times, cloned voices, sounds and music.",
        ),
        Vendor(
            "openai",
            "OpenAI or a compatible server",
            {
                "text": f"{_HERE}.openai.text:OpenAIWriter",
                "image": f"{_HERE}.openai.images:OpenAIIllustrator",
                "speech": f"{_HERE}.openai.speech:OpenAISpeaker",
                "transcription": f"{_HERE}.openai.transcription:OpenAITranscriber",
                "moderation": f"{_HERE}.openai.moderation:OpenAIModerator",
            },
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "https://api.openai.com/v1",
            "Any server that speaks its language: Ollama, vLLM, LocalAI, Kokoro-FastAPI. Those need no key.",
        ),
        Vendor(
            "gemini",
            "Google Gemini",
            {"image": f"{_HERE}.gemini:GeminiIllustrator"},
            "GEMINI_API_KEY",
            "GEMINI_BASE_URL",
            "https://generativelanguage.googleapis.com/v1beta",
            "Pictures, and pictures changed by words.",
        ),
        Vendor(
            "deepgram",
            "Deepgram",
            {"transcription": f"{_HERE}.deepgram:DeepgramTranscriber"},
            "DEEPGRAM_API_KEY",
            "DEEPGRAM_BASE_URL",
            "https://api.deepgram.com",
            "Speech to words with times.",
        ),
    )
}


def build(
    vendor: str,
    capability: str,
    *,
    key: str,
    model: str,
    base_url: str = "",
    transport: Any = None,
    allow_private: bool = False,
) -> Any:
    """A provider: the Protocol of its capability in base.py. KeyError when the vendor does not have the capability."""
    one = VENDORS[vendor]
    module, _, name = one.capabilities[capability].partition(":")
    maker = getattr(import_module(module), name)
    return maker(
        key=key, model=model, base_url=base_url or one.default_url, transport=transport, allow_private=allow_private
    )
