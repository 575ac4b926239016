"""Films of 5 s, 2 min and 60 min, in every shape and in three scripts, with their certificates.

    make film-checks                      all of them (the hour at 360p; about half an hour on two cores)
    make film-checks ARGS="--only 5s"     the nine short ones
    make film-checks ARGS="--only 2min --deaf"    without the recogniser

The 2-minute film in English is read by the local voice and heard by the recogniser; the others murmur. Ends with 1
when a gate fails. Films and certificates stay in var/film-checks.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.film_material import ROOT, murmured, spoken
from pipeline.rendering.assemble import assemble
from pipeline.rendering.captions.cues import cues
from pipeline.rendering.certificate import Certificate, Coverage, measure
from pipeline.rendering.film import render_pieces
from pipeline.rendering.parts import ASPECTS, FilmLook, ScenePart, frame_size
from pipeline.rendering.plan import plan
from pipeline.rendering.sidefiles import chapters_text, srt, vtt
from pipeline.rendering.sound import Music, Placement, mix
from pipeline.rendering.timeline import Timeline

FOLDER = ROOT / "var" / "film-checks"
MODELS = ROOT / "var" / "models"
LANGUAGES = ("en", "ar", "hi")
LENGTHS = {"5s": 5, "2min": 120, "60min": 3600}


@dataclass(frozen=True)
class Check:
    """One film to be made."""

    length: str
    aspect: str
    language: str
    resolution: str
    mood: str = ""

    @property
    def name(self) -> str:
        return f"{self.length}-{self.aspect.replace(':', 'x')}-{self.language}"


def checks() -> Iterator[Check]:
    for aspect in ASPECTS:
        for language in LANGUAGES:
            yield Check("5s", aspect, language, "480p")
    for aspect, language, mood in zip(ASPECTS, LANGUAGES, ("wonder", "sad", "adventure"), strict=True):
        yield Check("2min", aspect, language, "720p", mood)
    yield Check("60min", "16:9", "en", "360p", "calm")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(LENGTHS))
    parser.add_argument("--deaf", action="store_true", help="leave out the voice and the recogniser")
    options = parser.parse_args(arguments)
    failed = 0
    for check in checks():
        if options.only in (None, check.length):
            certificate = _checked(check, deaf=options.deaf)
            failed += not certificate.ok
    print(f"{failed} films failed a gate" if failed else "every gate holds")
    return 1 if failed else 0


def _checked(check: Check, *, deaf: bool) -> Certificate:
    """Make, measure, print."""
    began = time.monotonic()
    folder = FOLDER / check.name
    folder.mkdir(parents=True, exist_ok=True)
    real = check.length == "2min" and check.language == "en" and not deaf
    timeline = plan(_parts(check, folder, real), _look(check))
    files, rendered = render_pieces(timeline, FOLDER / "pieces")
    sounded = time.monotonic()
    notes, memory = _in_process(_sound, check, timeline, folder)
    mixed = time.monotonic()
    film = folder / "film.mp4"
    assemble(timeline, files, folder / "sound.m4a", film)
    shown = cues(timeline)
    words = sum(len(place.part.words) for place in timeline.scenes)
    certificate = measure(
        film,
        timeline,
        cues=shown,
        transcribe=_hear(check.language) if real else None,
        coverage=Coverage(words, words, 1.0),
    )
    _keep(folder, certificate, timeline, shown)
    measured = time.monotonic()
    seconds = timeline.frames / 30
    print(f"\n{check.name}  {timeline.size[0]} × {timeline.size[1]}, {seconds:.1f} s")
    print(f"  made in {measured - began:.0f} s: {rendered} frames rendered {sounded - began:.0f} s, sound"
          f" {mixed - sounded:.1f} s ({memory:.0f} MB), measured {measured - mixed:.0f} s")  # fmt: skip
    for line in [*certificate.lines(), *(f"  note: {note}" for note in notes)]:
        print(f"  {line}", flush=True)
    return certificate


def _parts(check: Check, folder: Path, real: bool) -> list[ScenePart]:
    seconds = LENGTHS[check.length]
    if real:
        return spoken(folder, seconds - 16)
    if check.length == "5s":
        return murmured(folder, check.language, 3.6, 3.6)
    return murmured(folder, check.language, seconds - 12, 12)


def _look(check: Check) -> FilmLook:
    width, height = frame_size(check.aspect, check.resolution)
    cards = check.length != "5s"
    return FilmLook(width, height, title="Film check", author="LitinkAI", language=check.language, cards=cards)


def _sound(check: Check, timeline: Timeline, folder: Path) -> tuple[tuple[str, ...], float]:
    music = Music(check.mood, timeline.frames, MODELS, FOLDER / "music") if check.mood else None
    places = [Placement(p.part.voice, p.voice_start, p.number) for p in timeline.scenes]
    mixed = mix(places, timeline.frames, folder / "sound.m4a", music=music)
    return mixed.notes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_process(work: Any, *given: Any) -> Any:
    """In a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def _hear(language: str) -> Any:
    from pipeline.providers.base import TranscriptionRequest
    from pipeline.providers.local.transcription import LocalTranscriber

    return lambda film: LocalTranscriber().transcribe(TranscriptionRequest(str(film), language)).words


def _keep(folder: Path, certificate: Certificate, timeline: Timeline, shown: Any) -> None:
    marks = [(marker.marked.start, marker.name) for marker in timeline.markers]
    texts = {
        "certificate.json": certificate.to_json(),
        "film.srt": srt(shown),
        "film.vtt": vtt(shown, timeline.look.language),
        "chapters.txt": chapters_text(marks, timeline.frames),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
