"""Jobs of slow vendors, against their fakes: paid once, polled or woken, fetched at once, given up when lost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import Usage
from pipeline.errors import Later
from pipeline.models import Doorbell, Slot, Status, Step, VendorJob
from pipeline.providers.base import VideoRequest
from pipeline.providers.openrouter.webhooks import sign
from pipeline.routing import jobs, spool
from pipeline.routing.router import Router
from tests.fakes import fake, media

pytestmark = pytest.mark.django_db
ASK = VideoRequest("the fox walks", media.picture(640, 360), 5.0)
DIGEST = "e" * 64


@pytest.fixture
def modelslab(monkeypatch):
    with fake("modelslab") as vendor:
        monkeypatch.setenv(vendor.env_key, vendor.key)
        monkeypatch.setenv(vendor.env_url, vendor.url)
        yield vendor


@pytest.fixture
def openrouter(monkeypatch):
    with fake("openrouter") as vendor:
        monkeypatch.setenv(vendor.env_key, vendor.key)
        monkeypatch.setenv(vendor.env_url, vendor.url)
        monkeypatch.setenv("OPENROUTER_WEBHOOK_SECRET", vendor.secret)
        yield vendor


def animate(step):
    """One attempt of a worker, in a process that remembers nothing."""
    return Router(step=step, digest=DIGEST, stopping=lambda: False).slow("video").animate(ASK)


def finished(step, attempts=8):
    """The result, however often the step parks before it."""
    for _ in range(attempts):
        try:
            return animate(step)
        except Later:
            continue
    raise AssertionError("it never ended")


def parked(step):
    with pytest.raises(Later):
        animate(step)
    Step.objects.filter(pk=step.pk).update(
        status=Status.PENDING, ready=True, not_before=timezone.now() + timezone.timedelta(minutes=5)
    )
    return VendorJob.objects.get()


def submitted(vendor):
    return [one for one in vendor.requests if one.path.endswith(("image-to-video", "/videos"))]


def test_the_ticket_stands_before_anybody_asks(step, modelslab):
    with pytest.raises(Later) as later:
        animate(step)
    job = VendorJob.objects.get()
    assert job.ticket["id"] in modelslab.jobs and not [r for r in modelslab.requests if "/fetch/" in r.path]
    assert later.value.seconds == modelslab.eta


def test_a_finished_job_is_one_paid_row_and_a_file(step, modelslab):
    result = finished(step)
    row = Usage.objects.get()
    assert (row.outcome, row.vendor_id) == ("succeeded", next(iter(modelslab.jobs)))
    assert result.data == b"" and result.path.parent == spool.folder(DIGEST) and result.seconds == 5.0
    assert not Slot.objects.exists() and VendorJob.objects.get().closed


def test_killed_between_submit_and_poll_nothing_is_paid_twice(step, modelslab):
    with pytest.raises(Later):
        animate(step)
    finished(step)
    assert len(submitted(modelslab)) == len(modelslab.bill.rows) == 1


def test_killed_after_the_vendors_yes_and_before_our_row_the_ticket_is_found(step, modelslab, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(jobs, "asdict", lambda ticket: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            animate(step)
    assert VendorJob.objects.get().ticket is None
    finished(step)
    assert len(submitted(modelslab)) == 1


def test_killed_while_it_submitted_is_ambiguous_and_repeated_once(step, modelslab, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(spool, "put", lambda *a: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            animate(step)
    finished(step)
    assert list(Usage.objects.order_by("pk").values_list("outcome", flat=True)) == ["ambiguous", "succeeded"]


def test_killed_after_the_film_came_it_is_not_fetched_again(step, modelslab, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(jobs.validate, "check", lambda *a: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            finished(step)
    asked = len(modelslab.requests)
    assert animate(step).seconds == 5.0 and len(modelslab.requests) == asked


def test_an_address_that_ended_is_asked_for_again(step, modelslab):
    modelslab.faults.next("expired_url")
    assert finished(step).seconds == 5.0
    assert len(submitted(modelslab)) == 1 and Usage.objects.get().outcome == "succeeded"


def test_an_address_that_stays_ended_is_paid_and_given_up(step, modelslab):
    modelslab.faults.next("expired_url", times=jobs.FAULTS)
    assert finished(step, attempts=20) is None
    assert Usage.objects.get().outcome == "garbage" and len(submitted(modelslab)) == 1


def test_a_film_that_is_none_is_paid_and_not_bought_again(step, modelslab):
    modelslab.faults.next("wrong_media")
    assert finished(step) is None
    assert Usage.objects.get().outcome == "garbage"


def test_a_job_that_never_ends_is_given_up(step, modelslab):
    modelslab.faults.next("endless")
    with pytest.raises(Later):
        animate(step)
    VendorJob.objects.update(submitted=timezone.now() - timezone.timedelta(hours=1))
    finished(step)
    assert Usage.objects.order_by("pk").first().fault == "it was not done in time"


def test_a_model_that_left_the_route_is_still_asked_for_its_job(step, modelslab):
    parked(step)
    router = Router(step=step, digest=DIGEST, stopping=lambda: False)
    capability = router.slow("video")
    capability.choices = []
    for _ in range(4):
        try:
            result = capability.animate(ASK)
            break
        except Later:
            continue
    assert result.seconds == 5.0


# -- webhooks -------------------------------------------------------------------------------------
def told(client, token, body, **headers):
    return client.post(reverse("vendor_webhook", args=[token]), body, content_type="application/json", headers=headers)


def test_a_webhook_wakes_the_step_and_a_second_changes_nothing(step, modelslab, client):
    job = parked(step)
    body = json.dumps({"id": job.ticket["id"], "status": "success", "output": ["https://elsewhere.example/x.mp4"]})
    assert [told(client, job.token, body).status_code for _ in range(2)] == [204, 204]
    step.refresh_from_db()
    assert step.not_before is None and Doorbell.objects.filter(step=step.pk).count() == 1
    finished(step)
    assert told(client, job.token, body).status_code == 404
    assert len(modelslab.bill.rows) == 1


def test_what_a_webhook_says_is_not_believed(step, modelslab, client):
    """Its status and its links are nobody's word: the job is asked for, and is not done yet."""
    job = parked(step)
    told(client, job.token, json.dumps({"id": job.ticket["id"], "status": "failed", "output": ["http://10.0.0.1/"]}))
    with pytest.raises(Later):
        animate(step)
    assert Usage.objects.get().outcome == "sent"


