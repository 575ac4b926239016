"""What is made again after an edit, and what is not."""

from dataclasses import replace

import pytest

from pipeline.rendering.film import in_turn
from pipeline.rendering.pieces import pieces, pieces_for_scene
from pipeline.rendering.plan import plan

from .samples import SENTENCE, SMALL, part

PARTS = [part(i, picture_hash=f"{i:02x}" * 32) for i in range(1, 13)]
OTHER = SENTENCE + " And then she saw a rabbit."


def changed(before, after):
    old = {piece.recipe for piece in pieces(before)}
    return [piece for piece in pieces(after) if piece.recipe not in old]


def edited(number, **change):
    return [replace(p, **change) if p.number == number else p for p in PARTS]


def test_pieces_make_up_the_film():
    timeline = plan(PARTS, replace(SMALL, cards=True))
    assert sum(piece.frames for piece in pieces(timeline)) == timeline.frames


def test_workers_are_dealt_pieces_of_different_scenes():
    film = pieces(plan([part(i, picture_hash=f"{i:02x}" * 32, samples=10 * 48000) for i in range(1, 6)], SMALL))
    turns = in_turn(film, 2)
    assert sorted(piece.recipe for piece in turns) == sorted(piece.recipe for piece in film)
    assert [(piece.kind, piece.scene) for piece in turns[:4]] == [("body", 1), ("body", 2), ("body", 1), ("body", 2)]
    assert in_turn([piece for piece in film if piece.kind == "transition"], 2)[0].scene == 2


def test_scenes_share_out_all_pieces_once():
    timeline = plan([part(1, chapter="One"), *PARTS[1:]], replace(SMALL, cards=True))
    shared = [piece for place in timeline.scenes for piece in pieces_for_scene(timeline, place.number)]
    assert [piece.recipe for piece in shared] == [piece.recipe for piece in pieces(timeline)]


def test_words_and_length_of_one_scene_change_its_body_and_two_transitions():
    longer = part(6, OTHER, picture_hash=PARTS[5].picture_hash)
    made = changed(plan(PARTS, SMALL), plan([longer if p.number == 6 else p for p in PARTS], SMALL))
    kinds = list(dict.fromkeys((piece.kind, piece.scene) for piece in made))
    assert kinds == [("transition", 6), ("body", 6), ("transition", 7)]


def test_words_alone_change_the_body_alone():
    spelt = tuple(replace(word, text=word.text.upper()) for word in PARTS[5].words)
    made = changed(plan(PARTS, SMALL), plan(edited(6, words=spelt), SMALL))
    assert {(piece.kind, piece.scene) for piece in made} == {("body", 6)}


def test_a_late_word_leaves_the_start_of_its_scene_alone():
    text = " ".join([SENTENCE] * 3)
    before = part(1, text)
    after = replace(before, words=(*before.words[:-1], replace(before.words[-1], text="Thames.")))
    made, whole = changed(plan([before], SMALL), plan([after], SMALL)), pieces(plan([after], SMALL))
    assert 0 < len(made) < len(whole)


def test_a_long_body_comes_in_equal_parts():
    bodies = [piece.frames for piece in pieces(plan([part(1, samples=48000 * 20)], SMALL))]
    assert max(bodies) <= 120
    assert max(bodies) - min(bodies) <= 1


def test_captions_in_files_only_make_no_difference_to_pixels():
    look = replace(SMALL, captions="files")
    spelt = tuple(replace(word, text="x") for word in PARTS[5].words)
    assert changed(plan(PARTS, look), plan(edited(6, words=spelt), look)) == []


def test_a_scene_taken_out_leaves_the_others_as_they_are():
    made = changed(plan(PARTS, SMALL), plan([p for p in PARTS if p.number != 6], SMALL))
    assert [piece.kind for piece in made] == ["transition"]


def test_paths_and_numbers_are_not_part_of_a_recipe(tmp_path):
    moved = [replace(p, number=p.number + 40, picture=tmp_path / "elsewhere.png") for p in PARTS]
    assert changed(plan(PARTS, SMALL), plan(moved, SMALL)) == []


@pytest.mark.parametrize(
    "look",
    [{"watermark": "W"}, {"width": 320}, {"effort": "draft"}, {"language": "ar"}, {"caption_style": "boxed"}],
)
def test_what_changes_pixels_changes_every_body(look):
    made = changed(plan(PARTS, SMALL), plan(PARTS, replace(SMALL, **look)))
    assert {piece.scene for piece in made if piece.kind == "body"} == {part.number for part in PARTS}


def test_focus_and_heading_count():
    for change in ({"focus": (0.2, 0.2)}, {"heading": "Later"}, {"faces": ((0.1, 0.7, 0.2, 0.2),)}):
        assert changed(plan(PARTS, SMALL), plan(edited(6, **change), SMALL))


def test_unknown_scene():
    with pytest.raises(KeyError):
        pieces_for_scene(plan(PARTS, SMALL), 99)
