"""What all fakes share: a real server on this machine, its faults, its bill, and a memory of what it was asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import unquote
from urllib.request import Request as Sending
from urllib.request import urlopen

from tests.fakes import faults as faulty
from tests.fakes.bill import Bill
from tests.fakes.faults import Fault, Faults
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.wire import Handler, Server


def route(method: str, pattern: str, *, open: bool = False) -> Callable[[Any], Any]:
    """Marks a method as what answers a path (a pattern of the whole path after the prefix); `open` ones need no key."""

    def mark(handler: Any) -> Any:
        handler.route = (method, re.compile(pattern), open)
        return handler

    return mark


@dataclass
class Job:
    """A slow piece of work. `outcome` is the vendor's status word in the end."""

    id: str
    asked: dict[str, Any]
    polls: int = 0
    endless: bool = False
    outcome: str = ""
    made: dict[str, Any] = field(default_factory=dict)


class Fake:
    """A vendor. Subclasses say who they are, check keys, shape errors and answer routes.

    `prices` is USD per unit by "model/unit", "unit" for every other model. `polls_needed`: a job is ready at that poll.
    """

    name = ""
    env_key = env_url = ""
    prefix = ""
    key = ""
    prices: Mapping[str, str] = {}
    polls_needed = 2

    def __init__(self, port: int = 0) -> None:
        self.faults, self.bill = Faults(), Bill()
        self.requests: list[Request] = []
        self.jobs: dict[str, Job] = {}
        self.webhooks: list[tuple[str, int]] = []  # (address, status) of those that were delivered
        self.published: dict[str, tuple[bytes, str]] = {}
        self.prices = dict(type(self).prices)
        self.lock, self.released, self._count = Lock(), Event(), 0
        self._routes = [
            (*handler.route, getattr(self, name))
            for name in dir(type(self))
            if hasattr(handler := getattr(type(self), name), "route")
        ]
        self._server = Server(("127.0.0.1", port), Handler)
        self._server.fake = self
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    # -- being there ------------------------------------------------------------------------------
    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """What goes into the vendor's base URL setting."""
        return self.root + self.prefix

    # -- for subclasses to say --------------------------------------------------------------------
    def authorise(self, request: Request) -> None:
        """Trouble when the key is wrong or in the wrong place."""

    def error(self, trouble: Trouble) -> Reply:
        """The vendor's error, in the vendor's shape."""
        raise NotImplementedError

    def error_in_200(self, request: Request, reply: Reply) -> Reply:
        """The fault that looks like a success; vendors without one answer 500."""
        return self.error(Trouble(500, "Internal error", "internal_error"))

    # -- for subclasses to use --------------------------------------------------------------------
    def new_id(self, prefix: str = "") -> str:
        """Ids count up: the same run gives the same ids."""
        with self.lock:
            self._count += 1
            return f"{prefix}{self._count:08d}"

    def price(self, model: str, unit: str, units: object) -> Decimal:
        each = self.prices.get(f"{model}/{unit}", self.prices.get(unit, "0"))
        return Decimal(each) * Decimal(str(units))

    def charge(self, vendor_id: str, model: str, unit: str, units: object) -> Decimal:
        """Bills it; what it costs."""
        return self.bill.add(vendor_id, model, unit, units, self.price(model, unit, units)).cost

    def fault(self, request: Request, kinds: Collection[str]) -> Fault | None:
        """The fault of these kinds that this request is to meet, if any."""
        return self.faults.take(request.path, request.digest, kinds)

    def publish(self, data: bytes, media_type: str, suffix: str = "") -> str:
        """An address of this machine where the data can be fetched."""
        name = hashlib.sha256(data).hexdigest()[:24] + suffix
        self.published[name] = (data, media_type)
        return f"{self.root}/media/{name}"

    def submit(self, request: Request, asked: dict[str, Any], id: str) -> Job:
        """A new job, endless or doomed when the faults say so."""
        job = self.jobs[id] = Job(id, asked)
        fault = self.fault(request, ("endless", "failed_job"))
        job.endless = bool(fault and fault.kind == "endless")
        job.outcome = "failed" if fault and fault.kind == "failed_job" else ""
        return job

    def poll(self, job: Job) -> bool:
        """Whether the job is done; each question brings it nearer."""
        job.polls += 1
        return not job.endless and job.polls >= self.polls_needed

    def deliver(self, address: str, body: bytes, headers: Mapping[str, str], times: int = 1) -> None:
        """POSTs a webhook from a thread of its own."""

        def send() -> None:
            for _ in range(times):
                try:
                    with urlopen(Sending(address, body, dict(headers), method="POST"), timeout=10) as answer:
                        self.webhooks.append((address, answer.status))
                except OSError as error:
                    self.webhooks.append((address, getattr(error, "code", 0)))

        Thread(target=send, daemon=True).start()

    @route("GET", r"/media/(?P<name>[\w.]+)", open=True)
    def media(self, request: Request) -> Reply:
        """What was published, or what its faults make of it."""
        if (held := self.published.get(request.found["name"])) is None:
            return Reply(404, b"Not Found", "text/plain")
        return self.spoilt(request, *held)

    def spoilt(self, request: Request, data: bytes, media_type: str) -> Reply:
        fault = self.fault(request, (*faulty.MEDIA, "cut"))
        if fault and fault.kind == "expired_url":
            return Reply(
                403,
                b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                "application/xml",
            )
        if fault and fault.kind == "wrong_media":
            return Reply(200, b"<!doctype html><title>Just a moment...</title>", "text/html")
        if fault and fault.kind == "cut":
            return Reply(200, data, media_type, cut=True)
        return Reply(200, data[: len(data) // 2] if fault else data, media_type)

    # -- answering --------------------------------------------------------------------------------
    def answer(self, request: Request) -> Reply | None:
        """The reply; None: hang up."""
        self.requests.append(request)
        path = request.path.removeprefix(self.prefix) if request.path.startswith(self.prefix) else ""
        for method, pattern, free, handler in self._routes:
            found = pattern.fullmatch(request.path if free else path)
            if found and method == request.method:
                request.found = {name: unquote(value) for name, value in found.groupdict().items() if value is not None}
                return self._handled(request, handler, free)
        return self.error(Trouble(404, "Not found", "not_found"))

    def _handled(self, request: Request, handler: Callable[[Request], Reply], free: bool) -> Reply | None:
        fault = None
        self.bill.begin()
        try:
            if not free:
                self.authorise(request)
                fault = self.fault(request, faulty.GENERIC)
            if fault and fault.kind in faulty.STATUSES:
                return self._status(fault)
            if fault and fault.kind == "timeout_before":
                self.released.wait(fault.seconds)
                return None
            reply = handler(request)
        except Trouble as trouble:
            return self.error(trouble)
        return self._afterwards(fault, request, reply) if fault else reply

    def _afterwards(self, fault: Fault, request: Request, reply: Reply) -> Reply | None:
        """What becomes of a reply whose work is done, and billed, whoever sees it."""
        if fault.kind == "error_in_200":
            given = self.error_in_200(request, reply)
            if given.status >= 400:  # no vendor bills what it says has failed
                self.bill.take_back()
            return given
        if reply.pieces:
            reply.pieces = iter(list(reply.pieces))
        if fault.kind == "timeout_after":
            self.released.wait(fault.seconds)
            return None
        if fault.kind == "wrong_json":
            return Reply(200, b'{"id": "x", "choi', "application/json")
        reply.cut = True
        return reply

    def _status(self, fault: Fault) -> Reply:
        reply = self.error(
            Trouble(int(fault.kind), f"Fault {fault.kind}", _CODES.get(fault.kind, "server_error"), **fault.more)
        )
        if fault.retry_after is not None:
            self.hint(reply, fault.retry_after)
        return reply

    def hint(self, reply: Reply, seconds: float) -> None:
        """How the vendor says when to come back; by Retry-After unless it has its own way."""
        reply.headers["Retry-After"] = f"{seconds:g}"

    # -- by remote control ------------------------------------------------------------------------
    @route("POST", "/_fakes/faults", open=True)
    def _order(self, request: Request) -> Reply:
        body = request.json()
        (self.faults.plan if "seed" in body else self.faults.next)(**body)
        return Reply(204)

    @route("DELETE", "/_fakes/faults", open=True)
    def _mend(self, request: Request) -> Reply:
        self.faults.clear()
        return Reply(204)

    @route("GET", "/_fakes/bill", open=True)
    def _bill(self, request: Request) -> Reply:
        rows = [
            {"id": r.vendor_id, "model": r.model, "unit": r.unit, "units": str(r.units), "cost": str(r.cost)}
            for r in self.bill.rows
        ]
        return as_json({"rows": rows, "total": str(self.bill.total)})


_CODES = {"401": "authentication", "402": "payment_required", "404": "not_found", "429": "rate_limit_exceeded", "502": "bad_gateway", "503": "overloaded", "504": "timeout"}  # fmt: skip
