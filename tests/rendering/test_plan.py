"""The voice drives the clock."""

from dataclasses import replace

import opentimelineio as oti
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rendering.otio import convert, export
from pipeline.rendering.parts import SAMPLES_PER_FRAME, FilmLook
from pipeline.rendering.plan import LEAD, TAIL, plan, scene_frames
from pipeline.rendering.timeline import Gap, Transition

from .samples import SMALL, part

lengths = st.lists(st.integers(1, 2_000_000), min_size=1, max_size=12)


@given(lengths, st.booleans(), st.sampled_from(["cut", "dissolve", "wipe"]))
@settings(max_examples=60, deadline=None)
def test_every_voice_fits_its_scene_with_lead_and_tail(samples, cards, transition):
    parts = [part(i + 1, samples=n, chapter="One" if i == 1 else "") for i, n in enumerate(samples)]
    timeline = plan(parts, FilmLook(title="T", cards=cards, transition=transition))
    for place, wanted in zip(timeline.scenes, samples, strict=True):
        assert place.voice_start == place.start * SAMPLES_PER_FRAME + LEAD
        assert place.voice_start + wanted + TAIL <= place.end * SAMPLES_PER_FRAME
    spare = [p.frames * SAMPLES_PER_FRAME - LEAD - TAIL - max(p.samples, 48000) for p in timeline.scenes]
    assert all(0 <= s < SAMPLES_PER_FRAME for s in spare)


@given(lengths)
@settings(max_examples=40, deadline=None)
def test_voice_track_is_as_long_as_the_picture_to_the_sample(samples):
    timeline = plan([part(i + 1, samples=n) for i, n in enumerate(samples)], FilmLook(title="T"))
    items = timeline.voice.items
    assert sum(item.range.duration for item in items) == timeline.frames * SAMPLES_PER_FRAME
    assert all(item.range.duration >= 0 for item in items if isinstance(item, Gap))


def test_an_hour_lands_on_whole_frames():
    timeline = plan([part(i, samples=480_001) for i in range(1, 361)], SMALL)
    assert timeline.frames == 360 * scene_frames(480_001)
    assert timeline.scenes[-1].start == 359 * scene_frames(480_001)


def test_cards_stand_around_and_before_chapters():
    timeline = plan([part(1, chapter="One"), part(2), part(3, chapter="Two")], replace(SMALL, cards=True))
    kinds = [clip.card.kind if clip.card else clip.number for clip in timeline.video.clips]
    assert kinds == ["title", "chapter", 1, 2, "chapter", 3, "end"]


def test_markers_cover_the_film_without_a_hole():
    timeline = plan([part(1, chapter="One"), part(2), part(3, chapter="Two")], replace(SMALL, cards=True))
    assert [m.name for m in timeline.markers] == ["Alice", "One", "Two"]
    assert timeline.markers[0].marked.start == 0
    assert [m.marked.end for m in timeline.markers] == [m.marked.start for m in timeline.markers[1:]] + [
        timeline.frames
    ]


def test_no_chapter_no_marker():
    assert plan([part(1)], SMALL).markers == ()


def test_a_cut_needs_no_transition():
    items = plan([part(1), part(2)], replace(SMALL, transition="cut")).video.items
    assert not any(isinstance(item, Transition) for item in items)


def test_neighbours_move_differently():
    timeline = plan([part(i, picture_hash="0a" * 32) for i in (1, 2)], SMALL)
    first, second = timeline.video.clips
    assert first.move != second.move


@pytest.mark.parametrize("parts", [[], [part(1), part(1)]])
def test_nonsense_is_refused(parts):
    with pytest.raises(ValueError, match="scene"):
        plan(parts, SMALL)


def test_an_editor_reads_the_same_cut(tmp_path):
    timeline = plan([part(1, chapter="One"), part(2)], replace(SMALL, cards=True))
    export(timeline, tmp_path / "film.otio")
    read = oti.adapters.read_from_file(str(tmp_path / "film.otio"))
    video = read.video_tracks()[0]
    assert read.duration().to_frames() == timeline.frames
    assert [c.range_in_parent().start_time.to_frames() for c in video.find_clips()][2] == timeline.scenes[0].start
    assert sum(isinstance(item, oti.schema.Transition) for item in video) == 4


def test_markers_reach_the_editor():
    made = convert(plan([part(1, chapter="One")], SMALL))
    assert [m.name for m in made.tracks.markers] == ["One"]
    assert len(made.tracks[0].markers) >= 1
