"""ElevenLabs against its fake: words where they are said, bills that agree, errors of every shape."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise

import pytest

from pipeline.language.spoken import spoken
from pipeline.providers.base import MusicRequest, ProviderFault, ProviderRefusal, SoundRequest, SpeechRequest, Utterance
from pipeline.providers.elevenlabs import (
    ElevenLabsAligner,
    ElevenLabsMusic,
    ElevenLabsSounds,
    ElevenLabsSpeaker,
    timing,
)
from pipeline.providers.elevenlabs.api import judge
from pipeline.providers.narration import stand_in
from tests.fakes import media
from tests.fakes.elevenlabs import FakeElevenLabs
from tests.fakes.messages import Trouble

STORY = "In 1865 the old clock struck nine, and Mr. Brown — who was tired — went home."
ANSWER = "“Good night,” said his sister."


@pytest.fixture
def vendor(start):
    return start(FakeElevenLabs)


@pytest.fixture
def client(vendor):
    def make(kind=ElevenLabsSpeaker, model="", **more):
        return kind(**{"key": vendor.key, "model": model, "base_url": vendor.url, **more})

    return make


def ask(*lines: tuple[str, str], **more) -> SpeechRequest:
    return SpeechRequest(tuple(Utterance(text, spoken(text), voice, 0.25) for text, voice in lines), **more)


def sent(vendor, part="text-to-speech") -> list[dict]:
    return [json.loads(one.body) for one in vendor.requests if part in one.path]


def test_words_are_the_author_s_in_order_and_inside_the_sound(client):
    result = client().speak(ask((STORY, "af_heart"), (ANSWER, "bm_george")))
    assert [word.text for word in result.words] == f"{STORY} {ANSWER}".split()
    assert all(0 <= word.start <= word.end <= result.samples for word in result.words)
    assert all(before.end <= after.start for before, after in pairwise(result.words))
    assert len(result.wav) == 44 + 2 * result.samples


def test_a_word_stands_where_its_characters_do(client, vendor):
    result = client().speak(ask(("The cat sat.", "af_heart")))
    step = (media.speaking_time("The cat sat.") - 0.1) / 12  # the fake: a breath at both ends, letters alike
    cat = result.words[1]
    assert cat.start / result.rate == pytest.approx(0.05 + 4 * step, abs=0.002)
    assert cat.end / result.rate == pytest.approx(0.05 + 7 * step, abs=0.002)


def test_what_it_used_is_what_it_is_billed(client, vendor):
    usage = client().speak(ask((STORY, "af_heart"), (ANSWER, "bm_george"))).usage
    assert usage.units == sum(row.units for row in vendor.bill.rows)
    assert usage.cost_usd == vendor.bill.total > 0
    assert usage.vendor_id.split() == [row.vendor_id for row in vendor.bill.rows]


def test_the_quicker_models_cost_half(client, vendor):
    usage = client(model="eleven_flash_v2_5").speak(ask(("The cat sat.", "af_heart"))).usage
    assert usage.cost_usd == vendor.bill.total == 12 * Decimal("0.00002")


def test_a_voice_of_another_vendor_is_always_replaced_by_the_same_one_of_its_sex(client, vendor):
    speaker = client()
    for _ in range(2):
        speaker.speak(ask(("One.", "bm_george"), ("Two.", "af_heart")))
    used = [one.path.split("/")[3] for one in vendor.requests if "text-to-speech" in one.path]
    assert used[:2] == used[2:]
    assert [vendor.voices[id]["labels"]["gender"] for id in used[:2]] == ["male", "female"]


def test_an_own_voice_is_used_as_it_is(client, vendor):
    client().speak(ask(("One.", "JBFqnCBsd6RMkjVDRZzb")))
    assert vendor.requests[-1].path.split("/")[3] == "JBFqnCBsd6RMkjVDRZzb"


def test_voices_of_every_page_are_told(client, vendor, monkeypatch):
    monkeypatch.setattr("pipeline.providers.elevenlabs.voices.PAGE", 4)
    found = client().voices("en-GB")
    assert {one.id for one in found} == set(vendor.voices)
    assert {one.language for one in found} == {"en-US", "en-GB"}


def test_a_long_text_goes_in_pieces_between_sentences(client, vendor):
    text = " ".join(f"Sentence number {at} is told to the end." for at in range(120))
    result = client(model="eleven_v3").speak(ask((text, "af_heart")))
    bodies = sent(vendor)
    assert len(bodies) == 2 and all(len(body["text"]) <= 3000 for body in bodies)
    assert bodies[0]["text"].endswith(".") and "previous_text" not in bodies[1]
    assert [word.text for word in result.words] == text.split()


def test_neighbours_of_the_same_voice_give_the_tone(client, vendor):
    client().speak(ask(("First.", "af_heart"), ("Second.", "af_heart"), ("Third.", "am_adam")))
    first, second, third = sent(vendor)
    assert first["next_text"] == "Second." and second["previous_text"] == "First."
    assert "next_text" not in second and "previous_text" not in third


def test_the_lexicon_is_said_as_letters(client, vendor):
    client().speak(ask(("Hermione came.", "af_heart"), lexicon=(("Hermione", "/her-MY-oh-nee/"),)))
    assert sent(vendor)[0]["text"] == "hermyohnee came."


@pytest.mark.parametrize("kind", ["no_alignment", "normalized"])
def test_words_are_found_when_the_alignment_is_of_no_help(client, vendor, kind):
    vendor.faults.next(kind)
    result = client().speak(ask((STORY, "af_heart")))
    assert [word.text for word in result.words] == STORY.split()
    assert all(word.end > word.start for word in result.words if word.text != "—")


@pytest.mark.parametrize("kind", ["truncated_media", "wrong_media"])
def test_a_sound_that_is_no_good_is_a_fault_that_was_paid(client, vendor, kind):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        client().speak(ask((STORY, "af_heart")))
    assert fault.value.kind == "garbage" and not fault.value.safe
    assert fault.value.usage.cost_usd == vendor.bill.total > 0


def test_what_was_paid_before_a_fault_is_not_paid_again(client, vendor):
    speaker = client()
    request = ask(("First.", "af_heart"), ("Second.", "am_adam"))
    speaker.voices()
    vendor.faults.next("503", where="text-to-speech/" + _voice_of(speaker, "am_adam"))
    with pytest.raises(ProviderFault) as fault:
        speaker.speak(request)
    assert fault.value.safe and fault.value.usage.units == len("First.")
    rest = speaker.speak(request).usage
    assert rest.units == len("Second.") and len(vendor.bill.rows) == 2
    assert rest.cost_usd + fault.value.usage.cost_usd == vendor.bill.total


def _voice_of(speaker, wanted):
    return stand_in(wanted, "en", speaker.voices("en")).id


def test_a_line_lost_after_billing_is_ambiguous(client, vendor):
    vendor.faults.next("timeout_after", seconds=0.1, where="text-to-speech")
    with pytest.raises(ProviderFault) as fault:
        client().speak(ask(("First.", "af_heart")))
    assert fault.value.ambiguous and not fault.value.safe and vendor.bill.total > 0


@pytest.mark.parametrize(
    ("word", "shape", "kind"),
    [
        ("quota_exceeded", "legacy", "credits"),
        ("insufficient_credits", "object", "credits"),
        ("invalid_api_key", "legacy", "key"),
        ("authentication", "string", "key"),
        ("missing_permissions", "list", "key"),
    ],
)
def test_401_is_read_before_the_key_is_blamed(client, vendor, word, shape, kind):
    vendor.faults.next("401", word=word, shape=shape, where="text-to-speech")
    with pytest.raises(ProviderFault) as fault:
        client().speak(ask(("First.", "af_heart")))
    assert fault.value.kind == kind and vendor.bill.total == 0


@pytest.mark.parametrize("shape", ["object", "legacy", "list", "string"])
def test_the_judge_reads_every_shape(vendor, shape):
    body = json.loads(vendor.error(Trouble(400, "No.", "quota_exceeded", shape=shape)).body)
    assert judge(400, body) == ("" if shape == "string" else "credits")


def test_messages_keep_key_and_text_to_themselves(client, vendor):
    vendor.faults.next("401", where="text-to-speech")
    with pytest.raises(ProviderFault) as fault:
        client().speak(ask((STORY, "af_heart")))
    assert vendor.key not in str(fault.value) and "old clock" not in str(fault.value)


def test_the_key_elsewhere_is_refused(client, vendor):
    with pytest.raises(ProviderFault) as fault:
        client(key="el-of-somebody-else").voices()
    assert fault.value.kind == "key"


def test_nothing_to_say_is_refused_and_free(client, vendor):
    with pytest.raises(ProviderRefusal):
        client().speak(SpeechRequest((Utterance("—", "", "af_heart"),)))
    assert not vendor.requests


def test_an_aligner_gives_each_word_its_place(client):
    words = tuple("the cat sat on the mat".split())
    spans = client(ElevenLabsAligner).align(media.wav(3), words)
    assert len(spans) == len(words)
    assert all(start < end for start, end in spans) and spans[-1][1] <= 3.0


def test_columns_that_do_not_belong_together_give_nothing():
    assert timing.words_of({"characters": ["a"], "character_start_times_seconds": []}) == []
    assert timing.words_of(None) == []


@pytest.mark.parametrize(("asked", "billed"), [(3, 3), (0, 4), (90, 30)])
def test_a_sound_is_billed_by_the_second(client, vendor, asked, billed):
    result = client(ElevenLabsSounds).sound(SoundRequest("a door creaks", asked))
    assert result.seconds == pytest.approx(billed, abs=0.1) and result.media_type == "audio/mpeg"
    assert result.usage.units == billed and result.usage.cost_usd == vendor.bill.total


def test_music_is_as_long_as_asked_and_without_voices(client, vendor):
    result = client(ElevenLabsMusic).compose(MusicRequest("calm harp", 12))
    assert result.seconds == pytest.approx(12, abs=0.1) and result.usage.units == 12
    assert sent(vendor, "music")[0]["force_instrumental"] is True


def test_music_after_a_work_of_others_is_the_user_s_to_mend(client):
    with pytest.raises(ProviderRefusal) as refusal:
        client(ElevenLabsMusic).compose(MusicRequest("in the style of a famous band", 12))
    assert refusal.value.kind == "moderation"


@pytest.mark.parametrize("kind", ["truncated_media", "wrong_media"])
def test_music_that_is_no_good_is_a_fault_that_was_paid(client, vendor, kind):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        client(ElevenLabsMusic).compose(MusicRequest("calm harp", 12))
    assert fault.value.kind == "garbage" and fault.value.usage.units == 12
