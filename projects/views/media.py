"""Stored outputs, to members only."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from accounts.access import owned
from projects.models import Asset
from projects.thumbnails import thumbnail
from projects.views.serving import local, stored


@login_required
def asset(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One asset's bytes; `?w=320` a small picture of it."""
    row = owned(Asset.objects, request, pk=pk)
    return picture_or_file(request, row)


def picture_or_file(request: HttpRequest, row: Asset, *, save_as: str = "") -> HttpResponseBase:
    """What an address of an asset answers, once the visitor may see it."""
    width = request.GET.get("w", "")
    if width.isdigit() and row.media_type.startswith("image/"):
        small = thumbnail(row, int(width))
        if small is not None:
            return local(request, small, media_type="image/webp", etag=small.stem)
    return stored(request, row.file.storage, row.file.name, media_type=row.media_type, etag=row.sha256, save_as=save_as)
