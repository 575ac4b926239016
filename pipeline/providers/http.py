"""The one place that makes HTTP clients: time-outs always, sizes capped, failures in our two families, nothing private fetched.

Transports are injected: tests hand in their own.
"""

from __future__ import annotations

import json as jsonlib
import logging
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from pipeline.providers import addresses, answers, sniff
from pipeline.providers.base import ProviderFault, ProviderRefusal

MB = 1024 * 1024
_CONNECT = 10.0
_ERROR_BODY = 64 * 1024
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
_NO_POOL = httpx.Limits(max_keepalive_connections=0)  # a connection gone stale would make a paid call ambiguous

for _name in ("httpx", "httpcore"):  # they log addresses, and signed addresses are secrets
    logging.getLogger(_name).setLevel(logging.WARNING)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer's bytes. Header names are lower case; `path` is set, and `content` empty, when it went into a file."""

    status: int
    content: bytes = field(repr=False)
    media_type: str
    headers: Mapping[str, str] = field(repr=False)
    path: Path | None = None


class Client:
    """One vendor's HTTP. `name` is what messages call it; `judge` gives a bad answer's kind where its status does not."""

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: float = 60.0,
        max_bytes: int = 64 * MB,
        secrets: Iterable[str] = (),
        name: str = "",
        judge: answers.Judge | None = None,
    ) -> None:
        host = urlsplit(base_url).hostname or ""
        self.name, self.judge, self.timeout, self.max_bytes = name or host, judge, timeout, max_bytes
        self.secrets, self.base_url = tuple(secrets), base_url.rstrip("/")
        self._http = httpx.Client(
            base_url=self.base_url,
            headers={"user-agent": "LitinkAI", **(headers or {})},
            transport=transport,
            verify=_tls(),
            limits=_NO_POOL,
            trust_env=host not in ("127.0.0.1", "localhost", "::1"),
        )

    def json(self, method: str, path: str, *, paid: bool = False, **options: Any) -> Any:
        """The answer as JSON. `json params data files headers timeout` as in httpx; `paid`: it costs when it succeeds."""
        raw = self.raw(method, path, paid=paid, **options)
        try:
            return jsonlib.loads(raw.content)
        except ValueError:
            raise self._garbage("what it sent is not JSON", paid) from None

    def raw(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        data: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        paid: bool = False,
        timeout: float | None = None,
        redirects: bool = False,
        into: Path | None = None,
    ) -> Raw:
        """The answer's bytes, whatever they are. Raises ProviderFault and ProviderRefusal, nothing else of the network.

        `redirects`: one is an answer, too, for who follows it by `fetch`, without the key. `into`: a file for the body.
        """
        sent = {"params": params, "data": data, "files": files, "headers": headers, "content": content}
        with self._sent(method, path, json, sent, paid, timeout, redirects) as (answer, deadline):
            sink = _Sink(into)
            try:
                for piece in self._within(answer, deadline, paid):
                    sink.add(piece)
            except BaseException:
                sink.drop()
                raise
            return Raw(answer.status_code, sink.done(), _media_type(answer), _headers(answer), into)

    def events(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        paid: bool = False,
        timeout: float | None = None,
        seen: Callable[[Mapping[str, str]], None] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The data of server-sent events as JSON, until [DONE]; `seen` gets the headers first.

        A stream that ends before [DONE] is a fault, ambiguous when paid. `timeout` is for the whole stream.
        """
        with self._sent(method, path, json, {}, paid, timeout or 600.0) as (answer, deadline):
            if seen:
                seen(_headers(answer))
            for line in _lines(self._within(answer, deadline, paid)):
                if line == "[DONE]":
                    return
                try:
                    event = jsonlib.loads(line)
                except ValueError:
                    raise self._garbage("its stream holds something that is not JSON", paid) from None
                if isinstance(event, dict):
                    yield event
            raise ProviderFault(f"{self.name}'s stream was cut", safe=not paid, ambiguous=paid, kind="network")

    def close(self) -> None:
        self._http.close()

    @contextmanager
    def _sent(
        self,
        method: str,
        path: str,
        json: Any,
        more: dict[str, Any],
        paid: bool,
        timeout: float | None,
        redirects: bool = False,
    ) -> Iterator[tuple[httpx.Response, float]]:
        """A good answer, its body unread, and when it must have come."""
        if "://" in path:
            raise ValueError("keys go to the vendor's own address only: fetch() is for others")
        seconds = timeout or self.timeout
        body = {} if json is None else _body(json, more)
        given = {key: value for key, value in more.items() if value is not None} | body
        try:
            limits = httpx.Timeout(seconds, connect=min(seconds, _CONNECT))
            with self._http.stream(method, path.lstrip("/"), timeout=limits, **given) as answer:
                deadline = time.monotonic() + seconds
                if not (answer.is_success or (redirects and answer.has_redirect_location)):
                    raise self._bad(answer, deadline, json if json is not None else more.get("data"), paid)
                yield answer, deadline
        except _NEVER_SENT as error:
            raise ProviderFault(f"{self.name} can't be reached ({type(error).__name__})", kind="network") from None
        except httpx.TimeoutException:
            raise self._lost("did not answer in time", paid) from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise self._lost(f"broke the connection off ({type(error).__name__})", paid) from None

    def _within(self, answer: httpx.Response, deadline: float, paid: bool) -> Iterator[bytes]:
        """The body, piece by piece, as long as it is neither too large nor too slow."""
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > self.max_bytes:
                raise self._garbage(f"what it sent is larger than {self.max_bytes // MB} MB", paid)
            if time.monotonic() > deadline:
                raise self._lost("did not finish in time", paid)
            yield piece

    def _bad(self, answer: httpx.Response, deadline: float, sent: Any, paid: bool) -> ProviderFault | ProviderRefusal:
        content = bytearray()
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > _ERROR_BODY or time.monotonic() > deadline:
                break
        return self.error(answer.status_code, _loads(bytes(content)), _headers(answer), sent=sent, paid=paid)

    def error(
        self, status: int, body: Any, headers: Mapping[str, str] | None = None, *, sent: Any = None, paid: bool = False
    ) -> ProviderFault | ProviderRefusal:
        """The exception for an error, for those inside a good answer, too."""
        return answers.error_of(
            self.name, status, body, headers or {}, paid=paid, sent=sent, secrets=self.secrets, judge=self.judge
        )

    def _lost(self, what: str, paid: bool) -> ProviderFault:
        return ProviderFault(f"{self.name} {what}", safe=not paid, ambiguous=paid, kind="network")

    def _garbage(self, what: str, paid: bool) -> ProviderFault:
        return ProviderFault(f"{self.name}: {what}", safe=not paid, ambiguous=paid, kind="garbage")


def fetch(
    url: str,
    *,
    max_bytes: int,
    media: tuple[str, ...] = ("image/", "video/", "audio/"),
    transport: httpx.BaseTransport | None = None,
    allow_private: bool = False,
    into: Path | None = None,
    timeout: float = 300.0,
    resolver: addresses.Resolver | None = None,
) -> Raw:
    """A vendor's output. https and public addresses only (`allow_private` is for fakes), each redirect looked at anew.

    The type is told by the content. Every failure is a ProviderFault that is safe: nothing is paid by fetching.
    """
    deadline = time.monotonic() + timeout
    limits = httpx.Timeout(min(60.0, timeout), connect=_CONNECT)
    with httpx.Client(
        transport=transport,
        verify=_tls(),
        trust_env=False,
        limits=_NO_POOL,
        timeout=limits,
        headers={"user-agent": "LitinkAI"},
    ) as http:
        for _ in range(6):
            target = _checked(url, allow_private, resolver)
            try:
                with http.stream("GET", target.url, headers=target.headers, extensions=target.extensions) as answer:
                    if answer.status_code not in (301, 302, 303, 307, 308):
                        return _taken(answer, max_bytes, media, into, deadline)
                    url = str(httpx.URL(url).join(answer.headers.get("location", "")))
            except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
                raise _unfetched(f"broke off ({type(error).__name__})", "network") from None
    raise _unfetched("leads on too many times", "expired")


class PublicOnly(httpx.BaseTransport):
    """For servers that a customer names: https to public addresses alone, looked at anew for each request."""

    def __init__(self, inner: httpx.BaseTransport | None = None, resolver: addresses.Resolver | None = None) -> None:
        self.inner = inner or httpx.HTTPTransport(verify=_tls(), limits=_NO_POOL)
        self.resolver = resolver

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        target = _checked(str(request.url), False, self.resolver)
        host = request.headers["host"]
        request.url = target.url
        request.headers["host"] = host
        request.extensions = {**target.extensions, **request.extensions}
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


@dataclass(frozen=True, slots=True)
class _Target:
    url: httpx.URL
    headers: dict[str, str]
    extensions: dict[str, str]


def _checked(url: str, allow_private: bool, resolver: addresses.Resolver | None) -> _Target:
    """Where to connect: the address that was looked at is the one that is used, so a name can't change in between."""
    try:
        asked = httpx.URL(url)
        port = asked.port or (443 if asked.scheme == "https" else 80)
        if asked.scheme not in (("https", "http") if allow_private else ("https",)) or not asked.host or asked.userinfo:
            raise _unfetched("is not one that may be fetched")
        if port not in (80, 443) and not allow_private:
            raise _unfetched("has a port that may not be fetched")
        found = addresses.resolve(asked.host, port, resolver)
    except (OSError, UnicodeError, httpx.InvalidURL):
        raise _unfetched("leads nowhere", "network") from None
    if not found or not (allow_private or all(map(addresses.public, found))):
        raise _unfetched("leads into a private network")
    return _Target(asked.copy_with(host=found[0]), {"host": asked.netloc.decode()}, {"sni_hostname": asked.host})


def _taken(answer: httpx.Response, max_bytes: int, media: tuple[str, ...], into: Path | None, deadline: float) -> Raw:
    """The body of a fetched answer, in memory or in `into`; a file that is no good is not left behind."""
    if answer.status_code != 200:
        gone = answer.status_code in (401, 403, 404, 410)
        raise _unfetched(f"answers {answer.status_code}", "expired" if gone else "server")
    sink = _Sink(into)
    try:
        for piece in answer.iter_bytes(64 * 1024):
            if sink.add(piece) > max_bytes:
                raise _unfetched(f"holds more than {max_bytes / MB:g} MB", "garbage")
            if time.monotonic() > deadline:
                raise _unfetched("did not finish in time", "network")
        kind = sniff.media_type(sink.start)
        if not kind.startswith(media):
            raise _unfetched("holds something else than was asked for", "garbage")
        return Raw(200, sink.done(), kind, _headers(answer), into)
    except BaseException:
        sink.drop()
        raise


class _Sink:
    """Collects bytes in memory, or in a file."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.size, self.start = path, 0, b""
        self._memory = bytearray()
        self._file = path.open("wb") if path else None

    def add(self, piece: bytes) -> int:
        """The size so far."""
        self.size += len(piece)
        if len(self.start) < sniff.NEEDED:
            self.start += piece[: sniff.NEEDED]
        if self._file:
            self._file.write(piece)
        else:
            self._memory += piece
        return self.size

    def done(self) -> bytes:
        if self._file:
            self._file.close()
        return bytes(self._memory)

    def drop(self) -> None:
        if self._file and self.path:
            self._file.close()
            self.path.unlink(missing_ok=True)


def _unfetched(why: str, kind: str = "garbage") -> ProviderFault:
    """Signed addresses are secrets: the message does not hold them."""
    return ProviderFault(f"the address of a vendor's output {why}", kind=kind)


def _body(json: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    """JSON as the same bytes for the same request: vendors' caches go by them."""
    headers = {"content-type": "application/json", **(more.get("headers") or {})}
    return {"content": jsonlib.dumps(json, ensure_ascii=False, allow_nan=False).encode(), "headers": headers}


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """The data of each event of a stream; comments and other fields are skipped, several data lines are one event."""
    rest, data = b"", []
    for piece in pieces:
        *whole, rest = (rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        for line in whole:
            if line.startswith(b"data:"):
                data.append(line[5:].strip().decode("utf-8", "replace"))
            elif not line and data:
                yield "\n".join(data)
                data = []
    if rest.removeprefix(b"data:").strip() == b"[DONE]" or data == ["[DONE]"]:  # nothing else that is not closed counts
        yield "[DONE]"


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _media_type(answer: httpx.Response) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()


def _loads(content: bytes) -> Any:
    try:
        return jsonlib.loads(content)
    except ValueError:
        return None
