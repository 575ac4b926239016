"""One request a capability, and how to ask it of any provider: what the contract tests and others share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.providers.base import (
    Brief,
    CloneRequest,
    ImageRequest,
    LipsyncRequest,
    ModerationRequest,
    MusicRequest,
    SoundRequest,
    SpeechRequest,
    TextRequest,
    TranscriptionRequest,
    Utterance,
    VideoRequest,
)
from pipeline.providers.vendors import VENDORS, build
from tests.fakes import media
from tests.providers.test_cloning import voice, wav

PASSAGE = "Alice was beginning to get very tired of sitting by her sister on the bank. She had nothing to do at all."
SCHEMA = {
    "type": "object",
    "properties": {"scenes": {"type": "array", "items": {"type": "string"}}},
    "required": ["scenes"],
    "additionalProperties": False,
}
SCENES = TextRequest("scenes", PASSAGE, "You cut books into scenes.", SCHEMA)
VERBS = {
    "text": "write", "image": "draw", "speech": "speak", "transcription": "transcribe", "moderation": "moderate",
    "sound": "sound", "music": "compose", "cloning": "clone",
}  # fmt: skip
SLOW = ("video", "lipsync")


@dataclass(frozen=True)
class Case:
    """`paid`: a pattern of the path of the call that costs."""

    vendor: str
    capability: str
    paid: str

    def __str__(self) -> str:
        return f"{self.vendor}-{self.capability}"


CASES = [
    Case("openrouter", "text", "chat/completions$"),
    Case("openrouter", "image", "/images$"),
    Case("openrouter", "video", "/videos$"),
    Case("openai", "text", "chat/completions$"),
    Case("openai", "image", "/images/generations$"),
    Case("openai", "speech", "/audio/speech$"),
    Case("openai", "transcription", "/audio/transcriptions$"),
    Case("openai", "moderation", "/moderations$"),
    Case("gemini", "image", ":generateContent$"),
    Case("modelslab", "image", "/text-to-image$"),
    Case("modelslab", "speech", "/text-to-speech$"),
    Case("modelslab", "video", "/image-to-video$"),
    Case("modelslab", "lipsync", "/lip-sync$"),
    Case("modelslab", "sound", "/sound-generation$"),
    Case("modelslab", "music", "/music-gen$"),
    Case("elevenlabs", "speech", "/text-to-speech/.*"),
    Case("elevenlabs", "sound", "/sound-generation$"),
    Case("elevenlabs", "music", "/music$"),
    Case("elevenlabs", "cloning", "/voices/add$"),
    Case("deepgram", "transcription", "/listen$"),
]
FREE = ("moderation", "cloning")  # asked for nothing


def provider(case: Case, fake: Any, key: str = "") -> Any:
    """The vendor's provider as the router makes it; it waits for nothing."""
    made = build(case.vendor, case.capability, key=key or fake.key, model="", base_url=fake.url, allow_private=True)
    if hasattr(made, "sleep"):
        made.sleep = lambda _: None
    return made


def request(capability: str, folder: Path, made: Any = None) -> Any:
    if capability == "transcription":
        path = folder / "said.wav"
        path.write_bytes(media.remember(media.wav(3), PASSAGE))
        return TranscriptionRequest(str(path), "en")
    if capability == "lipsync":
        return LipsyncRequest(made.upload(media.film(320, 180, 2), "video/mp4"), made.upload(media.wav(2), "audio/wav"))
    return {
        "text": lambda: SCENES,
        "image": lambda: ImageRequest(PASSAGE, Brief(place="meadow", who=()), width=640, height=360, seed=3),
        "speech": lambda: SpeechRequest((Utterance(PASSAGE, PASSAGE, "af_heart", 0.2),)),
        "video": lambda: VideoRequest(PASSAGE, media.picture(640, 360), 4.0, resolution="480p"),
        "moderation": lambda: ModerationRequest(PASSAGE),
        "sound": lambda: SoundRequest("a door creaks in the old house", 2.0),
        "music": lambda: MusicRequest("calm strings under a voice in the evening", 10.0),
        "cloning": lambda: CloneRequest("Grandmother", wav(voice(20))),
    }[capability]()


def ask(made: Any, capability: str, asked: Any) -> Any:
    """The result; slow vendors are looked at until they are done."""
    if capability not in SLOW:
        return getattr(made, VERBS[capability])(asked)
    ticket = made.submit(asked)
    results = (made.collect(ticket) for _ in range(10))
    return next(result for result in results if result is not None)


assert {(case.vendor, case.capability) for case in CASES} == {
    (v.key, c) for v in VENDORS.values() for c in v.capabilities
}
