"""Real voices: their words stand where they are heard, and the same request gives the same bytes."""

from __future__ import annotations

import io
import wave
from itertools import pairwise
from statistics import median

import numpy as np
import pytest

from pipeline.language.spoken import spoken
from pipeline.language.spoken_errors import plain, word_errors
from pipeline.providers.base import ProviderRefusal, SpeechRequest, SpeechResult, TranscriptionRequest, Utterance
from pipeline.providers.local import host
from pipeline.providers.local.speech import espeak
from pipeline.providers.local.speech.pronouncing import pronounced
from pipeline.providers.local.speech.speaker import LocalSpeaker
from pipeline.providers.local.transcription import LocalTranscriber

STORY = "In 1865 the old clock struck nine, and Mr. Brown — who was tired — went home to bed."
ANSWER = "“Good night,” said his sister."
VOICES = {"kokoro": "bf_emma", "piper": "joe", "pico": "pico:en-GB", "espeak": "espeak:en-us"}


def ask(speaker: LocalSpeaker, *lines: tuple[str, str], pause: float = 0.25, **more) -> SpeechResult:
    utterances = tuple(Utterance(text, spoken(text), voice, pause) for text, voice in lines)
    return speaker.speak(SpeechRequest(utterances, **more))


def heard(result: SpeechResult, folder) -> list:
    (folder / "said.wav").write_bytes(result.wav)
    return list(LocalTranscriber().transcribe(TranscriptionRequest(str(folder / "said.wav"), "en")).words)


@pytest.fixture(scope="module")
def story(speaker, needs) -> SpeechResult:
    needs("kokoro")
    return ask(speaker, (STORY, "af_heart"), (ANSWER, "bm_george"))