@pytest.mark.parametrize("body", [b'{"id": 99, "status": "success"}', b"not JSON", b"[]", b'{"id": true}'])
def test_a_webhook_about_another_job_wakes_nobody(step, modelslab, client, body):
    job = parked(step)
    assert told(client, job.token, body).status_code == 404
    assert Step.objects.get(pk=step.pk).not_before


def test_a_guessed_address_is_none(step, modelslab, client):
    job = parked(step)
    assert told(client, job.token[:-1] + "x", json.dumps({"id": job.ticket["id"]})).status_code == 404
    assert client.get(reverse("vendor_webhook", args=[job.token])).status_code == 405


def signed(job, secret, at=None):
    body = json.dumps(
        {"type": "video.generation.completed", "data": {"id": job.ticket["id"], "status": "completed"}}
    ).encode()
    stamp = int(at if at is not None else timezone.now().timestamp())
    return body, {"X-OpenRouter-Signature": f"t={stamp},v1={sign(secret, stamp, body)}"}


def test_a_signed_webhook_wakes_and_a_forged_or_stale_one_does_not(step, openrouter, client):
    job = parked(step)
    forged, stale = signed(job, "another secret"), signed(job, openrouter.secret, at=1)
    answers = [told(client, job.token, body, **headers).status_code for body, headers in (forged, stale)]
    assert answers == [404, 404] and Step.objects.get(pk=step.pk).not_before
    body, headers = signed(job, openrouter.secret)
    assert told(client, job.token, body).status_code == 404  # not signed at all
    assert told(client, job.token, body, **headers).status_code == 204
    assert Step.objects.get(pk=step.pk).not_before is None


def test_vendors_are_told_an_address_only_where_they_can_reach_us(step, modelslab, settings):
    settings.SITE_URL, modelslab.webhook_delay = "https://litink.example", 3600.0
    parked(step)
    asked = json.loads(submitted(modelslab)[0].body)
    assert asked["webhook"] == f"https://litink.example/vendors/told/{VendorJob.objects.get().token}/"


def test_the_ledger_is_the_vendors_bill(step, openrouter):
    result = finished(step)
    assert Usage.objects.get().cost_usd == openrouter.bill.total == result.usage.cost_usd != Decimal(0)
    assert len(submitted(openrouter)) == 1
