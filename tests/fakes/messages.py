"""What goes over a fake's wire: the request as it came, its files, the reply, and the trouble a vendor has with one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from email import message_from_bytes
from functools import cached_property
from typing import Any


class Trouble(Exception):
    """A request that the vendor would not take; the fake's `error` says so in the vendor's shape."""

    def __init__(self, status: int, message: str, code: str = "", **more: Any) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.more = status, message, code, more


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass
class Request:
    """Header names are lower case. `found` holds the named groups of the route's pattern."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = field(repr=False)
    found: dict[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def digest(self) -> str:
        """The same for the same request: neither boundaries nor ports are part of it."""
        boundary = re.search(rb"boundary=\"?([^\";]+)", self.headers.get("content-type", "").encode())
        body = self.body.replace(boundary[1], b"") if boundary else self.body
        body = re.sub(rb"127\.0\.0\.1:\d+", b"", body)
        return hashlib.sha256(f"{self.method} {self.path} {sorted(self.query.items())} ".encode() + body).hexdigest()

    def json(self) -> Any:
        """The body; Trouble 400 when it is no JSON object, 415 when it does not say that it is JSON."""
        if self.media_type != "application/json":
            raise Trouble(415, "Content-Type must be application/json", "unsupported_media_type")
        try:
            body = json.loads(self.body)
        except ValueError:
            raise Trouble(400, "The body is not valid JSON", "invalid_request")
        if not isinstance(body, dict):
            raise Trouble(400, "The body must be an object", "invalid_request")
        return body

    def form(self) -> tuple[dict[str, list[str]], dict[str, list[File]]]:
        """Fields and files of multipart/form-data."""
        if self.media_type != "multipart/form-data":
            raise Trouble(415, "Content-Type must be multipart/form-data", "unsupported_media_type")
        message = message_from_bytes(
            b"Content-Type: " + self.headers["content-type"].encode() + b"\r\n\r\n" + self.body
        )
        fields: dict[str, list[str]] = {}
        files: dict[str, list[File]] = {}
        for part in message.get_payload():
            name = str(part.get_param("name", header="content-disposition"))
            data = part.get_payload(decode=True) or b""
            if part.get_filename() is None:
                fields.setdefault(name, []).append(data.decode())
            else:
                files.setdefault(name, []).append(File(part.get_filename(), part.get_content_type(), data))
        return fields, files


@dataclass
class Reply:
    """`pieces` instead of `body` is sent as a stream. `cut`: only half of it is sent."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None
    cut: bool = False


def as_json(value: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(value, default=_plain).encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
