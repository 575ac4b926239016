"""Which drawing a noun asks for."""

from __future__ import annotations

import pytest

from pipeline.providers.local.drawing import aliases
from pipeline.providers.local.drawing.glyphs import drawing
from pipeline.providers.local.drawing.places import PLACES, place_for
from pipeline.providers.local.drawing.poses import POSES, VERBS
from pipeline.providers.local.drawing.props import PROPS
from pipeline.providers.local.drawing.scene import pose_name
from pipeline.providers.local.drawing.words import drawable, drawing_of


@pytest.mark.parametrize(
    ("noun", "ref"),
    [
        ("potion", "flask"), ("lighthouse", "lighthouse"), ("rabbit-hole", "🕳"), ("keys", "🔑"), ("wolves", "wolf"),
        ("time machine", "machine"), ("owl", "🦉"), ("silver spoon", "🥄"), ("daisies", "🌼"), ("trumpet", "🎺"),
    ],
)  # fmt: skip
def test_nouns_find_their_drawing(noun, ref):
    assert drawing_of(noun) == ref


@pytest.mark.parametrize("noun", ["temper", "idea", "hand", "face", "darkness", "morning", ""])
def test_what_cannot_be_drawn_is_not(noun):
    assert drawing_of(noun) == ""


def test_unknown_nouns_take_the_nearest():
    assert drawing_of("moonbeam") == "🌙"


@pytest.mark.parametrize("char", "😀👍❤🚫🏁💬🔤💯💰👋")
def test_smileys_hands_and_signs_stay_out(char):
    assert not drawable(char)


def test_every_alias_has_a_drawing():
    for ref in set(aliases.THINGS.values()):
        assert ref in PROPS or ref in aliases.BEASTS or drawing(ref, 20).ink, ref


@pytest.mark.parametrize(
    ("word", "indoors", "place"),
    [("meadow", False, "meadow"), ("woods", False, "forest"), ("parlour", True, "living room"), ("", True, "room")],
)
def test_places(word, indoors, place):
    assert place_for(word, indoors) == place


def test_unknown_places_go_to_a_near_one():
    assert place_for("seaside", False) in {"beach", "sea", "harbour"}


def test_every_place_of_the_language_room_can_be_drawn():
    from pipeline.language.places import PLACE_OF

    assert {name for name, _ in PLACE_OF.values()} <= PLACES.keys()


@pytest.mark.parametrize(
    ("verb", "pose"), [("running", "run"), ("chase", "run"), ("steal", "run"), ("weep", "cry"), ("", "stand")]
)
def test_verbs_become_poses(verb, pose):
    assert pose_name(verb) == pose


def test_every_verb_leads_to_a_pose():
    assert VERBS.keys() <= POSES.keys()
    assert all(pose_name(v) in POSES for verbs in VERBS.values() for v in verbs.split())


def test_every_action_of_the_language_room_has_a_pose():
    from pipeline.language.moods import ACTIONS

    standing = {a for a in ACTIONS if pose_name(a) == "stand"}
    assert standing <= {"stand", "grow", "shrink"}  # the last two change the size
