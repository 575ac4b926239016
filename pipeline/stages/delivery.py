"""The side files of a film, from rows and its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.models import Run, Step
from pipeline.rendering.captions.cues import cues
from pipeline.rendering.sidefiles.chapters import chapters_text
from pipeline.rendering.sidefiles.credits import Credit, credits_json
from pipeline.rendering.sidefiles.srt import srt
from pipeline.rendering.sidefiles.transcript import (
    Scene as ToldScene,
)
from pipeline.rendering.sidefiles.transcript import (
    Stretch,
    Transcript,
    TranscriptChapter,
    transcript_html,
)
from pipeline.rendering.sidefiles.vtt import vtt
from pipeline.rendering.timeline import Timeline
from pipeline.stages.base import Context
from pipeline.stages.script_generation import chapters
from projects.models import Chapter, Scene

LABEL = {"image_generation": "picture", "audio_generation": "voice"}


def texts(ctx: Context, timeline: Timeline, extra: Iterable[Credit] = ()) -> dict[str, tuple[str, str]]:
    """{file name: (text, media type)} of everything that is text."""
    shown = cues(timeline)
    marks = [(m.marked.start, m.name) for m in timeline.markers]
    title = ctx.run.project.source.title
    return {
        "film.srt": (srt(shown), "application/x-subrip"),
        "film.vtt": (vtt(shown), "text/vtt"),
        "transcript.html": (transcript_html(transcript(ctx.run, timeline)), "text/html"),
        "chapters.txt": (chapters_text(marks, timeline.frames), "text/plain"),
        "credits.json": (credits_json(title, [*credits(ctx.run), *extra]), "application/json"),
    }


def transcript(run: Run, timeline: Timeline) -> Transcript:
    """The chosen chapters whole, with what each scene tells of them."""
    source = run.project.source
    scenes = list(Scene.objects.filter(script_id=run.script_id).order_by("number"))
    starts = {place.number: place.start for place in timeline.scenes}
    told, words = coverage(run)
    return Transcript(
        title=source.title,
        chapters=tuple(_chapter(c, scenes, starts) for c in chapters(run)),
        author=source.byline,
        language=source.language,
        told=told,
        words=words,
    )


def coverage(run: Run) -> tuple[int, int]:
    """Words of the chosen chapters that the scenes tell, of all that are to be read aloud."""
    words = sum(c.words for c in chapters(run))
    told = round(words * (run.script.coverage if run.script else 0) / 100)
    return told, words


def _chapter(chapter: Chapter, scenes: Sequence[Scene], starts: dict[int, int]) -> TranscriptChapter:
    own = [(place, s) for place, s in enumerate(scenes, 1) if s.chapter_id == chapter.pk]
    spans = sorted((seg["start"], seg["end"], place) for place, scene in own for seg in scene.segments)
    text, at, stretches = chapter.text, 0, []
    for start, end, place in spans:
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if text[at:start].strip():
            stretches.append(Stretch(text[at:start]))
        stretches.append(Stretch(text[start:end], place))
        at = end
    if text[at:].strip():
        stretches.append(Stretch(text[at:]))
    told = tuple(ToldScene(place, scene.narration, starts.get(place, 0)) for place, scene in own)
    return TranscriptChapter(chapter.title, tuple(stretches), told)


def credits(run: Run) -> list[Credit]:
    """Origin, model and licence of every picture and voice; and of the book."""
    source = run.project.source
    rows = [Credit("text", "book", source.title, source.get_rights_display() or "not stated", by=source.byline)]
    steps = Step.objects.filter(run=run, stage__in=LABEL, asset__isnull=False).select_related("asset")
    for step in steps.order_by("stage", "position"):
        asset = step.asset
        if asset is None:
            continue
        origin = asset.origin
        rows.append(
            Credit(
                kind=LABEL[step.stage],
                origin=origin.get("provider", ""),
                model=origin.get("model", ""),
                licence=origin.get("licence", ""),
                scene=step.position,
                asset=asset.sha256,
                made_by_ai=origin.get("provider") != "book" and step.stage == "audio_generation",
            )
        )
    return rows
