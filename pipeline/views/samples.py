"""What may be chosen, to be heard and seen: made the first time somebody asks, kept after."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from PIL import Image

from accounts.access import member
from pipeline.choices import NATURAL, STYLES, Choice, voice_hint
from pipeline.providers.base import Brief, ImageRequest, Look, SpeechRequest, Utterance
from pipeline.routing import local as providers
from projects.views.serving import local

SAYS = {
    "en": "Once upon a time, on a quiet evening, somebody opened a book.",
    "de": "Es war einmal ein stiller Abend, da schlug jemand ein Buch auf.",
    "fr": "Il était une fois, par un soir tranquille, quelqu’un qui ouvrit un livre.",
    "es": "Érase una vez, en una tarde tranquila, alguien que abrió un libro.",
    "it": "C’era una volta, in una sera tranquilla, qualcuno che aprì un libro.",
    "pt": "Era uma vez, numa noite tranquila, alguém que abriu um livro.",
    "hi": "एक शांत शाम को किसी ने एक किताब खोली।",
    "ja": "ある静かな夜、だれかが本を開きました。",
    "zh": "在一个安静的夜晚，有人打开了一本书。",
}


@member()
def voices(request: HttpRequest) -> HttpResponse:
    """By language, the best first."""
    by_language: dict[str, list[Choice]] = {}
    for voice in sorted(providers.provider("speech").voices(""), key=lambda v: (-v.quality, v.id)):
        language = voice.language.split("-")[0]
        if language in SAYS and (voice.quality >= NATURAL or language not in by_language):
            by_language.setdefault(language, []).append(Choice(voice.id, voice.name, voice_hint(voice)))
    shown = sorted(by_language.items(), key=lambda item: (item[0] != "en", item[0]))
    return render(request, "pipeline/voices.html", {"room": "voices", "languages": shown})


@login_required
def voice_sample(request: HttpRequest, voice: str) -> HttpResponseBase:
    """A sentence by that voice: spoken the first time somebody asks, kept after."""
    known = {v.id: v for v in providers.provider("speech").voices("")}
    language = request.GET.get("language", "en") if not voice or voice == "best" else ""
    if voice not in known and voice != "best":
        raise Http404
    spoken_in = language or known[voice].language
    text = SAYS.get(spoken_in.split("-")[0])
    if text is None:
        raise Http404
    path = Path(settings.CACHE_ROOT) / "voices" / f"{voice}-{spoken_in}.wav".replace("/", "_")
    if not path.exists():
        _speak(path, text, "" if voice == "best" else voice, spoken_in)
    return local(request, path, media_type="audio/wav", etag=f"{voice}-{path.stat().st_size}")


def _speak(path: Path, text: str, voice: str, language: str) -> None:
    speaker = providers.provider("speech")
    if not voice:
        voice = max(speaker.voices(language), key=lambda v: v.quality).id
    result = speaker.speak(SpeechRequest((Utterance(text, text, voice),), language))
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(result.wav)
    Path(part.name).replace(path)


@login_required
def style_sample(request: HttpRequest, style: str) -> HttpResponseBase:
    """One scene as that style draws it."""
    if style not in STYLES:
        raise Http404
    path = Path(settings.CACHE_ROOT) / "styles" / f"{style}.webp"
    if not path.exists():
        _draw(path, style)
    return local(request, path, media_type="image/webp", etag=f"{style}-{path.stat().st_size}")


def _draw(path: Path, style: str) -> None:
    girl, brief = (
        Look("Wren", sex="female", age="child"),
        Brief(who=("Wren",), what=("lighthouse",), place="coast", time="day"),
    )
    drawn = providers.provider("image").draw(ImageRequest("", brief, (girl,), style, 960, 540))
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        Image.open(io.BytesIO(drawn.data)) as picture,
        tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part,
    ):
        picture.convert("RGB").resize((480, 270)).save(part, "WEBP", quality=82)
    Path(part.name).replace(path)
