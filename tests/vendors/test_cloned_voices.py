"""A voice is cloned with consent alone, of a sample that will do, for one workspace; deleted it is gone at the vendor too."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Audit
from accounts.services import open_workspace
from billing.models import Plan, Usage
from pipeline import choices, wiping
from pipeline.models import ClonedVoice, Run, Step
from pipeline.providers.base import SpeechRequest, Utterance
from pipeline.routing import cloning, voices
from pipeline.routing.router import Router
from pipeline.stages import casting
from tests.fakes import fake
from tests.providers.test_cloning import noisy, voice, wav

pytestmark = pytest.mark.django_db
GOOD = wav(voice(20))
ASKED = {"name": "Grandmother", "speaker": "Ida Berg", "language": "en", "agreed": "on"}


@pytest.fixture
def elevenlabs(monkeypatch):
    monkeypatch.setattr(voices, "_lists", {})
    with fake("elevenlabs") as running:
        monkeypatch.setenv(running.env_url, running.url)
        monkeypatch.setenv(running.env_key, running.key)
        yield running


def clone(client, sample=GOOD, **more):
    given = {**ASKED, **more, "sample": SimpleUploadedFile("ida.wav", sample)}
    return client.post(reverse("clone_voice"), {k: v for k, v in given.items() if v is not None})


@pytest.fixture
def ida(editor, elevenlabs):
    assert clone(editor).status_code == 302
    return ClonedVoice.objects.get()


def test_who_consented_when_and_in_which_words_is_kept(ida, world, editor):
    assert (ida.consent_by, ida.speaker, ida.consent) == (world.people["editor"], "Ida Berg", cloning.consent_words())
    assert ida.sample_sha256 == hashlib.sha256(GOOD).hexdigest() and 19 < ida.sample_seconds < 21
    told = Audit.objects.get(action="voice.cloned")
    assert told.facts["consent"] == ida.consent and told.actor == world.people["editor"]
    assert ida.consent in editor.get(reverse("cloned_voices")).content.decode()
    assert Usage.objects.get(capability="cloning").outcome == "succeeded"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agreed": None}, "consent"), ({"speaker": " "}, "whose voice"), ({"sample": b""}, "Choose a recording"),
        ({"sample": b"not a sound"}, "read"), ({"sample": wav(voice(5))}, "too short"),
        ({"sample": wav(noisy(20))}, "too much noise"), ({"sample": wav(voice(20, level=0.002))}, "too quiet"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_said_before_anybody_is_paid(editor, elevenlabs, change, said):
    page = clone(editor, **change)
    assert page.status_code == 422 and said in page.content.decode()
    assert not ClonedVoice.objects.exists() and not Usage.objects.exists() and not elevenlabs.samples


def test_a_vendor_that_fails_leaves_nothing_but_its_row(editor, elevenlabs):
    elevenlabs.faults.next("500")
    assert "could not clone the voice" in clone(editor).content.decode()
    assert Usage.objects.get().outcome in ("failed", "ambiguous") and not ClonedVoice.objects.exists()


def test_a_deleted_voice_is_gone_at_the_vendor(ida, editor, elevenlabs):
    editor.post(reverse("drop_voice", args=[ida.pk]))
    ida.refresh_from_db()
    assert ida.deleted and not elevenlabs.samples and Audit.objects.filter(action="voice.deleted").exists()


def test_while_the_vendor_is_away_the_voice_still_stands(ida, editor, elevenlabs):
    elevenlabs.faults.next("503", times=3)
    assert "could not delete" in editor.post(reverse("drop_voice", args=[ida.pk]), follow=True).content.decode()
    assert not ClonedVoice.objects.get().deleted and elevenlabs.samples


def test_a_workspace_takes_its_voices_along(ida, world, elevenlabs):
    wiping.wipe(world.workspace)
    assert not elevenlabs.samples


def test_the_tier_says_whether(editor, elevenlabs):
    Plan.objects.update(tier="standard")
    assert "Cloned voices come with Premium" in editor.get(reverse("cloned_voices")).content.decode()
    assert clone(editor).status_code == 422


def test_it_may_be_chosen_as_the_narrator(ida, world, editor):
    page = editor.get(reverse("how", args=[world.source.pk]), {"chapters": 1, "voice": ida.voice_id}).content.decode()
    assert f'<option value="{ida.voice_id}" selected>' in page
    catalogue = cloning.voices(world.workspace.pk, ida.voice_id)
    assert casting.best(catalogue, "en", ida.voice_id) == ida.voice_id
    assert ida.voice_id not in [c.value for c in choices.voices("en", "", open_workspace(world.stranger))]


def speak(world, voice_id):
    Run.objects.update(tier="premium")
    step = Step.objects.filter(run__workspace=world.workspace).first()
    request = SpeechRequest((Utterance("Good night.", "Good night.", voice_id),))
    Router(step=step, digest="d" * 64, stopping=bool).capability("speech").speak(request)


def spoken_by(vendor):
    paths = [one.path for one in vendor.requests if "/text-to-speech/" in one.path]
    return paths[-1].split("/text-to-speech/")[1].partition("/")[0]


def test_it_speaks_even_though_the_vendor_s_list_was_read_before(world, editor, elevenlabs):
    speak(world, "bm_george")
    clone(editor)
    made = ClonedVoice.objects.get()
    speak(world, made.voice_id)
    assert spoken_by(elevenlabs) == made.voice_id


def test_it_speaks_for_nobody_else(ida, world, elevenlabs):
    ClonedVoice.objects.update(workspace=open_workspace(world.stranger))
    assert cloning.voices(world.workspace.pk, ida.voice_id) == ()
    speak(world, ida.voice_id)
    assert spoken_by(elevenlabs) != ida.voice_id
