"""Files beside the film, read as their readers would."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from pipeline.rendering.sidefiles import (
    Credit,
    Scene,
    Stretch,
    Transcript,
    TranscriptChapter,
    chapters_text,
    credits_json,
    poster,
    srt,
    transcript_html,
    vtt,
)
from pipeline.rendering.sidefiles.chapters import shown_by_youtube
from pipeline.rendering.sidefiles.credits import credit_line
from pipeline.rendering.sidefiles.poster import Candidate


@dataclass
class Cue:
    start: int
    end: int
    lines: tuple[str, ...]


def test_srt_counts_and_times_in_thousandths():
    text = srt([Cue(0, 31, ("Alice was", "beginning")), Cue(108_001, 108_060, ("to get tired",))])
    assert text.split("\n\n")[0] == "1\n00:00:00,000 --> 00:00:01,033\nAlice was\nbeginning"
    assert "2\n01:00:00,033 --> 01:00:02,000\nto get tired\n" in text


def test_srt_marks_lines_that_read_from_the_right():
    assert "\u200fسارت الحياة.\u200f" in srt([Cue(0, 30, ("سارت الحياة.",))])


def test_vtt_escapes_and_names_the_language():
    text = vtt([Cue(0, 30, ("Salt & <pepper>",))], "en-GB")
    assert text.startswith("WEBVTT\nKind: captions\nLanguage: en-GB\n\n1\n00:00:00.000 --> 00:00:01.000\n")
    assert "Salt &amp; &lt;pepper&gt;" in text


def test_a_line_break_inside_a_line_cannot_end_the_cue():
    assert "one two" in vtt([Cue(0, 30, ("one\n\ntwo",))])


def test_chapters_begin_at_zero_and_last_ten_seconds():
    text = chapters_text([(105, "Down the Rabbit-Hole"), (900, "The Pool"), (1000, "A Race"), (2000, "The End")], 2100)
    assert text == "0:00 Down the Rabbit-Hole\n0:30 The Pool / A Race / The End\n"
    assert not shown_by_youtube(text)


def test_chapters_past_an_hour():
    assert chapters_text([(0, "I"), (30 * 3661, "II")], 30 * 4000).splitlines()[1] == "1:01:01 II"


def test_credits_sum_up_licences_and_name_what_has_none():
    rows = [Credit("picture", "local", "ink", "CC0", scene=1), Credit("voice", "local", "kokoro", "Apache-2.0", 1)]
    rows += [Credit("music", "local", "bed", "MIT", by="S. Christian Collins"), Credit("picture", "upload", scene=2)]
    document = json.loads(credits_json("Alice", rows))
    assert [row["licence"] for row in document["licences"]] == ["Apache-2.0", "CC0", "MIT"]
    assert document["without_licence"] == ["picture of scene 2 (upload)"]
    assert credit_line(rows) == "S. Christian Collins"
    assert credits_json("Alice", rows) == credits_json("Alice", reversed(rows))


def test_the_poster_takes_the_picture_with_something_on_it(tmp_path):
    Image.new("RGB", (640, 360), "#101010").save(tmp_path / "flat.png")
    Image.effect_mandelbrot((640, 360), (-2, -1, 1, 1), 60).convert("RGB").save(tmp_path / "rich.png")
    pictures = [Candidate(tmp_path / "flat.png"), Candidate(tmp_path / "rich.png", (0.2, 0.5))]
    poster(pictures, tmp_path / "poster.jpg", (360, 640), title="Alice in Wonderland", author="Lewis Carroll")
    with Image.open(tmp_path / "poster.jpg") as made:
        assert (made.format, made.size) == ("JPEG", (360, 640))
        assert made.convert("L").crop((0, 0, 360, 300)).getextrema()[1] > 200


def test_a_poster_needs_a_picture(tmp_path):
    with pytest.raises(ValueError):
        poster([], tmp_path / "poster.jpg", (64, 36))


def transcript(**more) -> BeautifulSoup:
    source = (Stretch("Told & <b>. ", 1), Stretch("Left out. "), Stretch("Told again.", 2), Stretch("And more.", 1))
    chapter = TranscriptChapter(
        "One", source, (Scene(1, "Said.", 90), Scene(2, "Said more.", 300), Scene(3, "Coda.", 9))
    )
    return BeautifulSoup(transcript_html(Transcript("T", (chapter,), **more)), "html.parser")


def test_the_transcript_lights_what_is_told_and_dims_the_rest():
    rows = transcript().select(".row")
    assert [" ".join(row["class"]) for row in rows] == ["row lit", "row out", "row lit", "row lit", "row lit"]
    assert rows[0].select_one(".source p").text == "Told & <b>."
    assert rows[0].select_one("time").text == "0:03"
    assert not rows[1].select(".film p")


def test_every_scene_stands_once_in_the_transcript():
    ids = [tag["id"] for tag in transcript().select("[id^=scene-]")]
    assert sorted(ids) == ["scene-1", "scene-2", "scene-3"]


def test_the_transcript_tells_its_coverage_and_needs_nothing_else():
    page = transcript(told=75, words=100)
    assert "75.0 %" in page.select_one(".told").text
    assert not page.select("script, link, img, [src], [style]")
