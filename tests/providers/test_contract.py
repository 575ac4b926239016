"""What every provider of a capability keeps, each through its fake, and this machine's own beside them."""

from __future__ import annotations

import io
import logging
import wave
from decimal import Decimal

import pytest
from PIL import Image

from pipeline.providers import sniff
from pipeline.providers.base import ProviderFault, ProviderRefusal
from pipeline.providers.local.drawing.illustrator import LocalIllustrator
from pipeline.providers.local.moderation import LocalModerator
from pipeline.providers.local.sounds import LocalSounds
from pipeline.routing.composing import LocalComposer
from tests.fakes import fake
from tests.providers.asking import CASES, FREE, PASSAGE, SLOW, ask, provider, request

LOCAL = {"image": LocalIllustrator, "moderation": LocalModerator, "sound": LocalSounds, "music": LocalComposer}
PAID = [case for case in CASES if case.capability not in FREE]


@pytest.fixture(params=CASES, ids=str)
def case(request):
    return request.param


@pytest.fixture
def vendor(case, start):
    return start(lambda: fake(case.vendor))


@pytest.fixture
def failed(case, vendor, tmp_path):
    """The exception that asking meets after a fault was ordered for its paid call."""

    def fail(kind="", key="", **options):
        made = provider(case, vendor, key)
        asked = request(case.capability, tmp_path, made) if not key or case.capability != "lipsync" else None
        if kind:
            vendor.faults.next(kind, where=case.paid, **options)
        with pytest.raises((ProviderFault, ProviderRefusal)) as caught:
            ask(made, case.capability, asked)
        return caught.value

    return fail


def good_text(result):
    assert set(result.data) == {"scenes"} and result.finish == "stop"


def good_image(result):
    picture = Image.open(io.BytesIO(result.data))
    assert picture.size == (result.width, result.height) == (640, 360)
    assert sniff.media_type(result.data) == result.media_type and picture.convert("L").getextrema()[0] < 250


def good_speech(result):
    with wave.open(io.BytesIO(result.wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (
            1,
            2,
            result.rate,
            result.samples,
        )
    assert [word.text for word in result.words] == PASSAGE.split()
    edges = [edge for word in result.words for edge in (word.start, word.end)]
    assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= result.samples


def good_transcription(result):
    assert [word.text.strip(".") for word in result.words] == [word.strip(".") for word in PASSAGE.split()]
    assert all(0 <= word.start <= word.end <= 3.1 for word in result.words) and result.language == "en"


def good_moderation(result):
    assert (result.flagged, result.categories) == (False, ())


def good_media(result):
    assert sniff.media_type(result.data) == result.media_type and result.seconds > 1


def good_cloning(result):
    assert result.voice.id and result.voice.name == "Grandmother"


GOOD = {
    "text": good_text, "image": good_image, "speech": good_speech, "transcription": good_transcription, "cloning": good_cloning,
    "moderation": good_moderation, "video": good_media, "lipsync": good_media, "sound": good_media, "music": good_media,
}  # fmt: skip


def test_the_result_is_what_the_capability_says(case, vendor, tmp_path):
    made = provider(case, vendor)
    result = ask(made, case.capability, request(case.capability, tmp_path, made))
    GOOD[case.capability](result)
    assert result.usage.provider == case.vendor and result.usage.units > 0
    assert len(vendor.bill.rows) == (case.capability not in FREE)
    if result.usage.priced:
        assert result.usage.cost_usd == vendor.bill.total


@pytest.mark.parametrize("capability", LOCAL)
def test_this_machines_own_keep_the_same(capability, tmp_path):
    result = ask(LOCAL[capability](), capability, request(capability, tmp_path))
    GOOD[capability](result)
    assert (result.usage.provider, result.usage.cost_usd) == ("local", Decimal(0))


def test_a_wrong_key_is_told_and_costs_nothing(case, vendor, tmp_path):
    if case.capability == "lipsync":
        pytest.skip("its files are placed first, with the same key")
    made = provider(case, vendor, key="wrong-key-0123456789")
    with pytest.raises(ProviderFault) as fault:
        ask(made, case.capability, request(case.capability, tmp_path, made))
    assert fault.value.kind == "key" and fault.value.safe and vendor.bill.rows == []
    assert "wrong-key" not in str(fault.value)


@pytest.mark.parametrize(
    "kind, meaning", [("402", "credits"), ("429", "limit"), ("500", "server"), ("502", "server"), ("503", "server")]
)
def test_a_status_costs_nothing_and_may_be_repeated(failed, vendor, kind, meaning):
    fault = failed(kind)
    assert isinstance(fault, ProviderFault) and fault.safe and not fault.ambiguous and vendor.bill.rows == []
    assert fault.kind == meaning or (kind, fault.kind) == ("503", "limit")


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut", "wrong_json"])
def test_a_lost_answer_is_never_said_to_be_safe_when_it_was_billed(case, failed, vendor, kind):
    fault = failed(kind, seconds=0.05)
    if case.capability == "moderation":
        assert fault.safe
    else:
        assert not fault.safe and (fault.ambiguous or fault.usage)
    if fault.usage and fault.usage.priced and not fault.ambiguous:
        assert fault.usage.cost_usd == vendor.bill.total


def test_messages_and_logs_keep_keys_and_writing_to_themselves(case, failed, vendor, caplog):
    caplog.set_level(logging.DEBUG)
    told = "".join(str(failed(kind, seconds=0.05)) for kind in ("401", "429", "500", "timeout_before", "wrong_json"))
    for secret in (vendor.key, PASSAGE, "very tired of sitting", "calm strings under", "a door creaks"):
        assert secret not in told + caplog.text


@pytest.mark.parametrize("case", [case for case in CASES if case.capability in SLOW], ids=str, indirect=True)
def test_a_slow_job_is_paid_once_however_often_it_is_asked_for(case, vendor, tmp_path):
    made = provider(case, vendor)
    ticket = made.submit(request(case.capability, tmp_path, made))
    vendor.faults.next("500", where="", times=1)
    with pytest.raises(ProviderFault):
        made.collect(ticket)
    again = provider(case, vendor)  # another process
    results = [again.collect(ticket) for _ in range(6)]
    assert any(results) and len(vendor.bill.rows) == 1 and ticket.provider == case.vendor
