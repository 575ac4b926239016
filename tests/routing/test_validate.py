"""What was paid for is looked at: blank, silent, cut off or of another shape is no answer."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.providers import sound
from pipeline.providers.base import (
    Brief,
    ImageRequest,
    ImageResult,
    MediaResult,
    SpeechRequest,
    SpeechResult,
    TextRequest,
    TextResult,
    Usage,
    Utterance,
    VideoRequest,
    WordTime,
)
from pipeline.routing.validate import Garbage, check
from tests.fakes import media

USED = Usage("v", "m")
ASKED = ImageRequest("a fox", Brief(), width=640, height=360)
SAID = SpeechRequest(
    (Utterance("Once a fox found a lamp in the forest.", "Once a fox found a lamp in the forest.", "v"),)
)
SCHEMA = {"type": "object", "properties": {"keep": {"type": "array"}}, "required": ["keep"]}


def picture(data, width=640, height=360):
    return ImageResult(data, "image/png", width, height, USED)


def blank():
    out = io.BytesIO()
    Image.new("RGB", (640, 360), "white").save(out, "PNG")
    return out.getvalue()


def voice(samples, words=()):
    samples = samples.astype("<i2")
    return SpeechResult(sound.riff(samples), sound.RATE, len(samples), tuple(words), USED)


HUM = media.samples(3.0, sound.RATE)
GOOD = media.picture(640, 360, "x")


def test_what_is_good_passes():
    assert check("image", ASKED, picture(GOOD)).data == GOOD
    assert check("speech", SAID, voice(HUM, [WordTime("Once", 0, 900)])).samples == len(HUM)


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (picture(b"<!doctype html>"), "decoded"),
        (picture(GOOD[: len(GOOD) // 2]), "decoded"),
        (picture(GOOD, 641, 360), "size that it says"),
        (picture(media.picture(360, 640, "x"), 360, 640), "another shape"),
        (picture(media.picture(128, 72, "x"), 128, 72), "too small"),
        (picture(blank()), "blank"),
    ],
)
def test_pictures_that_are_none(result, why):
    with pytest.raises(Garbage, match=why):
        check("image", ASKED, result)


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (SpeechResult(b"RIFF", sound.RATE, 4, (), USED), "decoded"),
        (voice(np.zeros(3 * sound.RATE)), "silent"),
        (voice(HUM[: sound.RATE // 10]), "takes 0.1 s"),
        (voice(np.tile(HUM, 30)), "takes 90.0 s"),
        (voice(HUM, [WordTime("Once", 0, 10**9)]), "outside"),
    ],
)
def test_voices_that_are_none(result, why):
    with pytest.raises(Garbage, match=why):
        check("speech", SAID, result)


@pytest.mark.parametrize(("data", "why"), [(b"no film", "decoded"), (b"", "decoded")])
def test_clips_that_are_none(data, why):
    with pytest.raises(Garbage, match=why):
        check("video", VideoRequest("", b"", 4.0), MediaResult(data, "video/mp4", 4.0, USED))


@pytest.mark.parametrize(
    ("text", "schema", "finish", "why"),
    [
        ("", None, "stop", "empty"),
        ("Once a", None, "length", "cut off"),
        ('{"keep": [1', SCHEMA, "stop", "cut off"),
        ("I can't.", SCHEMA, "stop", "not JSON"),
        ('{"left": []}', SCHEMA, "stop", "required"),
    ],
)
def test_texts_that_are_none(text, schema, finish, why):
    with pytest.raises(Garbage, match=why):
        check("text", TextRequest("t", "p", schema=schema), TextResult(text, USED, None, finish))


@pytest.mark.parametrize("capability", ["sound", "music"])
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (sound.riff(np.zeros(24_000, np.int16)), "silent"),
        (b"no sound at all", "can't be decoded"),
        (media.sound(1.0, "mp3"), ""),
        (media.wav(0.5), ""),
    ],
)
def test_what_is_to_be_heard_is_listened_to(capability, data, why):
    answer = MediaResult(data, "audio/mpeg", 1.0, USED)
    if not why:
        assert check(capability, None, answer) is answer
        return
    with pytest.raises(Garbage, match=why):
        check(capability, None, answer)
