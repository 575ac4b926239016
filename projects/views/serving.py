"""Hands out stored files: parts of them when a player seeks, signed addresses when the storage is elsewhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.core.files.storage import Storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

PIECE = 2**20  # bytes of one answer to a Range, and of one read
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def stored(
    request: HttpRequest, storage: Storage, name: str, *, media_type: str, etag: str, save_as: str = ""
) -> HttpResponseBase:
    """A file of `storage`; 404 when its bytes are gone. `save_as` names a download."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return HttpResponseRedirect(storage.url(name))
    return local(request, path, media_type=media_type, etag=etag, save_as=save_as)


def local(request: HttpRequest, path: Path, *, media_type: str, etag: str, save_as: str = "") -> HttpResponseBase:
    """A file of this machine, whole or the part asked for."""
    if not path.is_file():
        raise Http404
    tag = f'"{etag}"'
    if request.headers.get("If-None-Match") == tag:
        return _told(HttpResponse(status=304), tag)
    size = path.stat().st_size
    asked = request.headers.get("Range", "")
    if asked and not save_as and request.headers.get("If-Range", tag) == tag:
        response: HttpResponseBase = _part(path, size, asked)
    else:
        response = _whole(request, path, size)
    response["Content-Type"] = media_type or "application/octet-stream"
    response["Accept-Ranges"] = "bytes"
    if save_as:
        response["Content-Disposition"] = content_disposition_header(True, save_as) or "attachment"
    return _told(response, tag)


def _told(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _part(path: Path, size: int, asked: str) -> HttpResponse:
    """At most PIECE bytes of what is asked for: players go on by themselves. 416 outside the file."""
    found = RANGE.fullmatch(asked.strip())
    first, last = found.groups() if found else ("", "")
    if not first and not last:
        return _outside(size)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) if first and last else size - 1, size - 1, start + PIECE - 1)
    if start > end:
        return _outside(size)
    with path.open("rb") as stream:
        stream.seek(start)
        response = HttpResponse(stream.read(end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _outside(size: int) -> HttpResponse:
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})


def _whole(request: HttpRequest, path: Path, size: int) -> HttpResponseBase:
    if size <= PIECE:
        return HttpResponse(path.read_bytes())
    served_async = hasattr(request, "scope")  # under ASGI an ordinary iterator would be read whole first
    response = StreamingHttpResponse(_async_pieces(path) if served_async else _pieces(path))
    response["Content-Length"] = str(size)
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


async def _async_pieces(path: Path) -> AsyncIterator[bytes]:
    for piece in _pieces(path):  # a megabyte from the page cache takes less than a thread's hop
        yield piece
