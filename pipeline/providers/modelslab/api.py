"""The vendor's HTTP: the key inside the body, three answers inside a 200, jobs that are asked for by POST."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.providers.base import JobBook, ProviderFault, ProviderRefusal, Ticket, Unfinished, Usage
from pipeline.providers.http import MB, Client, Raw, fetch
from pipeline.providers.modelslab.webhook import ID

NAME = "modelslab"
URL = "https://modelslab.com/api"
LARGEST_UPLOAD = 5 * MB  # of /v6/base64_to_url
SOONEST, LATEST = 1.0, 10.0  # seconds between two questions, as the vendor's own client asks
PARKED_LEAST, PARKED_MOST = 3.0, 60.0  # seconds that a ticket waits first
TRIES = 3  # to fetch an output; nothing is paid by that
PASSING = {"network", "server", "limit"}  # kinds of faults under which a job goes on
LOST = {"key", "credits", "missing"}  # those under which nobody knows what became of it
_MEANINGS = (  # in what its messages say; the first that fits
    ("key", ("api key", "unauthorized", "unauthenticated")),
    ("credits", ("credit", "subscription", "wallet", "upgrade your plan", "out of quota")),
    ("limit", ("queued request", "rate limit", "too many", "try again after")),
    ("moderation", ("nsfw", "safety", "content policy", "moderat", "sensitive", "prohibited", "public figure")),
    ("missing", ("model not found", "model_id", "invalid model", "request not found", "no request", "not found")),
    ("too_long", ("too long", "max length", "may not be greater", "exceeds the maximum")),
    (
        "server",
        ("at the moment", "try use another", "try again", "failed", "server", "unavailable", "went wrong", "timed out"),
    ),
    ("invalid", ("required", "must be", "invalid", "unable to fetch", "not supported", "unsupported")),
)


def judge(status: int, body: Any) -> str:
    """Its message, for the status is 200 as often as not. Validation errors come as {error} or {message: {field: []}}."""
    if not isinstance(body, Mapping) or status >= 500:
        return ""
    told = " ".join(str(body.get(field) or "") for field in ("message", "messege", "error")).casefold()
    found = next((kind for kind, signs in _MEANINGS if any(sign in told for sign in signs)), "")
    return found or ("server" if status == 200 else "")


@dataclass(frozen=True, slots=True)
class Job:
    """`urls` when it is done; `eta` in seconds while it is not."""

    id: str
    done: bool
    urls: tuple[str, ...] = ()
    eta: float = 0.0
    flagged: bool = False


class Base:
    """What all clients of this vendor are made of. `webhook`: an https address nobody can guess; `prices`: USD a unit."""

    family = ""  # of its paths: images, video-fusion, voice
    default_model = ""
    unit = "calls"
    media: tuple[str, ...] = ()
    largest = 64 * MB
    patience = 300.0  # seconds that a verb waits for its job when nobody keeps a book of jobs
    soon = 5.0  # seconds that it waits all the same when somebody does
    book: JobBook | None = None

    def __init__(
        self,
        *,
        key: str,
        model: str = "",
        base_url: str = URL,
        transport: Any = None,
        allow_private: bool = False,
        webhook: str = "",
        prices: Mapping[str, Decimal] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model, self.webhook, self.prices = model or self.default_model, webhook, dict(prices or {})
        self.transport, self.allow_private, self.sleep, self.clock = transport, allow_private, sleep, clock
        self._key = key
        self.http = Client(
            base_url or URL, transport=transport, timeout=120.0, secrets=(key,), name="ModelsLab", judge=judge
        )

    # -- jobs ---------------------------------------------------------------------------------------
    def start(self, path: str, body: Mapping[str, Any], *, announce: bool = False, webhook: str = "") -> Job:
        """A new job, and paid. `announce`: the webhook, this job's or the client's, is told of its end."""
        more = {"webhook": webhook or self.webhook} if announce and (webhook or self.webhook) else {}
        sent = {**body, **more}
        answer = self.http.json("POST", f"/v7/{self.family}/{path}", json={"key": self._key, **sent}, paid=True)
        return self._read(answer, sent, paid=True)

    def look(self, id: str) -> Job:
        """How a job stands. Only the vendor's own address is asked, wherever an answer points: the key goes along."""
        if not ID.fullmatch(id):
            raise ProviderRefusal("that is no id of a job")
        answer = self.http.json("POST", f"/v7/{self.family}/fetch/{id}", json={"key": self._key})
        job = self._read(answer, {}, paid=False)
        return Job(id, job.done, job.urls, job.eta, job.flagged)

    def ticket(self, job: Job) -> Ticket:
        wait = 0.0 if job.done else min(PARKED_MOST, max(PARKED_LEAST, job.eta))
        return Ticket(NAME, job.id, self.model, wait)

    def done(self, mark: str, start: Callable[[], Job]) -> Job:
        """A finished job: a new one, or that of the same mark which the book has. Unfinished while the vendor works.

        Without a book its end is waited for.
        """
        if self.book is None:
            return self.waited(start(), self.patience)
        held = self.book.begin(mark)
        if held is not None:
            return self.waited(self.asked(Job(held.id, False))[0], 0.0)
        job = start()
        if job.done:
            return job
        self.book.hold(mark, self.ticket(job))
        return self.waited(job, self.soon if job.eta <= self.soon else 0.0)

    def waited(self, job: Job, patience: float) -> Job:
        """The job when it is done. When time is up it goes on by its ticket, or may still be billed."""
        until, pause = self.clock() + patience, SOONEST
        while not job.done:
            if self.clock() + pause > until:
                if self.book is not None:
                    raise Unfinished(job.eta)
                raise ProviderFault("ModelsLab did not finish in time", safe=False, ambiguous=True, kind="network")
            self.sleep(pause)
            job, least = self.asked(job)
            pause = max(min(LATEST, pause * 1.6), least)
        return job

    def asked(self, job: Job) -> tuple[Job, float]:
        """How it stands, and for how many seconds not to ask again. Under faults that pass it stands as it did."""
        try:
            answer = self.http.json("POST", f"/v7/{self.family}/fetch/{job.id}", json={"key": self._key})
        except ProviderFault as fault:
            fault.ambiguous = fault.ambiguous or fault.kind in LOST
            if fault.kind not in PASSING | {"garbage"}:
                raise
            return job, min(fault.retry_after or 0.0, 60.0)
        found = self._read(answer, {}, paid=False)
        return Job(job.id, found.done, found.urls, found.eta, found.flagged), 0.0

    def _read(self, answer: Any, sent: Mapping[str, Any], *, paid: bool) -> Job:
        """A job out of an answer; its errors come inside good answers."""
        status = answer.get("status") if isinstance(answer, Mapping) else None
        if status == "processing":
            return Job(_id(answer, paid), False, eta=_number(answer.get("eta")))
        if status == "success":
            urls = _urls(answer)
            if not urls:
                raise _garbage("it says that it is done, and gives nothing", paid)
            return Job(_id(answer, paid), True, urls, flagged=answer.get("nsfw_content_detected") is True)
        if isinstance(answer, Mapping) and (status in ("error", "failed") or "error" in answer):
            raise self.http.error(200, answer, {}, sent=sent, paid=paid)
        raise _garbage("its answer has another shape", paid)

    # -- files --------------------------------------------------------------------------------------
    def upload(self, data: bytes, media_type: str) -> str:
        """An address at the vendor's for a file of at most 5 MB; it holds for 24 hours."""
        if len(data) > LARGEST_UPLOAD:
            raise ProviderRefusal("a file for ModelsLab has at most 5 MB", kind="too_long")
        path, field = _UPLOADS[media_type.partition("/")[0]]
        text = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
        answer = self.http.json("POST", path, json={"key": self._key, field: text}, timeout=120.0)
        urls = _urls(answer) if isinstance(answer, Mapping) else ()
        if not urls or answer.get("status") == "error":
            raise self.http.error(200, answer, {}, sent={}, paid=False)
        return urls[0]

    def fetched(self, job: Job, usage: Usage, *, again: bool = False, into: Path | None = None) -> Raw:
        """The output, now: its address may not hold. What can't be had is lost, though it was paid.

        `again`: the job can be asked for once more, which gives other addresses, too; nothing is lost. `into`: a file for it.
        """
        for attempt in range(TRIES):
            try:
                return fetch(
                    job.urls[0],
                    max_bytes=self.largest,
                    media=self.media,
                    transport=self.transport,
                    allow_private=self.allow_private,
                    into=into,
                )
            except ProviderFault as fault:
                if fault.kind in PASSING and attempt + 1 < TRIES:
                    self.sleep(1.0 + attempt)
                    continue
                if not (again and fault.kind in PASSING):
                    fault.safe, fault.usage = again and fault.kind == "expired", usage
                raise
        raise AssertionError("unreachable")

    # -- money --------------------------------------------------------------------------------------
    def usage(self, job: Job, units: Decimal = Decimal(1), seconds: float = 0.0, model: str = "") -> Usage:
        used = model or self.model
        cost = units * self.prices.get(used, Decimal(0))
        return Usage(
            NAME, used, self.unit, units, cost_usd=cost, seconds=seconds, vendor_id=job.id, priced=False,
            licence="as the model's licence says",
        )  # fmt: skip


_UPLOADS = {
    "image": ("/v6/base64_to_url", "base64_string"),
    "video": ("/v6/video/base64_to_url", "init_obj"),
    "audio": ("/v6/voice/base64_to_url", "init_audio"),
}


def _id(answer: Mapping[str, Any], paid: bool) -> str:
    """A number in answers, text in webhooks."""
    found = str(answer.get("id", ""))
    if not ID.fullmatch(found):
        raise _garbage("its job has no id", paid)
    return found


def _urls(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Outputs by whichever of its names; `future_links` lead nowhere yet."""
    for field in ("output", "links", "proxy_links"):
        found = answer.get(field)
        texts = tuple(one for one in ([found] if isinstance(found, str) else found or ()) if isinstance(one, str))
        if texts:
            return texts
    return ()


def _number(value: Any) -> float:
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        return 0.0


def _garbage(what: str, paid: bool) -> ProviderFault:
    return ProviderFault(f"ModelsLab: {what}", safe=not paid, ambiguous=paid, kind="garbage")
