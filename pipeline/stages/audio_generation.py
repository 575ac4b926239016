"""In: a scene's segments, who speaks them. Out: its voice as WAV, with the exact place of every word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.language.spoken import needed, spoken
from pipeline.providers.base import SpeechRequest, Utterance
from pipeline.routing import cloning
from pipeline.stages import casting, own_uploads
from pipeline.stages.base import Base, Context, Subject
from projects.models import Asset, Project, Scene

BETWEEN = 0.12  # seconds between two speakers
SLOWER = 0.94  # each new take is spoken a little more slowly: clearer, and not the same again
PARAGRAPH = 0.45  # seconds after a paragraph


class AudioGeneration(Base):
    name = "audio_generation"
    after = ("scene_breakdown",)
    each_scene = True

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        scene = ctx.scene(subject)
        brought = own_uploads.of(scene, self.name)
        if brought is not None:
            return {"brought": brought.recipe, "words": scene.narration, "language": scene.script.language}
        request = self._request(scene, ctx)
        return {
            "utterances": [[u.text, u.spoken, u.voice, u.pause] for u in request.utterances],
            "language": request.language,
            "lexicon": [list(pair) for pair in request.lexicon],
            "speed": request.speed,
            "take": scene.takes.get(self.name, 0),
        } | ctx.made_by("speech")

    def run(self, subject: Subject, ctx: Context) -> Asset:
        brought = own_uploads.of(ctx.scene(subject), self.name)
        if brought is not None:
            return own_uploads.voice(brought, ctx.scene(subject), ctx)
        request = self._request(ctx.scene(subject), ctx)
        result = ctx.speech.speak(request)
        names = {index: self._speaker(index, ctx, subject) for index in range(len(request.utterances))}
        return ctx.save(
            result.wav,
            kind="voice",
            name="voice.wav",
            media_type="audio/wav",
            meta={
                "rate": result.rate,
                "samples": result.samples,
                "words": [[w.text, w.start, w.end, names[w.utterance]] for w in result.words],
                "voices": sorted({u.voice for u in request.utterances}),
            },
            origin={
                "provider": result.usage.provider,
                "model": result.usage.model,
                "licence": result.usage.licence,
            },
        )

    def _request(self, scene: Scene, ctx: Context) -> SpeechRequest:
        project = ctx.run.project
        language = scene.script.language
        lexicon = lexicon_of(scene, project)
        heard = (*_catalogue(language), *cloning.voices(project.workspace_id, ctx.options.voice))
        cast = ctx.facts.get("cast") or casting.voices(project, heard, ctx.options.voice, language)
        ctx.facts["cast"] = cast
        utterances = []
        last = len(scene.segments) - 1
        for index, segment in enumerate(scene.segments):
            text = segment["text"].strip()
            said = spoken(text, language, lexicon)
            if not said:
                continue
            ends = index == last or segment.get("paragraph") != scene.segments[index + 1].get("paragraph")
            pause = 0.0 if index == last else PARAGRAPH if ends else BETWEEN
            voice = cast.get(segment.get("speaker", ""), cast[casting.NARRATOR])
            utterances.append(Utterance(text, said, voice, pause))
        speed = SLOWER ** int(scene.takes.get(self.name, 0))
        return SpeechRequest(tuple(utterances), language, lexicon, round(speed, 4))

    def _speaker(self, index: int, ctx: Context, subject: Subject) -> str:
        """Who says utterance `index`; segments with nothing to say have none."""
        scene = ctx.facts.setdefault("scene", ctx.scene(subject))
        language = scene.script.language
        lexicon = lexicon_of(scene, ctx.run.project)
        told = [s.get("speaker", "") for s in scene.segments if spoken(s["text"].strip(), language, lexicon)]
        return told[index]


def lexicon_of(scene: Scene, project: Project) -> tuple[tuple[str, str], ...]:
    """Those of the project's pronunciations that this scene may need: another entry leaves its voice as it is."""
    told = scene.narration.replace("’", "'").casefold()
    pairs = sorted((str(k), str(v)) for k, v in project.lexicon.items())
    likely = [(w, said) for w, said in pairs if all(p in told for p in words_of(w))]
    return tuple(needed(scene.narration, scene.script.language, likely)) if likely else ()


def words_of(written: str) -> list[str]:
    """An entry's words without their marks, as they stand in any text that it is laid over."""
    return [word.strip(".,;:!?") for word in written.replace("’", "'").casefold().split()]


def _catalogue(language: str) -> Any:
    from pipeline.routing import local

    return local.provider("speech").voices(language.split("-")[0])
