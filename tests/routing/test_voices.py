"""A voice that was paid by half is not paid again: neither by the next try, nor after the step was parked."""

from __future__ import annotations

import pytest

from billing.models import Usage
from pipeline.errors import Later
from pipeline.models import RouteOverride
from pipeline.providers.base import SpeechRequest, Utterance
from pipeline.routing import catalogue
from pipeline.routing.router import Router
from tests.fakes import vendors
from tests.fakes.driving import pass_time

pytestmark = pytest.mark.django_db
SAID = SpeechRequest(
    tuple(Utterance(text, text, "af_heart", 0.1) for text in ("Once a fox found a lamp.", "It was an owl's, she said."))
)
SPEAKERS = {"elevenlabs": "elevenlabs:eleven_multilingual_v2", "openai": "openai:gpt-4o-mini-tts", "modelslab": "modelslab:inworld-tts-1"}  # fmt: skip


@pytest.fixture(params=sorted(SPEAKERS))
def fake(request, monkeypatch, tmp_path):
    with vendors.running(request.param) as found:
        for name, value in vendors.settings_of(found, tmp_path).items():
            monkeypatch.setenv(name, value)
        catalogue.current.cache_clear()
        RouteOverride.objects.create(capability="speech", route=[SPEAKERS[request.param]], reason="test")
        yield found[request.param]
    catalogue.current.cache_clear()


def speak(step):
    return Router(step=step, digest="d" * 64, stopping=lambda: False).capability("speech").speak(SAID)


def fail_at_second(fake, **fault):
    """The first utterance is spoken, the second fails."""
    take = fake.faults.take
    seen = []

    def second(path, digest, kinds):
        if "speech" in path and "fetch" not in path and "429" in kinds:
            seen.append(digest)
            if len(seen) == 2:
                fake.faults.next("429", **fault)
        return take(path, digest, kinds)

    fake.faults.take = second


@pytest.mark.parametrize("wait", [0.05, 20.0])
def test_what_was_said_before_a_failure_is_paid_once(step, fake, wait):
    fail_at_second(fake, retry_after=wait)
    try:
        result = speak(step)
    except Later:  # another process goes on with it
        pass_time(30.0)
        result = speak(step)
    assert result.samples > 0
    letters = sum(len(one.text) for one in SAID.utterances)
    assert sum(row.units for row in fake.bill.rows) == letters
    assert sum(Usage.objects.values_list("units", flat=True)) == letters
