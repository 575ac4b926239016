"""The writer that needs no language model: scripts made of the author's own sentences, scenes, characters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pipeline.language.characters import Cast, find_cast
from pipeline.language.grammar import Analyser, analyse
from pipeline.language.people import characters_from_json, characters_to_json
from pipeline.language.scenes import break_scenes
from pipeline.language.script import Script, make_script
from pipeline.language.text import WPM, ChapterText, chapters_from_json
from pipeline.providers.base import ProviderRefusal, TextRequest, TextResult, Usage

MODEL = "rules-1"
_NEEDS_A_MODEL = (
    "A summary has to be written by a language model, and none is set. Set OPENAI_API_KEY (or another "
    "vendor's key), or "
    "OPENAI_BASE_URL for a compatible server; or choose the mode 'abridged', which tells the chapter in "
    "its author's own sentences."
)


class LocalWriter:
    """`analyser` finds grammar: in this process by default, or hosted in one of its own."""

    def __init__(self, analyser: Analyser = analyse) -> None:
        self._analyser = analyser
        self._tasks: dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
            "abridge": self._abridge,
            "scenes": self._scenes,
            "characters": self._characters,
        }

    def write(self, request: TextRequest) -> TextResult:
        """Tasks "abridge", "scenes" and "characters" by their `material`; ProviderRefusal where a model is needed."""
        task = self._tasks.get(request.task)
        if task is None:
            raise ProviderRefusal(
                _NEEDS_A_MODEL if request.task == "summary" else f"The local rules can't do {request.task!r}."
            )
        data = task(request.material, request.language)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return TextResult(text, Usage("local", MODEL, unit="characters", units=Decimal(len(text))), data)

    def _abridge(self, material: Mapping[str, Any], language: str) -> dict[str, Any]:
        """`material`: chapters, mode ("verbatim", "abridged"), minutes, wpm, characters (when known already)."""
        chapters = chapters_from_json(material["chapters"])
        cast = self._cast(material, chapters, language)
        script = make_script(
            chapters,
            material.get("mode", "abridged"),
            material.get("minutes"),
            material.get("wpm") or WPM,
            language,
            cast=cast,
        )
        return {"script": script.to_json(), "characters": characters_to_json(cast.characters)}

    def _scenes(self, material: Mapping[str, Any], language: str) -> dict[str, Any]:
        """`material`: chapters, script, characters."""
        chapters = chapters_from_json(material["chapters"])
        cast = self._cast(material, chapters, language)
        scenes = break_scenes(Script.from_json(material["script"]), chapters, cast)
        return {"scenes": [s.to_json() for s in scenes], "characters": characters_to_json(cast.characters)}

    def _characters(self, material: Mapping[str, Any], language: str) -> dict[str, Any]:
        """`material`: chapters."""
        cast = self._cast(material, chapters_from_json(material["chapters"]), language)
        return {"characters": characters_to_json(cast.characters)}

    def _cast(self, material: Mapping[str, Any], chapters: tuple[ChapterText, ...], language: str) -> Cast:
        given = material.get("characters")
        known = characters_from_json(given) if given is not None else None
        return find_cast(chapters, language, self._analyser, known)
