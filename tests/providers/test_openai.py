"""OpenAI and compatible servers against their fake."""

from __future__ import annotations

import json

import pytest

from pipeline.providers.base import (
    Brief,
    ImageRequest,
    ModerationRequest,
    ProviderFault,
    ProviderRefusal,
    SpeechRequest,
    TranscriptionRequest,
    Utterance,
)
from pipeline.providers.openai import api, transcription
from pipeline.providers.openai.chat import _strict
from pipeline.providers.openai.images import OpenAIIllustrator
from pipeline.providers.openai.moderation import OpenAIModerator
from pipeline.providers.openai.speech import OpenAISpeaker
from pipeline.providers.openai.text import OpenAIWriter
from pipeline.providers.openai.transcription import OpenAITranscriber
from tests.fakes import media
from tests.fakes.openai import FakeOpenAI
from tests.providers.asking import PASSAGE, SCENES, SCHEMA


@pytest.fixture
def vendor(start):
    return start(FakeOpenAI)


@pytest.fixture
def own(vendor):
    vendor.house = False
    return vendor


@pytest.fixture
def made(vendor):
    return lambda kind, **options: kind(**{"key": vendor.key, "base_url": vendor.url, "allow_private": True, **options})


def body_of(request):
    return json.loads(request.body)


def test_tokens_are_counted_and_have_no_price_of_their_own(made, vendor):
    result = made(OpenAIWriter).write(SCENES)
    assert set(result.data) == {"scenes"} and not result.usage.priced
    assert result.usage.units == vendor.bill.rows[0].units == result.usage.tokens_in + result.usage.tokens_out


def test_streamed_tokens_are_counted_too(made, vendor):
    told = []
    result = made(OpenAIWriter).write(SCENES, told.append)
    assert "".join(told) == result.text and result.usage.units == vendor.bill.rows[0].units


def test_a_server_of_ones_own_needs_no_key(made, own):
    made(OpenAIWriter, key="", model="llama3.2").write(SCENES)
    assert "authorization" not in own.requests[-1].headers and "max_tokens" in body_of(own.requests[-1])


def test_the_house_counts_completion_tokens():
    assert not api.Base(key="k").own_server and api.Base(key="k", base_url="http://localhost:11434/v1").own_server


@pytest.mark.parametrize("told", [None, list.append])
def test_a_refusal_is_the_users(made, vendor, told):
    vendor.faults.next("refused")
    with pytest.raises(ProviderRefusal) as refusal:
        made(OpenAIWriter).write(SCENES, told and [].append)
    assert refusal.value.kind == "moderation" and refusal.value.usage.tokens_in > 0


@pytest.mark.parametrize("stream", [True, False])
def test_an_error_inside_a_good_answer_is_ambiguous(made, vendor, stream):
    vendor.faults.next("error_in_200")
    with pytest.raises(ProviderFault) as fault:
        made(OpenAIWriter).write(SCENES, [].append if stream else None)
    assert fault.value.kind == "server" and fault.value.ambiguous


def test_a_used_up_quota_is_not_a_rate_limit(made, vendor):
    vendor.faults.next("429", code="insufficient_quota")
    vendor.faults.next("429", retry_after=3)
    kinds = []
    for _ in range(2):
        with pytest.raises(ProviderFault) as fault:
            made(OpenAIWriter).write(SCENES)
        kinds.append((fault.value.kind, fault.value.retry_after))
    assert kinds == [("credits", None), ("limit", 3.0)]


@pytest.mark.parametrize(
    "schema, strict",
    [
        (SCHEMA, True),
        ({"type": "object", "properties": {"a": {}}}, False),
        ({"type": "array", "items": {"properties": {"a": {}}, "required": []}}, False),
    ],
)
def test_strict_output_is_asked_for_where_the_schema_allows_it(schema, strict):
    assert _strict(schema) is strict


def drawing(**options):
    return ImageRequest("a rabbit with a watch", Brief(), **{"width": 1280, "height": 720, **options})


@pytest.mark.parametrize("model, size", [("gpt-image-2", "1280x720"), ("gpt-image-1.5", "1536x1024")])
def test_sizes_are_those_the_model_makes_and_the_picture_is_as_asked(made, vendor, model, size):
    result = made(OpenAIIllustrator, model=model).draw(drawing())
    assert body_of(vendor.requests[-1])["size"] == size and (result.width, result.height) == (1280, 720)


def test_reference_pictures_make_it_an_edit(made, vendor):
    made(OpenAIIllustrator).draw(drawing(references=(media.picture(64, 64), media.picture(64, 64, form="jpeg"))))
    fields, files = vendor.requests[-1].form()
    assert fields["prompt"] == ["a rabbit with a watch"] and [one.media_type for one in files["image[]"]] == [
        "image/png",
        "image/jpeg",
    ]


