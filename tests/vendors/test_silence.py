"""No key, no prompt and no word of a manuscript is in any log line, event, error or row, whatever goes wrong."""

from __future__ import annotations

import json
import logging
import traceback

import pytest
from django.core import serializers
from django.urls import reverse
from django.views.debug import ExceptionReporter

from accounts.models import Audit
from billing.models import CostAlert, Usage
from pipeline import tasks
from pipeline.errors import Later
from pipeline.models import Allowance, Circuit, Doorbell, Event, OwnKey, Run, Slot, Step, VendorJob
from pipeline.providers.base import (
    Brief,
    CloneRequest,
    ImageRequest,
    LipsyncRequest,
    ModerationRequest,
    SpeechRequest,
    TextRequest,
    TranscriptionRequest,
    Utterance,
    VideoRequest,
)
from pipeline.routing import calls, keys
from pipeline.routing.router import SLOW, Router
from tests.fakes import FAKES, fake, media
from tests.providers.test_cloning import voice, wav

pytestmark = pytest.mark.django_db
SECRET = "quokkalamp"
WORDS = f"The {SECRET} came in by night, and nobody saw the {SECRET} leave."
FAULTS = (
    "",
    "401",
    "402",
    "404",
    "429",
    "500",
    "503",
    "cut",
    "wrong_json",
    "error_in_200",
    "refused",
    "prose",
    "too_long",
)
ROWS = (Event, Step, Run, Usage, Circuit, Allowance, Slot, VendorJob, Doorbell, Audit, CostAlert, OwnKey)


@pytest.fixture
def vendors(monkeypatch):
    running = {name: fake(name).start() for name in FAKES}
    for one in running.values():
        monkeypatch.setenv(one.env_key, one.key)
        monkeypatch.setenv(one.env_url, one.url)
    monkeypatch.setattr(calls, "rest", lambda *a, **k: None)  # nobody waits here
    yield running
    for one in running.values():
        one.stop()


class Ear(logging.Handler):
    """Everything that anybody logs, as it would be written, tracebacks too."""

    def __init__(self):
        super().__init__(logging.NOTSET)
        self.heard = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record):
        self.heard.append(self.format(record))


@pytest.fixture
def ear():
    handler, root = Ear(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


def requests(tmp_path):
    sound = tmp_path / "said.wav"
    sound.write_bytes(media.remember(media.wav(2.0), WORDS))
    picture = media.picture(640, 360)
    return {
        "text": TextRequest("abridge", WORDS, system=WORDS, max_tokens=50),
        "image": ImageRequest(WORDS, Brief(), width=1280, height=720),
        "speech": SpeechRequest((Utterance(WORDS, WORDS, "bm_george"),)),
        "video": VideoRequest(WORDS, picture, 5.0),
        "lipsync": LipsyncRequest(video=media.film(320, 180, 1.0), audio=sound.read_bytes(), seconds=1.0),
        "transcription": TranscriptionRequest(str(sound), "en"),
        "moderation": ModerationRequest(WORDS),
    }


def everything(ear, said):
    rows = "\n".join(serializers.serialize("json", model.objects.all()) for model in ROWS)
    return "\n".join([*ear.heard, *said, rows])


def ask(step, capability, request, number, said):
    router = Router(step=step, digest=f"{number:064d}", stopping=bool)
    for _ in range(4):
        try:
            if capability in SLOW:
                getattr(router.slow(capability), SLOW[capability])(request)
            else:
                getattr(router.capability(capability), calls.VERBS[capability])(request)
            return
        except Later:
            continue
        except Exception as error:
            logging.getLogger("litink.work").exception("step %s failed", step.pk)
            said += [str(error), "".join(traceback.format_exception(error))]
            return


@pytest.mark.slow
def test_whatever_goes_wrong_nothing_is_told_of_keys_and_words(world, vendors, ear, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.routing.local.provider", lambda capability: None)
    Run.objects.update(tier="premium")
    step, said = Step.objects.filter(run=world.going.run).first(), []
    for number, fault in enumerate(FAULTS):
        for place, (capability, request) in enumerate(requests(tmp_path).items()):
            for vendor in vendors.values():
                vendor.faults.clear()
                if fault:
                    vendor.faults.next(fault, times=3)
            ask(step, capability, request, number * 100 + place, said)
        Circuit.objects.update(until=None, faults=0, probing=None)
    assert Usage.objects.filter(outcome="succeeded").count() >= len(FAULTS)
    assert any(SECRET.encode() in one.body for one in vendors["openrouter"].requests)
    assert said and any("failed" in line for line in ear.heard)
    told = everything(ear, said).lower()
    assert SECRET not in told
    for vendor in vendors.values():
        assert vendor.key.lower() not in told and vendor.key[8:40].lower() not in told, vendor.name


def test_nor_of_keys_and_recordings_that_members_bring(owner, vendors, ear, world):
    secret = vendors["openrouter"].key
    for key in (secret, f"wrong-{SECRET}-" + "k" * 30):
        owner.post(reverse("bring_key"), {"vendor": "openrouter", "secret": key})
    vendors["elevenlabs"].faults.next("500")
    made = keys.ours()["elevenlabs"].build("cloning", "")
    with pytest.raises(Exception) as error:
        made.clone(CloneRequest(SECRET, wav(voice(20))))
    told = everything(ear, [str(error.value), *traceback.format_exception(error.value)]).lower()
    assert OwnKey.objects.count() == 1 and secret.lower() not in told and SECRET not in told


def test_an_error_report_of_the_page_hides_the_key(rf, world):
    request = rf.post(reverse("bring_key"), {"vendor": "openrouter", "secret": SECRET})
    request.sensitive_post_parameters = ("secret",)
    told = ExceptionReporter(request, ValueError, ValueError("x"), None).get_traceback_text()
    assert "bring" in told and SECRET not in told


def test_what_breaks_in_a_stage_is_logged_without_its_words(world, ear, monkeypatch):
    step = Step.objects.filter(run=world.going.run, status="pending").first()
    Step.objects.filter(pk=step.pk).update(ready=True)
    monkeypatch.setattr(tasks.context, "build", lambda *a, **k: json.loads(WORDS))
    tasks.work(step.pk)
    step.refresh_from_db()
    assert "support has the details" in step.error and SECRET not in everything(ear, [])
