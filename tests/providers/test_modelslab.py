"""ModelsLab against its fake: three answers inside a 200, jobs, outputs that go away, a webhook nobody signed."""

from __future__ import annotations

import base64
import io
import json
from decimal import Decimal

import pytest
from PIL import Image

from pipeline.language.picture import Brief
from pipeline.language.spoken import spoken
from pipeline.providers.base import (
    ImageRequest,
    LipsyncRequest,
    MusicRequest,
    ProviderFault,
    ProviderRefusal,
    SoundRequest,
    SpeechRequest,
    Ticket,
    Utterance,
    VideoRequest,
)
from pipeline.providers.modelslab import (
    ModelsLabAnimator,
    ModelsLabIllustrator,
    ModelsLabLipsyncer,
    ModelsLabMusic,
    ModelsLabSounds,
    ModelsLabSpeaker,
    job_of,
)
from pipeline.providers.modelslab import images as images_module
from pipeline.providers.modelslab import video as video_module
from tests.fakes import media
from tests.fakes.messages import Trouble
from tests.fakes.modelslab import FakeModelsLab

PROMPT = "a rabbit in a waistcoat looks at his watch under the old oak"
TEXT = "In 1865 the old clock struck nine, and all went home."


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.naps = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.naps.append(seconds)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def vendor(start):
    return start(FakeModelsLab)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(vendor, clock):
    def make(kind=ModelsLabIllustrator, model="", **more):
        options = {
            "key": vendor.key,
            "base_url": vendor.url,
            "allow_private": True,
            "sleep": clock.sleep,
            "clock": clock,
        }
        return kind(**{**options, "model": model, **more})

    return make


def picture(width=1280, height=720, **more) -> ImageRequest:
    return ImageRequest(PROMPT, Brief(), width=width, height=height, **more)


def moving(seconds=5.0, **more) -> VideoRequest:
    return VideoRequest("the rabbit runs", media.picture(320, 180, "rabbit"), seconds, **more)


def said(text=TEXT, voice="af_heart") -> SpeechRequest:
    return SpeechRequest((Utterance(text, spoken(text), voice, 0.25),))


def sent(vendor, part) -> list[dict]:
    return [json.loads(one.body) for one in vendor.requests if part in one.path and one.method == "POST"]


# -- pictures -------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", sorted(images_module.MODELS))
def test_every_model_draws_in_just_the_size(client, vendor, model):
    result = client(model=model).draw(picture())
    with Image.open(io.BytesIO(result.data)) as found:
        assert found.size == (result.width, result.height) == (1280, 720)
    assert (result.usage.unit, result.usage.units) == ("images", vendor.bill.rows[0].units)


@pytest.mark.parametrize("model", [name for name, one in images_module.MODELS.items() if one.after])
def test_every_model_draws_after_pictures_it_is_given(client, vendor, model):
    result = client(model=model).draw(picture(references=(media.picture(64, 64, "a"), media.picture(64, 64, "b"))))
    body = sent(vendor, "image-to-image")[0]
    assert body["model_id"] == result.usage.model == images_module.MODELS[model].after
    assert not sent(vendor, "text-to-image")


def test_a_large_reference_is_made_small_enough_to_upload(client, vendor):
    noise = Image.effect_noise((2200, 2200), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    client(model="nano-banana-pro").draw(picture(references=(out.getvalue(),)))
    text = sent(vendor, "base64_to_url")[0]["base64_string"].partition(",")[2]
    assert len(base64.b64decode(text)) <= 5 * 1024 * 1024 < len(out.getvalue())


def test_draw_waits_for_a_queued_picture(client, vendor, clock):
    vendor.slow = {"images"}
    vendor.polls_needed = 3
    assert client().draw(picture()).width == 1280
    assert len(clock.naps) == 3 and clock.naps == sorted(clock.naps)


def test_faults_that_pass_are_waited_out_while_a_job_goes_on(client, vendor):
    vendor.slow = {"images"}
    for kind in ("502", "429", "wrong_json", "cut"):
        vendor.faults.next(kind, where="fetch")
    assert client().draw(picture()).width == 1280
    assert len(vendor.bill.rows) == 1


def test_a_job_that_never_ends_is_given_up_and_may_be_billed(client, vendor, clock):
    vendor.slow = {"images"}
    vendor.faults.next("endless")
    with pytest.raises(ProviderFault) as fault:
        client().draw(picture())
    assert fault.value.ambiguous and not fault.value.safe and clock.now <= 300


def test_a_picture_can_be_parked(client, vendor):
    vendor.slow = {"images"}
    illustrator = client()
    ticket = illustrator.submit(picture())
    assert ticket == Ticket("modelslab", ticket.id, "imagen-4.0-ultra", vendor.eta)
    assert illustrator.collect(ticket) is None
    assert illustrator.collect(ticket, (1280, 720)).width == 1280


def test_a_picture_not_fit_to_be_shown_is_the_user_s(client, vendor):
    with pytest.raises(ProviderRefusal) as refusal:
        client().draw(ImageRequest("naked", Brief(), width=640, height=640))
    assert refusal.value.kind == "moderation" and refusal.value.usage.units == 1


@pytest.mark.parametrize(
    ("kind", "meaning"), [("expired_url", "expired"), ("wrong_media", "garbage"), ("truncated_media", "garbage")]
)
def test_an_output_that_can_t_be_had_is_lost_and_paid(client, vendor, kind, meaning):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        client(prices={"imagen-4.0-ultra": Decimal("0.02")}).draw(picture())
    assert fault.value.kind == meaning and not fault.value.safe
    assert fault.value.usage.cost_usd == vendor.bill.total == Decimal("0.02")


def test_an_output_in_a_private_network_is_never_fetched(client, vendor):
    with pytest.raises(ProviderFault):
        client(allow_private=False).draw(picture())
    assert not [one for one in vendor.requests if one.path.startswith("/media")]


# -- errors -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("shape", ["message", "messege", "error", "200"])
@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Invalid API key", "key"),
        ("Insufficient credits, please recharge", "credits"),
        ("Maximum 5 queued requests", "limit"),
        ("Model not found: x", "missing"),
        ("Video cannot be generated at the moment, try use another model", "server"),
    ],
)
def test_errors_are_told_by_what_they_say(vendor, client, monkeypatch, shape, message, kind):
    monkeypatch.setattr(vendor, "_begin", lambda *_: _trouble(message, shape))
    with pytest.raises(ProviderFault) as fault:
        client().draw(picture())
    assert fault.value.kind == kind and fault.value.safe


