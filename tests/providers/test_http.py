"""The HTTP client: its failures, its caps, and what its messages keep to themselves."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from pipeline.providers import addresses, sniff
from pipeline.providers.base import ProviderFault, ProviderRefusal
from pipeline.providers.http import Client, fetch
from tests.fakes import media
from tests.fakes.checks import check, number, obj, text
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, route

PASSAGE = "Alice was beginning to get very tired of sitting by her sister on the bank"
KEY = "sk-toy-1234567890"


class Toy(Fake):
    name, prefix, key = "Toy", "/v1", KEY
    prices = {"calls": "0.25"}
    env_key, env_url = "TOY_API_KEY", "TOY_BASE_URL"

    def authorise(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Trouble(401, f"Incorrect API key provided: {request.headers.get('authorization')}", "bad_key")

    def error(self, trouble: Trouble) -> Reply:
        return as_json({"error": {"message": trouble.message, "code": trouble.code}}, trouble.status)

    @route("POST", "/echo")
    def echo(self, request: Request) -> Reply:
        body = request.json()
        check(body, obj("prompt", prompt=text(200), count=number(0, 3)))
        self.charge(self.new_id("toy-"), "m", "calls", 1)
        return as_json({"said": body["prompt"]})

    @route("POST", "/stream")
    def stream(self, request: Request) -> Reply:
        lines = [b": wait\n\n", *[b'data: {"n": %d}\r\n\r\n' % n for n in range(4)], b"data: [DONE]\n\n"]
        return Reply(200, media_type="text/event-stream", pieces=iter(lines))


@pytest.fixture
def toy(start):
    return start(Toy)


def client(toy, **options):
    return Client(toy.url, headers={"authorization": f"Bearer {KEY}"}, secrets=(KEY,), name="Toy", **options)


def failure(call, kind=ProviderFault):
    with pytest.raises(kind) as caught:
        call()
    return caught.value


def test_answers_are_json(toy):
    assert client(toy).json("POST", "/echo", json={"prompt": PASSAGE}) == {"said": PASSAGE}
    assert str(toy.bill.total) == "0.25"


@pytest.mark.parametrize(
    ("status", "kind", "safe"),
    [("401", "key", True), ("402", "credits", True), ("404", "missing", True), ("429", "limit", True),
     ("500", "server", True), ("502", "server", True), ("504", "server", False)],
)  # fmt: skip
def test_statuses_say_whose_fault_it_is(toy, status, kind, safe):
    toy.faults.next(status)
    fault = failure(lambda: client(toy).json("POST", "/echo", json={"prompt": "x"}, paid=True))
    assert (fault.kind, fault.safe, fault.ambiguous) == (kind, safe, not safe)
    assert toy.bill.rows == []


def test_a_request_that_is_wrong_is_a_refusal(toy):
    refusal = failure(lambda: client(toy).json("POST", "/echo", json={"prompt": "x", "count": 9}), ProviderRefusal)
    assert refusal.kind == "invalid"


def test_retry_after_is_read_as_seconds_and_as_a_date(toy):
    toy.faults.next("429", retry_after=2)
    assert failure(lambda: client(toy).json("POST", "/echo", json={"prompt": "x"})).retry_after == 2
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    answer = httpx.MockTransport(lambda _: httpx.Response(503, headers={"retry-after": later}))
    fault = failure(lambda: Client("https://vendor.test", transport=answer).json("GET", "/"))
    assert 60 < fault.retry_after <= 90


@pytest.mark.parametrize("body", [{"retry_after": 30}, {"error": {"details": [{"retryDelay": "30s"}]}}])
def test_retry_after_may_stand_in_the_body(body):
    answer = httpx.MockTransport(lambda _: httpx.Response(429, json=body))
    assert failure(lambda: Client("https://vendor.test", transport=answer).json("GET", "/")).retry_after == 30


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut", "wrong_json"])
def test_a_paid_call_whose_answer_is_lost_is_ambiguous(toy, kind):
    toy.faults.next(kind, seconds=5)
    fault = failure(lambda: client(toy, timeout=0.4).json("POST", "/echo", json={"prompt": "x"}, paid=True))
    assert fault.ambiguous and not fault.safe
    assert len(toy.bill.rows) == (kind != "timeout_before")


def test_a_free_call_whose_answer_is_lost_may_be_repeated(toy):
    toy.faults.next("cut")
    assert failure(lambda: client(toy).json("POST", "/echo", json={"prompt": "x"})).safe


def test_who_can_not_be_reached_was_not_paid():
    fault = failure(lambda: Client("http://127.0.0.1:9").json("POST", "/echo", json={}, paid=True))
    assert fault.safe and not fault.ambiguous and fault.kind == "network"


def test_answers_have_a_greatest_size(toy):
    fault = failure(lambda: client(toy, max_bytes=10).raw("POST", "/echo", json={"prompt": PASSAGE}))
    assert fault.kind == "garbage"


def test_streams_skip_comments_and_end_at_done(toy):
    assert [one["n"] for one in client(toy).events("POST", "/stream")] == [0, 1, 2, 3]


def test_a_cut_stream_gives_what_came_and_then_fails(toy):
    toy.faults.next("cut")
    came = []
    fault = failure(lambda: came.extend(client(toy).events("POST", "/stream", json={}, paid=True)))
    assert fault.ambiguous


def test_messages_and_logs_hold_neither_keys_nor_the_request(toy, caplog):
    caplog.set_level(logging.DEBUG)
    toy.key = "another"
    message = str(failure(lambda: client(toy).json("POST", "/echo", json={"prompt": PASSAGE})))
    quoting = {"error": {"message": f"Input was flagged: {PASSAGE[:40]} (key {KEY}) at https://x.test/?sig=abc"}}
    answer = httpx.MockTransport(lambda _: httpx.Response(400, json=quoting))
    vendor = Client("https://vendor.test", transport=answer, secrets=(KEY,))
    message += str(failure(lambda: vendor.json("POST", "/", json={"deep": [{"text": PASSAGE}]}), ProviderRefusal))
    for secret in (KEY, PASSAGE[:20], "sitting by", "sig=abc"):
        assert secret not in message + caplog.text
    assert "Input was flagged" in message


def test_keys_go_to_the_vendor_alone(toy):
    with pytest.raises(ValueError, match="fetch"):
        client(toy).json("GET", "https://elsewhere.test/output")


PRIVATE = ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "0.0.0.0", "100.64.0.1", "224.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_fetched(address):
    def resolver(host, port, **_):
        return [(0, 0, 0, "", ("93.184.215.14", port)), (0, 0, 0, "", (address, port))]

    assert not addresses.public(address)
    fault = failure(lambda: fetch("https://files.test/a.png", max_bytes=99, resolver=resolver))
    assert "private" in str(fault) and fault.safe


@pytest.mark.parametrize("url", ["http://files.test/a", "ftp://files.test/a", "https://me:pw@files.test/a", "https://files.test:8080/a", "file:///etc/passwd", "nonsense"])  # fmt: skip
def test_only_plain_https_is_fetched(url):
    assert failure(lambda: fetch(url, max_bytes=99, resolver=lambda *_, **__: [])).safe


def public_name(host, port, **_):
    return [(0, 0, 0, "", ("93.184.215.14", port))]


def test_the_address_that_was_checked_is_the_one_that_is_used():
    seen = []

    def answer(request):
        seen.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(200, content=media.picture(8, 8))

    fetch("https://files.test/a.png", max_bytes=9999, transport=httpx.MockTransport(answer), resolver=public_name)
    assert seen == [("93.184.215.14", "files.test", "files.test")]


def test_redirects_are_looked_at_anew():
    leads = httpx.MockTransport(lambda _: httpx.Response(302, headers={"location": "http://127.0.0.1/secret"}))
    assert failure(lambda: fetch("https://files.test/a", max_bytes=9, transport=leads, resolver=public_name)).safe
    round_and_round = httpx.MockTransport(lambda _: httpx.Response(302, headers={"location": "/b"}))
    fault = failure(lambda: fetch("https://files.test/a", max_bytes=9, transport=round_and_round, resolver=public_name))
    assert "too many" in str(fault)


def test_a_fetched_file_is_what_its_content_says(toy, tmp_path):
    url = toy.publish(media.wav(0.5), "text/plain")
    got = fetch(url, max_bytes=10**6, allow_private=True, into=tmp_path / "a.wav")
    assert (got.media_type, (tmp_path / "a.wav").read_bytes()) == ("audio/wav", media.wav(0.5))


@pytest.mark.parametrize("fault, kind", [("expired_url", "expired"), ("wrong_media", "garbage"), ("cut", "network")])
def test_a_bad_download_leaves_no_file(toy, tmp_path, fault, kind):
    url = toy.publish(media.picture(8, 8), "image/png")
    toy.faults.next(fault)
    assert failure(lambda: fetch(url, max_bytes=10**6, allow_private=True, into=tmp_path / "a.png")).kind == kind
    assert list(tmp_path.glob("a.png")) == []


def test_a_download_has_a_greatest_size(toy):
    url = toy.publish(media.wav(1), "audio/wav")
    assert failure(lambda: fetch(url, max_bytes=1000, allow_private=True)).kind == "garbage"


@pytest.mark.parametrize("form", ["png", "jpeg", "webp", "wav", "mp3", "opus", "flac", "aac"])
def test_content_tells_its_type(form):
    data = media.picture(8, 8, form=form) if form in ("png", "jpeg", "webp") else media.sound(0.5, form)
    assert sniff.media_type(data[: sniff.NEEDED]) == media.TYPES[form]
    assert sniff.media_type(b"<!doctype html>") == sniff.media_type(b"") == ""