def frames(result: SpeechResult) -> np.ndarray:
    with wave.open(io.BytesIO(result.wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (result.rate, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def in_order(result: SpeechResult) -> bool:
    inside = all(0 <= word.start <= word.end <= result.samples for word in result.words)
    return inside and all(before.end <= after.start for before, after in pairwise(result.words))


def test_words_are_the_author_s_and_stand_in_order(story):
    assert [word.text for word in story.words] == f"{STORY} {ANSWER}".split()
    assert [word.utterance for word in story.words] == [0] * len(STORY.split()) + [1] * len(ANSWER.split())
    assert in_order(story) and all(word.end > word.start for word in story.words if word.text != "—")


def test_samples_are_counted_exactly_and_the_pause_is_silent(story):
    sound = frames(story)
    assert len(sound) == story.samples
    pause = round(0.25 * story.rate)
    assert not sound[-pause:].any() and np.abs(sound[-2 * pause : -pause]).max() > 100


def test_each_word_sounds_where_it_stands(story):
    sound = np.abs(frames(story).astype(float))
    assert all(sound[word.start : word.end].max() > 300 for word in story.words if word.end > word.start)


def test_the_recogniser_hears_every_word_in_its_place(story, tmp_path):
    words = heard(story, tmp_path)
    rate, _ = word_errors(f"{STORY} {ANSWER}", " ".join(word.text for word in words))
    assert rate <= 0.08
    starts = {word.text: word.start / story.rate for word in story.words}
    off = [abs(starts[word.text] - word.start) for word in words if word.text in starts]
    assert len(off) > 8 and median(off) < 0.12


def test_a_voice_is_paid_nothing_and_says_what_it_is(story):
    assert story.usage.cost_usd == 0 and story.usage.model == "kokoro-82m" and story.usage.licence == "Apache-2.0"


@pytest.mark.parametrize("engine", VOICES)
def test_the_same_request_gives_the_same_bytes(engine, speaker, needs):
    needs(engine)
    first, second = (ask(speaker, ("He saw 3 cats, and ran.", VOICES[engine])) for _ in range(2))
    assert first == second and in_order(first) and len(frames(first)) == first.samples
    assert [word.text for word in first.words] == ["He", "saw", "3", "cats,", "and", "ran."]


def test_japanese(speaker, needs, tmp_path):
    needs("kokoro")
    if speaker.voices("ja")[0].engine != "kokoro":
        pytest.skip("pyopenjtalk-plus is not installed")
    text = "アリスは、川のそばで本を読んでいました。"
    result = speaker.speak(SpeechRequest((Utterance(text, spoken(text, "ja"), "jf_alpha"),), "ja"))
    (tmp_path / "said.wav").write_bytes(result.wav)
    found = LocalTranscriber().transcribe(TranscriptionRequest(str(tmp_path / "said.wav")))
    assert in_order(result) and [word.text for word in result.words] == ["アリスは、", "川のそばで本を読んでいました。"]
    assert found.language == "ja" and "アリス" in found.text.replace(" ", "")


@pytest.mark.parametrize("engine", ["piper", "pico"])
def test_lesser_voices_are_understood(engine, speaker, needs, tmp_path):
    needs(engine)
    text = "The garden was full of flowers, and the sun was shining on the old stone wall."
    words = heard(ask(speaker, (text, VOICES[engine])), tmp_path)
    assert word_errors(text, " ".join(word.text for word in words))[0] <= 0.15


def test_voices_are_as_loud_as_each_other(speaker, needs):
    needs("kokoro")
    levels = []
    for voice in ("af_nova", "af_kore"):  # 7 dB apart by themselves
        sound = frames(ask(speaker, ("The garden was full of flowers.", voice), pause=0)).astype(float) / 32768
        levels.append(20 * np.log10(np.sqrt(np.mean(sound[np.abs(sound) > 0.01] ** 2))))
    assert abs(levels[0] - levels[1]) < 3


def test_speed(speaker, needs):
    needs("piper")
    slow, quick = (ask(speaker, ("The garden was full of flowers.", "joe"), speed=speed) for speed in (0.8, 1.25))
    assert slow.samples > 1.2 * quick.samples


def test_the_lexicon_is_said_and_the_caption_keeps_its_spelling(speaker, needs):
    needs("espeak")
    lexicon = (("Cholmondeley", "CHUM-lee"),)
    plainly, rightly = (ask(speaker, ("Mr. Cholmondeley came.", "espeak:en-us"), lexicon=own) for own in ((), lexicon))
    assert plainly.wav != rightly.wav
    assert [word.text for word in rightly.words] == ["Mr.", "Cholmondeley", "came."]


def test_given_pronunciations(needs):
    needs("espeak")
    said = pronounced(["the", "/her-MY-oh-nee/'s", "/kæt/'s"], "en-us")
    assert said[1].startswith("hɜːˈma^ɪ") and said[1].endswith("z") and said[2] == "kæts"


def test_every_word_has_phonemes_of_its_own(needs):
    needs("espeak")
    words = "out of the way it was a pity that I shall have been at the end of it".split()
    said = pronounced(words, "en-us")
    assert len(said) == len(words) and all(said)
    assert "".join(said) == "".join(espeak.phonemes(" ".join(words), "en-us"))


def test_nothing_to_say(speaker):
    with pytest.raises(ProviderRefusal):
        ask(speaker, ("—", "af_heart"))


def test_the_best_voice(speaker, needs):
    needs("kokoro")
    assert speaker.best_voice("en").id == "af_heart"
    assert speaker.best_voice("en-GB", "male", {"bm_fable"}).id == "bm_george"
    assert speaker.best_voice("fr", "male").engine == "kokoro"  # a natural voice goes before a robot of that sex
    assert speaker.best_voice("fr", "male", {"ff_siwis"}).language.startswith("fr")
    assert {voice.language for voice in speaker.voices("en-GB") if voice.engine == "kokoro"} == {"en-GB"}


def test_without_the_better_voices_the_next_speaks_and_the_part_is_named(monkeypatch, tmp_path, needs):
    needs("piper")
    monkeypatch.setenv("LITINK_VAR", str(tmp_path))
    monkeypatch.delenv("LITINK_MODELS_DIR", raising=False)
    speaker = LocalSpeaker()
    engine, ok, reason = speaker.available()[0]
    assert (engine, ok) == ("kokoro", False) and "kokoro-js@1.2.1" in reason
    assert speaker.stand_in("af_heart", "en").id == "joe"
    assert speaker.stand_in("jf_alpha", "ja").engine == "espeak"
    assert all(voice.engine != "kokoro" for voice in speaker.voices())


def test_a_part_that_breaks_at_work_is_replaced(monkeypatch, needs):
    needs("espeak")
    real = host.ask

    def broken(model, *rest, **more):
        if model != "espeak":
            raise host.PartMissing(f"{model} is damaged")
        return real(model, *rest, **more)

    monkeypatch.setattr(host, "ask", broken)
    result = ask(LocalSpeaker(), ("Good evening to you all.", "af_heart"))
    assert result.usage.model == "espeak-ng" and len(result.words) == 5


def test_what_can_t_be_heard_is_refused(tmp_path):
    (tmp_path / "words.txt").write_text("no sound at all")
    for name in ("words.txt", "nothing.wav"):
        with pytest.raises(ProviderRefusal, match=name):
            LocalTranscriber().transcribe(TranscriptionRequest(str(tmp_path / name)))


def test_the_language_is_detected(speaker, needs, tmp_path):
    needs("pico")
    text = "Guten Morgen, meine Damen und Herren, wie geht es Ihnen heute?"
    result = speaker.speak(SpeechRequest((Utterance(text, text, "pico:de-DE"),), "de"))
    (tmp_path / "said.wav").write_bytes(result.wav)
    found = LocalTranscriber().transcribe(TranscriptionRequest(str(tmp_path / "said.wav")))
    assert found.language == "de" and "morgen" in plain(found.text, "de")
