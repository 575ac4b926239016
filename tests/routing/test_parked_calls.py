"""Pictures and voices that a vendor has in work: the step parks, and its job is collected, never paid again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import Usage
from pipeline.errors import Later
from pipeline.language.picture import Brief
from pipeline.language.spoken import spoken
from pipeline.models import Slot, VendorJob
from pipeline.providers.base import ImageRequest, SpeechRequest, Utterance
from pipeline.providers.modelslab import api
from pipeline.routing import voices
from pipeline.routing.book import Book
from pipeline.routing.router import Router
from tests.fakes import fake
from tests.fakes.driving import pass_time

pytestmark = pytest.mark.django_db
PICTURE = ImageRequest("the fox walks", Brief(), width=640, height=360)
LINES = ("The fox came home.", "Nobody was there.", "He lay down and slept.")
SPEECH = SpeechRequest(tuple(Utterance(line, spoken(line), "af_heart", 0.2) for line in LINES))
ENDED = 250.0  # seconds: more than the deadline of a call


@pytest.fixture
def vendor(monkeypatch):
    monkeypatch.setattr(voices, "aligner", lambda: None)
    with fake("modelslab") as vendor:
        monkeypatch.setenv(vendor.env_key, vendor.key)
        monkeypatch.setenv(vendor.env_url, vendor.url)
        vendor.slow = {"images", "voice"}
        yield vendor


def draw(step):
    """One attempt of a worker, in a process that remembers nothing."""
    return Router(step=step, digest="a" * 64, stopping=lambda: False).capability("image").draw(PICTURE)


def speak(step):
    step.run.tier = "free"
    return Router(step=step, digest="b" * 64, stopping=lambda: False).capability("speech").speak(SPEECH)


def finished(verb, step, attempts=20):
    for _ in range(attempts):
        try:
            return verb(step)
        except Later:
            continue
    raise AssertionError("it never ended")


def paid(vendor):
    return [one for one in vendor.requests if one.path.endswith(("text-to-image", "text-to-speech"))]


def outcomes():
    return list(Usage.objects.order_by("pk").values_list("outcome", flat=True))


def dies(*_, **__):
    raise SystemExit


def test_the_ticket_stands_before_the_picture_is_asked_for(step, vendor):
    with pytest.raises(Later) as later:
        draw(step)
    job = VendorJob.objects.get()
    assert job.ticket["id"] in vendor.jobs and job.step == step.pk and later.value.seconds == vendor.eta
    assert not [one for one in vendor.requests if "/fetch/" in one.path]
    assert outcomes() == ["sent"] and Slot.objects.get().holder == job.call


def test_a_parked_picture_is_one_paid_row(step, vendor):
    assert finished(draw, step).width == 640
    row = Usage.objects.get()
    assert (row.outcome, row.vendor_id) == ("succeeded", next(iter(vendor.jobs)))
    assert len(paid(vendor)) == len(vendor.bill.rows) == 1 and row.cost_usd == row.estimate_usd > 0
    assert not Slot.objects.exists() and VendorJob.objects.get().closed


def test_a_quick_job_is_waited_for(step, vendor, monkeypatch):
    vendor.eta, vendor.polls_needed = 0.5, 1
    monkeypatch.setattr(api, "SOONEST", 0.01)
    assert draw(step).width == 640
    assert outcomes() == ["succeeded"] and VendorJob.objects.get().closed


@pytest.mark.parametrize("verb", [draw, speak])
def test_killed_while_it_polled_nothing_is_paid_twice(step, vendor, monkeypatch, verb):
    """Every look of every attempt is the last of its process."""
    vendor.eta = 0.5
    with monkeypatch.context() as dying:
        dying.setattr(api.Base, "waited", dies)
        with pytest.raises(SystemExit):
            verb(step)
    monkeypatch.setattr(api.Base, "soon", 0.0)
    finished(verb, step)
    assert outcomes() == ["succeeded"] and len(paid(vendor)) == len(vendor.bill.rows) == len(vendor.jobs)
    assert len(paid(vendor)) == (1 if verb is draw else len(LINES))


def test_killed_before_the_ticket_stood_is_ambiguous_and_repeated_once(step, vendor, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(Book, "hold", dies)
        with pytest.raises(SystemExit):
            draw(step)
    finished(draw, step)
    assert outcomes() == ["ambiguous", "succeeded"]


def test_killed_after_the_picture_came_it_is_not_asked_for_again(step, vendor, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr("pipeline.routing.validate.check", dies)
        with pytest.raises(SystemExit):
            finished(draw, step)
    asked = len(vendor.requests)
    Slot.objects.create(holder=Usage.objects.get().call, key="modelslab", until=timezone.now() + timedelta(minutes=4))
    assert draw(step).width == 640 and len(vendor.requests) == asked
    assert outcomes() == ["succeeded"] and VendorJob.objects.get().closed and not Slot.objects.exists()


def test_a_picture_that_never_ends_is_given_up_by_its_deadline(step, vendor):
    vendor.faults.next("endless")
    with pytest.raises(Later):
        draw(step)
    pass_time(ENDED)
    assert finished(draw, step).width == 640
    first, second = Usage.objects.order_by("pk")
    assert (first.outcome, first.fault) == ("ambiguous", "late: it was not done in time")
    assert second.outcome == "succeeded" and second.model != first.model
    assert not Slot.objects.exists() and not VendorJob.objects.filter(closed=None).exists()


def test_models_that_never_end_are_each_asked_once(step, vendor):
    vendor.faults.next("endless", times=9)
    for _ in range(8):
        try:
            result = draw(step)
            break
        except Later:
            pass_time(ENDED)
    assert result.usage.provider == "local" and len(paid(vendor)) == 2
    assert outcomes() == ["ambiguous", "ambiguous", "succeeded"]


def test_a_job_that_failed_costs_nothing_and_another_is_begun(step, vendor):
    vendor.faults.next("failed_job")
    assert finished(draw, step).width == 640
    assert outcomes() == ["failed", "succeeded"] and len(vendor.bill.rows) == 1


def test_faults_of_asking_change_nothing(step, vendor):
    for kind in ("502", "429", "wrong_json"):
        vendor.faults.next(kind, where="fetch")
    finished(draw, step)
    assert outcomes() == ["succeeded"] and len(paid(vendor)) == 1


def test_a_model_that_left_the_route_is_still_asked_for_its_picture(step, vendor):
    with pytest.raises(Later):
        draw(step)
    model = Usage.objects.get().model
    image = Router(step=step, digest="a" * 64, stopping=lambda: False).capability("image")
    image.choices = image.choices[1:]
    assert finished(lambda _: image.draw(PICTURE), step).usage.model == model
    assert len(paid(vendor)) == 1


# -- voices: many paid jobs in one row ------------------------------------------------------------
def test_a_scene_of_parked_utterances_is_one_row_at_the_bill(step, vendor):
    result = finished(speak, step)
    row = Usage.objects.get()
    assert [word.text for word in result.words] == " ".join(LINES).split()
    assert len(paid(vendor)) == len(LINES) and row.units == sum(one.units for one in vendor.bill.rows)
    assert row.vendor_id.split() == list(vendor.jobs) and row.outcome == "succeeded"
    assert not Slot.objects.exists() and VendorJob.objects.get().closed


def test_utterances_that_came_at_once_are_kept_while_a_later_one_is_parked(step, vendor):
    vendor.slow = set()
    begin, seen = vendor._begin, []

    def begun(*facts):
        seen.append(facts)
        vendor.slow = {"voice"} if len(seen) == 2 else set()
        return begin(*facts)

    vendor._begin = begun
    finished(speak, step)
    assert len(paid(vendor)) == len(LINES) and outcomes() == ["succeeded"]
    assert Usage.objects.get().units == sum(one.units for one in vendor.bill.rows)


def test_killed_between_two_utterances_what_is_known_is_booked_and_kept(step, vendor, monkeypatch):
    """The second one was handed in, and nobody knows whether it was paid: that alone is repeated."""
    with pytest.raises(Later):
        speak(step)
    with monkeypatch.context() as dying:
        dying.setattr(Book, "hold", dies)
        with pytest.raises(SystemExit):
            finished(speak, step)
    finished(speak, step)
    lost, row = Usage.objects.order_by("pk")
    assert (lost.outcome, row.outcome) == ("ambiguous", "succeeded")
    assert len(paid(vendor)) == len(LINES) + 1
    twice = len(json.loads(paid(vendor)[1].body)["prompt"])
    assert lost.units + row.units + twice == sum(one.units for one in vendor.bill.rows)
