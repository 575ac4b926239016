"""What a member brought for a scene: a picture, a clip, a recording. It goes before what would be made."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image, ImageOps

from pipeline.providers.base import TranscriptionRequest
from pipeline.rendering.certificate.alignment import Token, align
from pipeline.stages.base import Context
from pipeline.stages.files import local_path
from pipeline.stages.own_pictures import on_paper
from projects.models import Asset, Scene

CLIP = "video_generation"
WIDE = (1.45, 2.2)  # shapes that fill the frame by a little cropping; others are set on paper whole
ORIGIN = {"provider": "member", "licence": "as stated by the member"}


def of(scene: Scene, stage: str) -> Asset | None:
    """The member's own asset for a stage of this scene, while it stands."""
    key = scene.own.get(stage)
    return Asset.objects.filter(pk=key).first() if key else None


def clips(scenes: Iterable[Scene]) -> dict[int, Asset]:
    """{scene key: its own clip}, in one query."""
    wanted = {scene.pk: scene.own[CLIP] for scene in scenes if scene.own.get(CLIP)}
    found = Asset.objects.in_bulk(list(wanted.values())) if wanted else {}
    return {scene: found[key] for scene, key in wanted.items() if key in found}


def picture(own: Asset, scene: Scene, ctx: Context, width: int) -> Asset:
    """The member's picture as a master: filling the frame when it is wide enough, else on a sheet of paper."""
    height = width * 9 // 16
    with Image.open(local_path(own)) as opened:
        shown = ImageOps.exif_transpose(opened).convert("RGBA")
    if WIDE[0] <= shown.width / shown.height <= WIDE[1]:
        sheet = ImageOps.fit(shown, (width, height), Image.Resampling.LANCZOS).convert("RGB")
    else:
        sheet, _box = on_paper(shown, width, height)
    data = io.BytesIO()
    sheet.save(data, "PNG", compress_level=3)
    return ctx.save(
        data.getvalue(),
        kind="picture",
        name="picture.png",
        media_type="image/png",
        meta={"width": width, "height": height, "focus": [0.5, 0.5], "faces": [], "alt": scene.title, "own": True},
        origin={**ORIGIN, "model": "own picture"},
    )


def voice(own: Asset, scene: Scene, ctx: Context) -> Asset:
    """The member's recording with the place of every word: as heard, and between those by their letters."""
    path = local_path(own)
    with wave.open(str(path)) as sound:
        rate, samples = sound.getframerate(), sound.getnframes()
    said = [(word, s.get("speaker", "")) for s in scene.segments for word in s["text"].split()]
    heard = ctx.transcription.transcribe(TranscriptionRequest(str(path), scene.script.language.split("-")[0])).words
    times = placed([word for word, _ in said], heard, samples / rate)
    words = [
        [word, round(start * rate), round(end * rate), speaker]
        for (word, speaker), (start, end) in zip(said, times, strict=True)
    ]
    return ctx.save(
        path,
        kind="voice",
        name="voice.wav",
        media_type="audio/wav",
        meta={"rate": rate, "samples": samples, "words": words, "voices": [], "own": True},
        origin={**ORIGIN, "model": "own recording"},
    )


def placed(said: Sequence[str], heard: Sequence[Any], seconds: float) -> list[tuple[float, float]]:
    """(start, end) of each said word in seconds: of those heard their own, the others share out what lies between."""
    known: dict[int, tuple[float, float]] = {}
    steps = align(
        [Token(plain(w), i) for i, w in enumerate(said)], [Token(plain(h.text), i) for i, h in enumerate(heard)]
    )
    for step in steps:
        if step.right and step.said is not None and step.heard is not None:
            known[step.said] = (heard[step.heard].start, heard[step.heard].end)
    times: list[tuple[float, float]] = []
    at, place = 0.0, 0
    while place < len(said):
        if place in known and known[place][0] >= at - 0.001 and known[place][1] <= seconds:
            times.append(known[place])
            at, place = known[place][1], place + 1
            continue
        stop = next((n for n in range(place + 1, len(said)) if n in known and known[n][0] > at), len(said))
        until = min(known[stop][0] if stop < len(said) else seconds, seconds)
        times += _shared(said[place:stop], at, max(until, at))
        at, place = max(until, at), stop
    return times


def _shared(words: Sequence[str], start: float, end: float) -> list[tuple[float, float]]:
    """Times by the letters of the words."""
    letters = sum(len(word) for word in words) or 1
    each, at = (end - start) / letters, start
    times = []
    for word in words:
        times.append((at, at + each * len(word)))
        at += each * len(word)
    return times


def plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())
