"""Verbs on books and projects."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from accounts.models import User, Workspace
from projects.errors import BadInput
from projects.models import Asset, Chapter, ChapterPicture, Project, Source
from projects.options import FilmOptions
from projects.readers import read
from projects.readers.book import Book, BookChapter, Kind, Picture

MAX_PIXELS = 80_000_000  # an own picture larger than this is left out, and said


def add_source(workspace: Workspace, path: Path, *, name: str = "", rights: Any = "") -> Source:
    """Read a file and store the book. The same bytes in a workspace are the same source. BadInput when unusable."""
    digest = _sha256(path)
    known = Source.objects.filter(workspace=workspace, sha256=digest).first()
    if known is not None:
        return known
    book = read(path, name=name or path.name)
    return _store(workspace, path, book, digest, name or path.name, rights)


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise BadInput("file.missing", f"There is no file {path}. Check its name.")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@transaction.atomic
def _store(workspace: Workspace, path: Path, book: Book, digest: str, name: str, rights: str) -> Source:
    source = Source(
        workspace=workspace,
        name=name[:255],
        sha256=digest,
        bytes=path.stat().st_size,
        format=book.format,
        title=book.title[:400],
        authors=list(book.authors),
        language=book.language[:20],
        rights=rights,
        warnings=list(book.warnings),
        cover=_picture(workspace, book.cover) if book.cover else None,
    )
    with path.open("rb") as stream:
        source.file.save(f"{digest[:16]}{path.suffix.lower()}", File(stream), save=False)
    source.save()
    for chapter in book.chapters:
        _chapter(source, chapter)
    return source


def _chapter(source: Source, chapter: BookChapter) -> None:
    row = Chapter.objects.create(
        source=source,
        number=chapter.number,
        title=chapter.title[:400],
        kind=chapter.kind.value,
        words=chapter.words,
        paragraphs=[
            {"text": p.text, "role": p.role.value, "speaker": p.speaker, "notes": list(p.notes), "note_id": p.note_id}
            for p in chapter.paragraphs
        ],
    )
    for picture in chapter.pictures:
        asset = _picture(source.workspace, picture)
        if asset is not None:
            ChapterPicture.objects.create(chapter=row, asset=asset, alt=picture.alt[:500], before=picture.before)


def _picture(workspace: Workspace, picture: Picture) -> Asset | None:
    """One of the book's own pictures as an asset under the hash of its bytes; None when it does not decode."""
    digest = hashlib.sha256(picture.data).hexdigest()
    known = Asset.objects.filter(workspace=workspace, recipe=digest).first()
    if known is not None:
        return known
    try:
        with Image.open(io.BytesIO(picture.data)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            opened.load()
            size = opened.size
    except Exception:  # an undecodable picture is no reason to refuse a book
        return None
    asset = Asset(workspace=workspace, recipe=digest, kind="own picture", media_type=picture.media_type)
    asset.bytes, asset.sha256 = len(picture.data), digest
    asset.meta = {"width": size[0], "height": size[1], "alt": picture.alt}
    asset.origin = {"provider": "book", "model": "own illustration", "licence": "as the book"}
    asset.file.save(Path(picture.name).name[-80:] or "picture", ContentFile(picture.data), save=False)
    asset.save()
    return asset


def body_chapters(source: Source) -> list[int]:
    """Numbers of the chapters that are the book's body; all of them when none is."""
    numbers = list(source.chapters.filter(kind=Kind.BODY.value).values_list("number", flat=True))
    return numbers or list(source.chapters.values_list("number", flat=True))


def new_project(source: Source, *, options: FilmOptions, user: User | None = None, title: str = "") -> Project:
    """A film to be made of `source`. Without chapters chosen: the first of the body."""
    return Project.objects.create(
        workspace=source.workspace,
        source=source,
        title=(title or _title(source, options.chapters))[:400],
        options=options.to_json(),
        created_by=user,
    )


def _title(source: Source, chapters: Iterable[int]) -> str:
    numbers = list(chapters)
    if len(numbers) != 1:
        return source.title
    chapter = source.chapters.filter(number=numbers[0]).first()
    return f"{source.title}: {chapter.title}" if chapter and chapter.title != source.title else source.title