def test_servers_that_answer_with_addresses_are_followed(made, own, monkeypatch):
    monkeypatch.setattr(OpenAIIllustrator, "_of_the_house", True)  # so that it does not ask for base64
    assert made(OpenAIIllustrator, model="sdxl").draw(drawing(width=1536, height=1024)).width == 1536


def test_a_refused_picture_is_the_users(made):
    with pytest.raises(ProviderRefusal) as refusal:
        made(OpenAIIllustrator).draw(ImageRequest("a murderous rampage", Brief(), width=512, height=512))
    assert refusal.value.kind == "moderation"


def speech(*texts, voice="nova"):
    return SpeechRequest(tuple(Utterance(text, text, voice, 0.25) for text in texts))


def test_speech_has_every_word_in_order(made, vendor):
    result = made(OpenAISpeaker).speak(speech("The cat sat on the mat.", "It slept."))
    assert [word.text for word in result.words] == "The cat sat on the mat. It slept.".split()
    assert all(one.start < one.end for one in result.words) and result.words[-1].end <= result.samples
    assert result.usage.units == sum(row.units for row in vendor.bill.rows) == 32


def test_a_failure_half_way_tells_what_was_paid(made, vendor):
    vendor.faults.next("truncated_media", where="none")
    speaker = made(OpenAISpeaker)
    speaker.speak(speech("One."))
    vendor.faults.clear()
    vendor.faults.next("wrong_media")
    with pytest.raises(ProviderFault) as fault:
        speaker.speak(speech("Two two."))
    assert fault.value.usage.units == 8 and fault.value.kind == "garbage"


def test_a_server_of_ones_own_tells_its_voices(made, own):
    speaker = made(OpenAISpeaker)
    assert {voice.id for voice in speaker.voices("en-GB")} == {"bf_emma", "bm_george"}
    speaker.speak(speech("Hello there.", voice="bm_george"))
    assert body_of(own.requests[-1])["voice"] == "bm_george"


def test_the_house_speaks_with_its_own_voices(made, vendor):
    speaker = made(OpenAISpeaker)
    speaker.speak(speech("Hello there.", voice="af_heart"))
    assert body_of(vendor.requests[-1])["voice"] in {voice.id for voice in speaker.voices() if voice.sex == "female"}


@pytest.fixture
def said(tmp_path):
    (tmp_path / "said.wav").write_bytes(media.remember(media.wav(3), "The cat sat on the mat."))
    return str(tmp_path / "said.wav")


def test_words_are_heard_with_their_times(made, vendor, said):
    result = made(OpenAITranscriber).transcribe(TranscriptionRequest(said))
    assert [word.text for word in result.words] == ["The", "cat", "sat", "on", "the", "mat"]
    assert result.language == "en" and result.words[-1].end == pytest.approx(3.0)
    assert result.usage.units == vendor.bill.rows[0].units == 3


def test_large_files_are_sent_in_parts_on_one_clock(made, vendor, said, monkeypatch):
    monkeypatch.setattr(transcription, "LARGEST", 1000)
    monkeypatch.setattr(transcription, "PART", 2)
    result = made(OpenAITranscriber).transcribe(TranscriptionRequest(said, "en"))
    assert len(vendor.bill.rows) == 2 and result.usage.units == 3
    assert sorted(word.start for word in result.words) == [word.start for word in result.words]
    assert result.words[-1].end == pytest.approx(3.0)


def test_what_can_not_be_heard_is_refused(made, tmp_path):
    with pytest.raises(ProviderRefusal):
        made(OpenAITranscriber).transcribe(TranscriptionRequest(str(tmp_path / "none.wav")))
    (tmp_path / "text.wav").write_text("no sound")
    with pytest.raises(ProviderRefusal):
        made(OpenAITranscriber).transcribe(TranscriptionRequest(str(tmp_path / "text.wav")))


@pytest.mark.parametrize("picture", [None, media.picture(32, 32)])
def test_moderation_names_its_categories(made, picture):
    judge = made(OpenAIModerator).moderate
    assert not judge(ModerationRequest(PASSAGE, picture)).flagged
    bad = judge(ModerationRequest("He went on a murderous rampage.", picture))
    assert (bad.flagged, bad.categories) == (True, ("violence",))


def test_long_texts_are_judged_in_parts(made, vendor):
    judge = made(OpenAIModerator).moderate
    assert judge(ModerationRequest("x " * 15_000 + "a murderous rampage")).flagged
    assert len(body_of(vendor.requests[-1])["input"]) == 2