def _trouble(message, shape):
    raise Trouble(400, message, shape=shape)


def test_a_sixth_job_waits_as_long_as_the_vendor_says(client, vendor):
    animator = client(ModelsLabAnimator)
    for _ in range(5):
        animator.submit(moving())
    with pytest.raises(ProviderFault) as fault:
        animator.submit(moving())
    assert (fault.value.kind, fault.value.retry_after) == ("limit", 30)


def test_a_failed_job_costs_nothing(client, vendor):
    animator = client(ModelsLabAnimator)
    vendor.faults.next("failed_job")
    ticket = animator.submit(moving())
    assert animator.collect(ticket) is None
    with pytest.raises(ProviderFault) as fault:
        animator.collect(ticket)
    assert fault.value.kind == "server" and fault.value.usage is None and vendor.bill.total == 0


@pytest.mark.parametrize("kind", ["timeout_after", "wrong_json", "cut"])
def test_a_lost_answer_to_a_paid_call_is_ambiguous(client, vendor, kind):
    vendor.faults.next(kind, where="text-to-image", seconds=0.1)
    with pytest.raises(ProviderFault) as fault:
        client().draw(picture())
    assert fault.value.ambiguous and not fault.value.safe and vendor.bill.total > 0


def test_an_error_inside_a_200_is_no_picture_and_no_bill(client, vendor):
    vendor.faults.next("error_in_200", where="text-to-image")
    with pytest.raises(ProviderFault) as fault:
        client().draw(picture())
    assert fault.value.kind == "server" and vendor.bill.total == 0


def test_messages_keep_key_and_prompt_to_themselves(client, vendor, monkeypatch):
    monkeypatch.setattr(vendor, "_begin", lambda *_: _trouble(f"Invalid prompt: {PROMPT} key {vendor.key}", "message"))
    with pytest.raises((ProviderFault, ProviderRefusal)) as error:
        client().draw(picture())
    assert "waistcoat" not in str(error.value) and vendor.key not in str(error.value)


def test_the_key_goes_in_the_body_alone(client, vendor):
    client().draw(picture())
    first = vendor.requests[0]
    assert json.loads(first.body)["key"] == vendor.key and vendor.key not in str(first.headers) + first.path


def test_an_id_is_never_a_path(client):
    with pytest.raises(ProviderRefusal):
        client(ModelsLabAnimator).collect(Ticket("modelslab", "../../v6/delete_image", "seedance-i2v"))


# -- films --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", sorted(video_module.MODELS))
def test_every_model_moves_a_scene(client, vendor, model):
    animator = client(ModelsLabAnimator, model)
    ticket = animator.submit(moving(7.0))
    assert animator.collect(ticket) is None
    result = animator.collect(ticket)
    lengths = video_module.MODELS[model].lengths
    assert result.media_type == "video/mp4" and result.usage.vendor_id == ticket.id
    assert result.seconds == pytest.approx(next((one for one in lengths if one >= 7), 5), abs=0.1)


def test_a_film_whose_address_expired_is_lost_and_paid(client, vendor):
    animator = client(ModelsLabAnimator)
    vendor.polls_needed = 1
    ticket = animator.submit(moving())
    vendor.faults.next("expired_url")
    with pytest.raises(ProviderFault) as fault:
        animator.collect(ticket)
    assert fault.value.kind == "expired" and fault.value.usage.units == 1


