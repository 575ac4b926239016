"""Deepgram against its fake."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.providers.base import ProviderFault, ProviderRefusal, TranscriptionRequest
from pipeline.providers.deepgram import DeepgramTranscriber
from tests.fakes import media
from tests.fakes.deepgram import FakeDeepgram

SAID = "The cat sat on the mat."


@pytest.fixture
def vendor(start):
    return start(FakeDeepgram)


@pytest.fixture
def heard(vendor, tmp_path):
    (tmp_path / "said.wav").write_bytes(media.remember(media.wav(3), SAID))

    def listen(language="", **options):
        client = DeepgramTranscriber(**{"key": vendor.key, "base_url": vendor.url, **options})
        return client.transcribe(TranscriptionRequest(str(tmp_path / "said.wav"), language))

    return listen


def test_words_have_their_marks_and_times(heard):
    result = heard("en")
    assert result.text == SAID and [word.text for word in result.words] == SAID.split()
    assert all(before.end <= after.start for before, after in pairwise(result.words)) and result.words[-1].end <= 3.0


def test_the_language_is_detected_when_none_is_said(heard, vendor):
    assert heard().language == "en"
    assert vendor.requests[-1].query["detect_language"] == ["true"] and "language" not in vendor.requests[-1].query
    heard("de")
    assert vendor.requests[-1].query["language"] == ["de"] and "detect_language" not in vendor.requests[-1].query


def test_it_costs_what_the_vendor_bills(heard, vendor):
    usage = heard().usage
    assert usage.units == 3 and usage.cost_usd == vendor.bill.total > 0
    assert usage.vendor_id == vendor.bill.rows[0].vendor_id


def test_the_vendor_is_asked_to_keep_nothing(heard, vendor):
    heard()
    assert vendor.requests[-1].query["mip_opt_out"] == ["true"]


def test_what_is_no_sound_is_refused(vendor, tmp_path):
    client = DeepgramTranscriber(key=vendor.key, base_url=vendor.url)
    (tmp_path / "letter.txt").write_text("Dear sister")
    for name in ("letter.txt", "nothing.wav"):
        with pytest.raises(ProviderRefusal):
            client.transcribe(TranscriptionRequest(str(tmp_path / name)))
    assert vendor.bill.total == 0


@pytest.mark.parametrize("shape", ["old", "modern"])
@pytest.mark.parametrize(("status", "kind"), [("401", "key"), ("402", "credits"), ("429", "limit"), ("502", "server")])
def test_faults_are_told_apart(heard, vendor, status, kind, shape):
    vendor.faults.next(status, shape=shape)
    with pytest.raises(ProviderFault) as fault:
        heard()
    assert fault.value.kind == kind and fault.value.safe and vendor.key not in str(fault.value)


@pytest.mark.parametrize("kind", ["wrong_json", "cut"])
def test_a_broken_answer_may_have_been_billed(heard, vendor, kind):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        heard()
    assert fault.value.ambiguous and not fault.value.safe and vendor.bill.total > 0


def test_the_key_of_another_is_refused(heard):
    with pytest.raises(ProviderFault) as fault:
        heard(key="another")
    assert fault.value.kind == "key"
