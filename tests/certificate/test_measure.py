"""A good film passes every gate; each fault fails its own and no other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.rendering.certificate import Coverage, measure
from pipeline.rendering.failures import Stopped
from pipeline.rendering.plan import plan
from pipeline.rendering.sound import Placement, mix

from .conftest import LOOK, TEXTS, Film, Word, heard, joined, make, part


def failed(film: Film, **more) -> list[str]:
    return [gate.name for gate in measure(film.path, film.timeline, cues=film.cues, **more).failed]


def test_a_good_film_passes_everything(film):
    certificate = measure(
        film.path, film.timeline, cues=film.cues, transcribe=lambda _: heard(film), coverage=Coverage(9, 10, 0.8)
    )
    assert certificate.ok, certificate.lines()
    assert [gate.name for gate in certificate.gates if gate.ok is None] == []
    assert certificate.gate("drift").facts["samples"] == 0


def test_the_certificate_is_the_same_every_time(film):
    first, second = (measure(film.path, film.timeline, cues=film.cues).to_json() for _ in range(2))
    assert first == second
    assert json.loads(first)["ok"] is True


def test_what_nobody_measured_is_said_and_does_not_fail(film):
    certificate = measure(film.path, film.timeline)
    assert certificate.ok
    assert {g.name for g in certificate.gates if g.ok is None} >= {"words heard", "captions", "coverage"}


def test_a_voice_two_frames_late_is_found(film, tmp_path):
    late = joined(film, tmp_path, late=3_200)
    certificate = measure(late.path, late.timeline, cues=late.cues)
    assert [gate.name for gate in certificate.failed] == ["drift"]
    assert certificate.gate("drift").facts == {"scene": 2, "samples": 3200, "frames": "2", "first_samples": 0}


def test_a_voice_that_is_not_there_is_missed(film, tmp_path):
    assert "voices" in failed(joined(film, tmp_path, without=2))
    assert "silence" in failed(joined(film, tmp_path, without=2))


def test_a_film_too_quiet_and_one_too_loud(film, tmp_path):
    assert failed(joined(film, tmp_path, lufs=-20)) == ["loudness"]
    assert set(failed(joined(film, tmp_path, lufs=-8, ceiling=1.5))) == {"loudness", "true peak"}


def test_frames_that_were_not_planned(film):
    words = film.timeline.scenes[1].part
    longer = plan([film.timeline.scenes[0].part, replace(words, samples=words.samples + 16_000)], LOOK)
    assert {"frames", "duration"} <= set(failed(Film(film.path, longer, film.cues)))


def test_two_scenes_with_one_look(tmp_path):
    parts = [part(tmp_path, number, text, looks=5) for number, text in enumerate(TEXTS, 1)]
    twins = make(tmp_path, parts)
    certificate = measure(twins.path, twins.timeline)
    assert [gate.name for gate in certificate.failed] == ["duplicates"]
    assert certificate.gate("duplicates").facts["pairs"] == [(1, 2)]
    assert measure(twins.path, twins.timeline, repeats={parts[0].picture_hash}).ok


@pytest.mark.parametrize(("grey", "name"), [(0, "black"), (120, "frozen")])
def test_a_picture_with_nothing_on_it(grey, name, tmp_path):
    parts = [part(tmp_path, 1, TEXTS[0], seconds=4, grey=grey), part(tmp_path, 2, TEXTS[1])]
    assert name in failed(make(tmp_path, parts))


def test_captions_that_break_the_rules(film):
    wrong = [replace(film.cues[0], end=film.cues[0].start + 10), *film.cues[1:]]
    certificate = measure(film.path, film.timeline, cues=wrong)
    assert [gate.name for gate in certificate.failed] == ["captions"]
    assert certificate.gate("captions").facts["breaches"] == {"fast": 1, "short": 1}
    assert certificate.gate("captions").facts["hurried"] == [wrong[0].scene]


def test_captions_that_leave_out_a_word(film):
    assert failed(Film(film.path, film.timeline, film.cues[:1])) == ["caption words"]


def test_words_that_were_not_heard(film):
    mumbled = [replace(word, text="mumble") if i in (1, 2, 8, 9) else word for i, word in enumerate(heard(film))]
    certificate = measure(film.path, film.timeline, cues=film.cues, transcribe=lambda _: mumbled)
    assert [gate.name for gate in certificate.failed] == ["words heard"]
    assert certificate.gate("words heard").facts["errors"] == 4
    assert certificate.gate("words heard").facts["worst"][0]["scene"] == 1


def test_the_worst_sentence_can_be_found_in_the_film(film):
    mumbled = [replace(word, text="mumble") if i in (8, 9, 10, 11) else word for i, word in enumerate(heard(film))]
    certificate = measure(film.path, film.timeline, cues=film.cues, transcribe=lambda _: mumbled)
    worst = certificate.gate("words heard").facts["worst"][0]
    second = film.timeline.scenes[1]
    assert worst["from_s"] == pytest.approx(second.voice_start / 48_000, abs=0.001)
    assert 1.5 < worst["to_s"] - worst["from_s"] < 2.1


def test_loudness_and_captions_over_time(film):
    certificate = measure(film.path, film.timeline, cues=film.cues, transcribe=lambda _: heard(film))
    curve = certificate.gate("loudness").facts["curve"]
    assert len(curve) >= 3 and all(-40 < lufs < -8 for lufs in curve)
    assert certificate.gate("caption offset, worst").facts["each"] == [[round(c.start / 30, 3), 0] for c in film.cues]


def test_captions_half_a_second_late(film):
    early = [Word(word.text, word.start - 0.55, word.end - 0.55) for word in heard(film)]
    names = failed(film, transcribe=lambda _: early)
    assert names == ["caption offset", "caption offset, worst"]


def test_too_little_of_the_source(film):
    certificate = measure(film.path, film.timeline, coverage=Coverage(50, 100, 0.9, ("Chapter II",)))
    assert [gate.name for gate in certificate.failed] == ["coverage"]
    assert "left out: Chapter II" in certificate.lines()[4]


def test_measuring_can_be_stopped(film):
    with pytest.raises(Stopped):
        measure(film.path, film.timeline, stopping=lambda: True)


def test_progress_counts_frames(film):
    seen: list[tuple[int, int]] = []
    measure(film.path, film.timeline, progress=lambda done, of: seen.append((done, of)))
    assert seen == sorted(seen)
    assert seen[-1] == (film.timeline.frames, film.timeline.frames)


def test_music_does_not_hide_the_voice(film, tmp_path, hum):
    places = [Placement(p.part.voice, p.voice_start, p.number) for p in film.timeline.scenes]
    mix([*places, Placement(hum, 0)], film.timeline.frames, tmp_path / "sound.m4a")
    certificate = measure(joined(film, tmp_path, sound=tmp_path / "sound.m4a").path, film.timeline)
    assert certificate.gate("voices").ok
    assert certificate.gate("drift").ok
