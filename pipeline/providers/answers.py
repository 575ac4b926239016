"""What a vendor's bad answer means: whose fault it is, when to come back, and a message that gives nothing away."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from pipeline.providers.base import ProviderFault, ProviderRefusal

Judge = Callable[[int, Any], str]  # (status, body) -> a kind, or "" for what the status alone says

REFUSALS = {"invalid", "moderation", "too_long"}
_BY_STATUS = {
    400: "invalid",
    401: "key",
    402: "credits",
    403: "key",
    404: "missing",
    410: "missing",
    413: "too_long",
    422: "invalid",
    429: "limit",
}
_GATEWAY_GAVE_UP = {504, 524}  # the work behind it may go on, and be billed
_SAID = {
    "invalid": "did not accept the request",
    "moderation": "refused it by its content rules",
    "too_long": "says that it is too long",
    "key": "did not accept the key",
    "credits": "says that its account has no credits or quota left",
    "missing": "does not know what was asked for",
    "expired": "no longer has the file",
    "limit": "is asked too often",
    "server": "had an error",
    "garbage": "gave an answer that is no good",
    "request": "does not take such a request",
}
_LONGEST_WAIT = 24 * 3600.0
_SHARED, _SHARED_FOREIGN = (
    10,
    4,
)  # letters in a row that show that a message quotes the request; of scripts like Chinese
_SECRET = re.compile(r"\b(?:sk|pk|rk|key|token|bearer)[-_ ][\w*.\-]{4,}|[\w+/=*\-]{28,}|https?://\S+|data:\S+", re.I)
_QUOTED = re.compile(r"\"[^\"]{9,}\"|'[^']{9,}'|`[^`]{9,}`|“[^”]*”|«[^»]*»")


def error_of(
    name: str, status: int, body: Any, headers: Mapping[str, str], *, paid: bool, sent: Any = None,
    secrets: Iterable[str] = (), judge: Judge | None = None,
) -> ProviderFault | ProviderRefusal:  # fmt: skip
    """The exception for an answer that is an error. `sent`: the request, of which nothing is repeated."""
    kind = (judge(status, body) if judge else "") or _BY_STATUS.get(status, "server" if _server(status) else "request")
    detail = plain(said(body), sent, secrets)
    codes = " ".join(dict.fromkeys(codes_of(body)))
    message = f"{name} {_SAID.get(kind, 'failed')} ({' '.join(filter(None, [str(status), codes]))})"
    message = f"{message}: {detail}" if detail else message
    if kind in REFUSALS:
        return ProviderRefusal(message, kind=kind)
    gave_up = paid and status in _GATEWAY_GAVE_UP
    return ProviderFault(message, retry_after=retry_after(headers, body), safe=not gave_up, ambiguous=gave_up, kind=kind)  # fmt: skip


def _server(status: int) -> bool:
    return status >= 500 or status in (408, 409, 425)


def codes_of(body: Any) -> Iterator[str]:
    """The words by which vendors name errors, wherever they keep them: never free text."""
    for part in _parts(body):
        for field in ("code", "error_type", "type", "status", "err_code", "category", "reason"):
            value = part.get(field)
            if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w.\-]{2,59}", value) and value != "error":
                yield value


def _parts(body: Any) -> Iterator[Mapping[str, Any]]:
    """An error's own objects: error, detail, metadata, availability, details[]."""
    if isinstance(body, Mapping):
        yield body
        for field in ("error", "detail", "metadata", "availability", "details"):
            yield from _parts(body.get(field))
    elif isinstance(body, list):
        for one in body[:10]:
            yield from _parts(one)


def said(body: Any) -> str:
    """The vendor's own sentence."""
    for part in _parts(body):
        for field in ("message", "messege", "msg", "err_msg", "detail", "error"):
            if isinstance(part.get(field), str):
                return str(part[field])
    return ""


def plain(message: str, sent: Any, secrets: Iterable[str] = ()) -> str:
    """A vendor's sentence without keys, addresses, quotations or anything the request said; at most 200 characters."""
    for secret in secrets:
        message = message.replace(secret, "…") if secret else message
    message = _QUOTED.sub("…", _SECRET.sub("…", " ".join(message.split())))
    folded, texts = message.lower(), [" ".join(text.split()).lower() for text in texts_of(sent)]
    if len(folded) != len(message):  # a letter that grows in lower case: places no longer agree
        return ""
    hidden = bytearray(len(message))
    for size, foreign in ((_SHARED, False), (_SHARED_FOREIGN, True)):
        for at in range(len(folded) - size + 1):
            run = folded[at : at + size]
            if not (foreign and any(map(str.isascii, run))) and any(run in text for text in texts):
                hidden[at : at + size] = b"\1" * size
    kept = "".join("\0" if hide else letter for letter, hide in zip(message, hidden, strict=True))
    return re.sub("\0+", "…", kept)[:200]


def texts_of(sent: Any) -> Iterator[str]:
    """Every text of a request that may be somebody's writing: strings with a space or foreign letters, wherever they are."""
    if isinstance(sent, str):
        if " " in sent or not sent.isascii():
            yield sent[:200_000]
    elif isinstance(sent, Mapping):
        for value in sent.values():
            yield from texts_of(value)
    elif isinstance(sent, list | tuple):
        for value in sent:
            yield from texts_of(value)


def retry_after(headers: Mapping[str, str], body: Any = None) -> float | None:
    """Seconds to wait: Retry-After in seconds or as a date, retry-after-ms, or what the body says; None when unsaid."""
    wait = _number(headers.get("retry-after-ms"), 1000) or _header(headers.get("retry-after", ""))
    if wait is None:
        wait = next(filter(None, map(_waiting, _parts(body))), None)
    return None if wait is None else min(max(wait, 0.0), _LONGEST_WAIT)


def _header(value: str) -> float | None:
    number = _number(value)
    if number is not None or not value:
        return number
    try:
        return parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError):
        return None


def _waiting(part: Mapping[str, Any]) -> float | None:
    """ModelsLab and OpenRouter say `retry_after`, Google `retryDelay` as "21s"."""
    delay = part.get("retry_after", part.get("retryDelay"))
    return _number(delay.removesuffix("s") if isinstance(delay, str) else delay)


def _number(value: Any, scale: float = 1.0) -> float | None:
    try:
        number = float(value) / scale
    except (TypeError, ValueError):
        return None
    return number if number == number else None
