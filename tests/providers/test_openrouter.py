"""OpenRouter against its fake."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pipeline.providers.base import (
    Brief,
    ImageRequest,
    ProviderFault,
    ProviderRefusal,
    TextRequest,
    Ticket,
    VideoRequest,
)
from pipeline.providers.openrouter import webhooks
from pipeline.providers.openrouter.images import OpenRouterIllustrator
from pipeline.providers.openrouter.text import OpenRouterWriter
from pipeline.providers.openrouter.videos import OpenRouterAnimator
from tests.fakes import media
from tests.fakes.openrouter import FakeOpenRouter
from tests.providers.asking import PASSAGE, SCENES


@pytest.fixture
def vendor(start):
    return start(FakeOpenRouter)


@pytest.fixture
def made(vendor):
    def make(kind=OpenRouterWriter, **options):
        extra = {"sleep": lambda _: None} if kind is OpenRouterWriter else {}
        return kind(**{"key": vendor.key, "base_url": vendor.url, "allow_private": True, **extra, **options})

    return make


def body_of(request):
    return json.loads(request.body)


@pytest.mark.parametrize("stream", [True, False])
def test_the_bill_is_in_the_answer(made, vendor, stream):
    result = made(stream=stream).write(SCENES)
    assert set(result.data) == {"scenes"} and result.finish == "stop"
    assert result.usage.cost_usd == vendor.bill.total > 0 and result.usage.priced
    assert result.usage.vendor_id == vendor.bill.rows[0].vendor_id


def test_a_schema_asks_for_vendors_that_keep_it(made, vendor):
    made(max_price={"prompt": 1.0, "completion": 4.0}).write(SCENES)
    asked = body_of(vendor.requests[-1])
    assert asked["provider"] == {
        "data_collection": "deny",
        "require_parameters": True,
        "max_price": {"prompt": 1.0, "completion": 4.0},
    }
    assert asked["response_format"]["json_schema"]["strict"] is True


def test_fallbacks_are_three_at_most_and_the_one_that_answered_is_named(made, vendor):
    vendor.second = True
    result = made(model="a/one, b/two, c/three, d/four").write(SCENES)
    assert body_of(vendor.requests[-1])["models"] == ["a/one", "b/two", "c/three"]
    assert result.usage.model == "b/two" == vendor.bill.rows[0].model


def test_text_is_told_while_it_comes(made):
    told = []
    result = made().write(TextRequest("summary", PASSAGE), told.append)
    assert "".join(told) == result.text and len(told) > 1 and result.data is None


@pytest.mark.parametrize("unwritten", [0, 3])
def test_after_a_cut_stream_the_bill_is_looked_up(made, vendor, unwritten):
    vendor.unwritten = unwritten
    vendor.faults.next("cut")
    with pytest.raises(ProviderFault) as fault:
        made().write(SCENES)
    assert fault.value.usage.cost_usd == vendor.bill.total > 0
    assert not fault.value.safe and not fault.value.ambiguous


def test_a_bill_that_is_never_written_leaves_the_call_ambiguous(made, vendor):
    vendor.unwritten = 99
    vendor.faults.next("cut")
    with pytest.raises(ProviderFault) as fault:
        made().write(SCENES)
    assert fault.value.ambiguous and fault.value.usage is None


@pytest.mark.parametrize("stream", [True, False])
def test_an_error_inside_a_good_answer_is_a_fault_that_cost_nothing(made, vendor, stream):
    vendor.faults.next("error_in_200")
    with pytest.raises(ProviderFault) as fault:
        made(stream=stream).write(SCENES)
    assert fault.value.kind == "server" and fault.value.usage.cost_usd == vendor.bill.total == 0 and fault.value.safe


def test_moderation_is_a_refusal_that_quotes_nothing(made, vendor):
    vendor.faults.next("refused")
    with pytest.raises(ProviderRefusal) as refusal:
        made().write(SCENES)
    assert refusal.value.kind == "moderation" and "Alice" not in str(refusal.value)


@pytest.mark.parametrize("kind", ["prose", "truncated_json"])
def test_what_is_not_json_alone_is_no_data(made, vendor, kind):
    vendor.faults.next(kind)
    result = made().write(SCENES)
    assert result.data is None and result.usage.cost_usd == vendor.bill.total
    assert result.finish == ("length" if kind == "truncated_json" else "stop")


def drawing(**options):
    return ImageRequest("a rabbit with a watch", Brief(), **{"width": 1280, "height": 720, "seed": 7, **options})


def test_a_picture_has_the_asked_size_and_names_its_price(made, vendor):
    result = made(OpenRouterIllustrator).draw(drawing(references=(media.picture(64, 64),)))
    assert (result.width, result.height, result.media_type) == (1280, 720, "image/png")
    assert result.usage.cost_usd == vendor.bill.total == Decimal("0.04")
    asked = body_of(vendor.requests[-1])
    assert (asked["aspect_ratio"], asked["resolution"], len(asked["input_references"])) == ("16:9", "1K", 1)


@pytest.mark.parametrize("kind", ["truncated_media", "wrong_media"])
def test_a_bad_picture_is_a_fault_that_names_its_price(made, vendor, kind):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        made(OpenRouterIllustrator).draw(drawing())
    assert fault.value.kind == "garbage" and fault.value.usage.cost_usd == vendor.bill.total and not fault.value.safe


def clip(**options):
    return VideoRequest(
        "the rabbit looks at its watch", media.picture(640, 360), **{"seconds": 3.2, "resolution": "480p", **options}
    )


def test_a_film_is_handed_in_looked_at_and_fetched(made, vendor):
    animator = made(OpenRouterAnimator)
    ticket = animator.submit(clip())
    assert animator.collect(ticket) is None
    result = animator.collect(ticket)
    assert result.media_type == "video/mp4" and abs(result.seconds - 4) < 0.2  # 4 is the least that is enough
    assert result.usage.cost_usd == vendor.bill.total and result.usage.vendor_id == ticket.id


@pytest.mark.parametrize("wanted, asked", [("360p", "480p"), ("720p", "720p"), ("900p", "1080p"), ("2160p", "1080p")])
def test_a_film_is_asked_for_in_a_size_that_the_vendor_takes(made, vendor, wanted, asked):
    made(OpenRouterAnimator).submit(clip(resolution=wanted))
    made(OpenRouterAnimator, model="somebody/new").submit(clip(resolution=wanted))
    sent = [json.loads(one.body)["resolution"] for one in vendor.requests if one.path.endswith("/videos")]
    assert sent == [asked, asked]


@pytest.mark.parametrize(
    "kind, expected", [("expired_url", "expired"), ("truncated_media", "garbage"), ("wrong_media", "garbage")]
)
def test_a_download_that_fails_can_be_repeated_without_paying(made, vendor, kind, expected):
    animator = made(OpenRouterAnimator)
    ticket = animator.submit(clip())
    animator.collect(ticket)
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        animator.collect(ticket)
    assert fault.value.safe and fault.value.kind == expected
    assert animator.collect(ticket) is not None and len(vendor.bill.rows) == 1


def test_a_job_that_fails_is_free_and_an_endless_one_stays_pending(made, vendor):
    animator = made(OpenRouterAnimator)
    vendor.faults.next("failed_job")
    ticket = animator.submit(clip())
    animator.collect(ticket)
    with pytest.raises(ProviderFault) as fault:
        animator.collect(ticket)
    assert fault.value.safe and vendor.bill.rows == []
    vendor.faults.next("endless")
    ticket = animator.submit(clip())
    assert [animator.collect(ticket) for _ in range(4)] == [None] * 4


def test_an_unknown_job_is_missing(made):
    with pytest.raises(ProviderFault) as fault:
        made(OpenRouterAnimator).collect(Ticket("openrouter", "gen-vid-1-none", "google/veo-3.1"))
    assert fault.value.kind == "missing"


class Post(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((body, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def letterbox():
    with HTTPServer(("127.0.0.1", 0), Post) as server:
        server.got = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_signed_webhook_tells_that_a_job_ended_perhaps_twice(made, vendor, letterbox):
    vendor.faults.next("duplicate_webhook")
    address = f"http://127.0.0.1:{letterbox.server_address[1]}/hook"
    ticket = made(OpenRouterAnimator, callback_url=address).submit(clip())
    while len(vendor.webhooks) < 2:
        time.sleep(0.01)
    for body, headers in letterbox.got:
        signature = headers["x-openrouter-signature"]
        assert webhooks.genuine(vendor.secret, signature, body, time.time())
        assert not webhooks.genuine(vendor.secret, signature, body + b" ", time.time())
        assert not webhooks.genuine("another", signature, body, time.time())
        assert not webhooks.genuine(vendor.secret, signature, body, time.time() + 301)
    told = {webhooks.ended(body, headers) for body, headers in letterbox.got}
    assert told == {webhooks.Ended(ticket.id, "completed", f"{ticket.id}-completed")}


@pytest.mark.parametrize("signature", ["", "t=,v1=", "v1=00", "t=-5,v1=é", "nonsense"])
def test_a_signature_without_sense_is_not_genuine(signature):
    assert not webhooks.genuine("secret", signature, b"{}", 0)


def test_a_signature_made_by_another_program():
    """`printf '1,{}' | openssl dgst -sha256 -hmac k`"""
    known = "648f1205445fbf40802bd60a3647015908116ff0da839089932a2432200d2b2d"
    assert webhooks.genuine("k", f"t=1,v1={known}", b"{}", 2) and not webhooks.genuine("k", f"t=2,v1={known}", b"{}", 2)
