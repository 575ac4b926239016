"""Addresses of stored pictures and sounds, and how long words take."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from projects.errors import BadInput
from projects.models import Asset
from projects.readers import messages

register = template.Library()
WORDS_A_SECOND = 2.6  # of narration, pauses and all


@register.simple_tag
def asset_url(asset: Asset | None, width: int = 0) -> str:
    """Where a member may fetch it, as an image of at most `width` when that is given; changes with its bytes."""
    if asset is None or not asset.file:
        return ""
    small = f"&w={width}" if width else ""
    return f"{reverse('asset', args=[asset.pk])}?v={asset.sha256[:10]}{small}"


@register.filter
def reading_seconds(words: int) -> float:
    return words / WORDS_A_SECOND


@register.filter
def language_called(code: str) -> str:
    """ "en-GB" as English, in the reader's language; the code when nobody knows it."""
    try:
        return str(_(get_language_info(code.split("-")[0].lower())["name"]))
    except KeyError:
        return code


@register.filter
def told(error: BadInput) -> str:
    """What is wrong, in the reader's language where the catalogue of the readers has it."""
    known = messages.CATALOGUE.get(error.id)
    return _(known).format(**error.facts) if known else error.message


FILES = {
    "film.mp4": gettext_lazy("The film"),
    "film.srt": gettext_lazy("Captions, SubRip"),
    "film.vtt": gettext_lazy("Captions, WebVTT"),
    "transcript.html": gettext_lazy("Transcript"),
    "chapters.txt": gettext_lazy("Chapter marks"),
    "credits.json": gettext_lazy("Credits and licences"),
    "film.otio": gettext_lazy("Edit list for other programs"),
    "poster.jpg": gettext_lazy("Poster"),
    "certificate.json": gettext_lazy("Certificate"),
}


@register.filter
def file_said(name: str) -> str:
    return str(FILES.get(name, name))
