"""Corrects how a book was read: rename, join and part chapters."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from projects.errors import BadInput, Refused
from projects.models import Chapter, ChapterPicture, Source
from projects.readers.book import NARRATED, Kind

ASIDE = 1_000_000  # numbers are moved out of the way first: they are unique at every moment


def rename(chapter: Chapter, *, title: str, kind: str = "") -> None:
    """BadInput for an empty title."""
    if not title.strip():
        raise BadInput("chapter.title", _("A chapter needs a title."))
    chapter.title = title.strip()[:400]
    if kind in {k.value for k in Kind}:
        chapter.kind = kind
    chapter.save(update_fields=["title", "kind"])


@transaction.atomic
def merge(chapter: Chapter) -> None:
    """Join the next chapter to this one."""
    source = _open(chapter)
    following = source.chapters.filter(number=chapter.number + 1).first()
    if following is None:
        raise BadInput("chapter.last", _("This is the last chapter; there is nothing after it to join."))
    offset = len(chapter.paragraphs)
    ChapterPicture.objects.filter(chapter=following).update(chapter=chapter, before=F("before") + offset)
    _write(chapter, chapter.paragraphs + following.paragraphs)
    number = following.number
    following.delete()
    _shift(source, after=number, by=-1)


@transaction.atomic
def split(chapter: Chapter, *, before: int, title: str = "") -> Chapter:
    """Begin a new chapter before paragraph `before` (0-based, not the first)."""
    source = _open(chapter)
    if not 0 < before < len(chapter.paragraphs):
        raise BadInput("chapter.split", _("Choose a paragraph after the first: the new chapter begins there."))
    _shift(source, after=chapter.number, by=1)
    rest = chapter.paragraphs[before:]
    given = title.strip() or " ".join(rest[0]["text"].split()[:6])
    made = Chapter(source=source, number=chapter.number + 1, title=given[:400], kind=chapter.kind)
    _write(made, rest)
    ChapterPicture.objects.filter(chapter=chapter, before__gte=before).update(chapter=made, before=F("before") - before)
    _write(chapter, chapter.paragraphs[:before])
    return made


def _open(chapter: Chapter) -> Source:
    """The source, locked. Refused when films count on its chapters' numbers."""
    source = Source.objects.select_for_update().get(pk=chapter.source_id)
    chapter.refresh_from_db()
    if source.projects.exists():
        raise Refused(
            "chapter.used",
            _("A film has been made of this book, and counts on its chapters. Upload the book again to part it anew."),
        )
    return source


def _write(chapter: Chapter, paragraphs: list) -> None:
    chapter.paragraphs = paragraphs
    chapter.words = sum(len(p["text"].split()) for p in paragraphs if p["role"] in NARRATED)
    chapter.save()


def _shift(source: Source, *, after: int, by: int) -> None:
    rows = source.chapters.filter(number__gt=after)
    rows.update(number=F("number") + ASIDE)
    source.chapters.filter(number__gt=ASIDE).update(number=F("number") - ASIDE + by)
