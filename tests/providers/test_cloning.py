"""A voice cloned: only of a sample that will do, and gone when it is deleted."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.language.spoken import spoken
from pipeline.providers import sound, voice_sample
from pipeline.providers.base import CloneRequest, ProviderFault, ProviderRefusal, SpeechRequest, Utterance
from pipeline.providers.elevenlabs import ElevenLabsCloner, ElevenLabsSpeaker
from pipeline.providers.local.speech.speaker import LocalSpeaker
from tests.fakes.elevenlabs import MOST_VOICES, FakeElevenLabs

RATE = sound.RATE
PASSAGE = (
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do. Once or "
    "twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it. The "
    "rabbit took a watch out of its waistcoat pocket, and looked at it, and then hurried on. She ran across the field "
    "after it, and was just in time to see it pop down a large hole under the hedge."
)


def voice(seconds: float, pitch: float = 120.0, level: float = 0.25) -> np.ndarray:
    """Somebody humming in syllables and phrases, the pitch moving as in reading; float samples."""
    time = np.arange(round(seconds * RATE)) / RATE
    glide = pitch * 2 ** (0.15 * np.sin(2 * np.pi * 0.4 * time) + 0.05 * np.sin(2 * np.pi * 1.7 * time))
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    tone = sum(np.sin(part * phase) / part for part in range(1, 8))
    spoken = (np.sin(2 * np.pi * 4 * time) > -0.6) & (time % 3.0 < 2.4)
    dust = np.random.default_rng(5).normal(0, 0.0005, len(time))
    return level * tone / np.abs(tone).max() * spoken + dust


def wav(samples: np.ndarray) -> bytes:
    return sound.riff(np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16))


def noisy(seconds: float) -> np.ndarray:
    return voice(seconds) + np.random.default_rng(3).normal(0, 0.06, round(seconds * RATE))


SAMPLES = {
    "too_short": lambda: voice(6),
    "too_long": lambda: voice(310),
    "too_quiet": lambda: voice(20, level=0.01),
    "too_loud": lambda: voice(20, level=2.5),
    "noisy": lambda: noisy(20),
}


@pytest.fixture
def vendor(start):
    return start(FakeElevenLabs)


@pytest.fixture
def cloner(vendor):
    return ElevenLabsCloner(key=vendor.key, base_url=vendor.url)


@pytest.mark.parametrize("pitch", [90, 140, 210, 260])
def test_one_voice_reading_will_do(pitch):
    measured = voice_sample.measure(wav(voice(20, pitch)))
    assert voice_sample.troubles(measured) == () and measured.seconds == 20


@pytest.mark.parametrize("trouble", sorted(SAMPLES))
def test_each_trouble_is_told_by_its_name(trouble):
    assert trouble in voice_sample.troubles(voice_sample.measure(wav(SAMPLES[trouble]())))


@pytest.fixture(scope="module")
def read_aloud():
    """A passage read by a voice of this machine, about 25 s, as samples."""
    speaker = LocalSpeaker()
    if not any(one.engine == "espeak" for one in speaker.voices("en")):
        pytest.skip("espeak-ng is not installed")

    def read(voice: str) -> np.ndarray:
        request = SpeechRequest((Utterance(PASSAGE, spoken(PASSAGE), voice),))
        return sound.decode(speaker.speak(request).wav) / 32768

    return {voice: read(voice) for voice in ("espeak:en-us", "espeak:en-us+f3")}


@pytest.mark.parametrize("voice", ["espeak:en-us", "espeak:en-us+f3"])
def test_one_reader_is_heard_as_one(read_aloud, voice):
    twice = wav(np.concatenate([read_aloud[voice], read_aloud[voice]]))
    assert voice_sample.measure(twice).speakers == 1


def test_two_readers_are_heard(read_aloud):
    measured = voice_sample.measure(wav(np.concatenate(list(read_aloud.values()))))
    assert measured.speakers == 2 and "several_speakers" in voice_sample.troubles(measured)


@pytest.mark.parametrize("data", [b"", b"Dear sister", wav(voice(20))[:40]])
def test_what_can_t_be_read_is_the_user_s_to_mend(data):
    with pytest.raises(ProviderRefusal, match="can't be read"):
        voice_sample.checked(data)


def test_nothing_is_sent_of_a_sample_that_will_not_do(vendor, cloner):
    with pytest.raises(ProviderRefusal, match="too short"):
        cloner.clone(CloneRequest("Grandmother", wav(voice(6))))
    assert not vendor.requests


def test_a_cloned_voice_speaks_and_is_deleted(vendor, cloner):
    made = cloner.clone(CloneRequest("Grandmother", wav(voice(20)), "de"))
    assert made.voice.name == "Grandmother" and not made.verify
    speaker = ElevenLabsSpeaker(key=vendor.key, base_url=vendor.url)
    assert made.voice.id in {one.id for one in speaker.voices()}
    cloner.delete(made.voice.id)
    assert made.voice.id not in vendor.voices and made.voice.id not in vendor.samples


def test_the_vendor_gets_a_plain_sound_and_nothing_else_of_the_file(vendor, cloner):
    tagged = wav(voice(20)) + b"LIST\x1a\x00\x00\x00INFOIART\x0e\x00\x00\x00Jane Example\x00\x00"
    made = cloner.clone(CloneRequest("Grandmother", tagged))
    assert b"Jane" in tagged and b"Jane" not in vendor.samples[made.voice.id]


def test_deleting_twice_is_no_fault(vendor, cloner):
    made = cloner.clone(CloneRequest("Grandmother", wav(voice(20))))
    cloner.delete(made.voice.id)
    cloner.delete(made.voice.id)
    assert made.voice.id not in vendor.voices


def test_a_full_account_says_so(vendor, cloner):
    sample = wav(voice(16))
    for number in range(MOST_VOICES):
        cloner.clone(CloneRequest(f"Voice {number}", sample))
    with pytest.raises(ProviderFault) as fault:
        cloner.clone(CloneRequest("One more", sample))
    assert fault.value.kind == "credits"


def test_an_answer_that_is_lost_may_have_made_a_voice(vendor, cloner):
    vendor.faults.next("timeout_after", seconds=0.1)
    with pytest.raises(ProviderFault) as fault:
        cloner.clone(CloneRequest("Grandmother", wav(voice(20))))
    assert fault.value.ambiguous and vendor.samples