def test_a_cut_film_is_noticed(client, vendor):
    animator = client(ModelsLabAnimator)
    vendor.polls_needed = 1
    ticket = animator.submit(moving())
    vendor.faults.next("truncated_media")
    with pytest.raises(ProviderFault) as fault:
        animator.collect(ticket)
    assert fault.value.kind == "garbage"


def test_a_job_of_another_family_is_not_known(client, vendor):
    ticket = client(ModelsLabAnimator).submit(moving())
    with pytest.raises(ProviderFault) as fault:
        client(ModelsLabSounds).collect(ticket)
    assert fault.value.kind == "missing"


def test_lips_move_after_files_were_placed(client, vendor):
    lips = client(ModelsLabLipsyncer)
    film, voice = lips.upload(media.film(320, 180, 2), "video/mp4"), lips.upload(media.wav(2), "audio/wav")
    ticket = lips.submit(LipsyncRequest(film, voice))
    assert lips.collect(ticket) is None and lips.collect(ticket).media_type == "video/mp4"


def test_a_file_beyond_the_vendor_s_size_is_refused_here(client, vendor):
    with pytest.raises(ProviderRefusal):
        client(ModelsLabLipsyncer).upload(bytes(5 * 1024 * 1024 + 1), "video/mp4")
    assert not vendor.requests


# -- webhook ------------------------------------------------------------------------------------------
def test_the_webhook_is_told_of_parked_jobs_only(client, vendor):
    vendor.webhook_delay = 3600
    client(webhook="https://example.test/hooks/9f3").draw(picture())
    client(ModelsLabAnimator, webhook="https://example.test/hooks/9f3").submit(moving())
    assert "webhook" not in sent(vendor, "text-to-image")[0]
    assert sent(vendor, "image-to-video")[0]["webhook"] == "https://example.test/hooks/9f3"


@pytest.mark.parametrize(
    ("body", "id"),
    [
        (b'{"status": "success", "id": "123", "output": ["https://evil.test/a.mp4"]}', "123"),
        (b'{"id": 123}', "123"),
        (b'{"id": true}', ""),
        (b'{"id": "../1"}', ""),
        (b'{"id": ["1"]}', ""),
        (b"[1]", ""),
        (b"no", ""),
        (b"[" * 100_000, ""),
        (b'{"id": "1", "more": "' + b"x" * 300_000 + b'"}', ""),
    ],
)
def test_a_webhook_tells_an_id_or_nothing(body, id):
    assert job_of(body) == id


# -- voice, sound, music ------------------------------------------------------------------------------
@pytest.mark.parametrize("model", ["eleven_multilingual_v2", "inworld-tts-1"])
def test_words_are_found_in_speech_without_times(client, vendor, model):
    result = client(ModelsLabSpeaker, model, prices={model: Decimal("0.00005")}).speak(said())
    assert [word.text for word in result.words] == TEXT.split()
    assert all(0 <= word.start < word.end <= result.samples for word in result.words)
    assert result.usage.units == vendor.bill.rows[0].units and result.usage.cost_usd == vendor.bill.total


def test_an_aligner_is_asked_when_there_is_one(client):
    class Aligner:
        def align(self, audio, words, language="en"):
            return tuple((0.1 * at, 0.1 * at + 0.1) for at in range(len(words)))

    result = client(ModelsLabSpeaker, aligner=Aligner()).speak(said("The cat sat."))
    assert [(word.start, word.end) for word in result.words] == [(0, 2400), (2400, 4800), (4800, 7200)]


def test_long_text_goes_in_pieces(client, vendor):
    text = " ".join(f"Sentence number {at} is told to the end." for at in range(100))
    result = client(ModelsLabSpeaker).speak(said(text))
    assert len(vendor.bill.rows) == 2 and [word.text for word in result.words] == text.split()
    assert all(len(body["prompt"]) <= 2500 for body in sent(vendor, "text-to-speech"))


def test_a_cut_voice_is_a_fault_that_was_paid(client, vendor):
    vendor.faults.next("truncated_media")
    with pytest.raises(ProviderFault) as fault:
        client(ModelsLabSpeaker).speak(said())
    assert fault.value.kind == "garbage" and not fault.value.safe
    assert fault.value.usage.units == vendor.bill.rows[0].units


@pytest.mark.parametrize("slow", [set(), {"voice"}])
def test_sounds_and_music_are_waited_for(client, vendor, slow):
    vendor.slow = slow
    assert client(ModelsLabSounds).sound(SoundRequest("a door creaks", 3)).seconds == pytest.approx(3, abs=0.1)
    assert client(ModelsLabMusic).compose(MusicRequest("calm harp", 12)).media_type == "audio/mpeg"


def test_a_sound_can_be_parked(client, vendor):
    vendor.slow = {"voice"}
    sounds = client(ModelsLabSounds)
    ticket = sounds.submit(SoundRequest("a door creaks", 3))
    assert sounds.collect(ticket) is None and sounds.collect(ticket).seconds > 2.9
